"""The catalogue's screens in the back office."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.web.publishing.models import Item
from tests.web.publishing.conftest import Enter
from tests.web.publishing.test_catalogue_file import GOOD, HEAD
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "index_number": "99/2024-9", "title": "森林防火方案", "number": "", "summary": "",
    "made_on": "2024-03-05", "published_on": "", "url": "https://a.example/9", "place": "",
}  # fmt: skip


@pytest.fixture
def clerk(town: Town) -> Client:
    return signed_in(town.clerk)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_and_its_search(town: Town, enter: Enter, clerk: Client) -> None:
    assert "目录还是空的" in page(clerk, "/admin/catalogue/")
    enter("敬老院改造方案", number="昆政〔2024〕7号")
    enter("森林防火方案")
    enter("邻镇的方案", agency=town.neighbour)
    whole = page(clerk, "/admin/catalogue/")
    assert "敬老院改造方案" in whole
    assert "邻镇的方案" not in whole
    for text in ("敬老 改造", "昆政[2024]7号", "000014349/2024-00001"):
        found = page(clerk, f"/admin/catalogue/?q={text}")
        assert "敬老院改造方案" in found
        assert "森林防火方案" not in found
    assert "没有符合条件的目录" in page(clerk, "/admin/catalogue/?q=水库")
    assert "没有符合条件的目录" in page(clerk, "/admin/catalogue/?shown=withdrawn")


def test_an_item_is_entered_changed_taken_down_and_put_back(town: Town, clerk: Client) -> None:
    agency = {"agency": town.agency.pk}
    wrong = clerk.post("/admin/catalogue/new/", TYPED | agency | {"url": "x", "made_on": ""})
    assert wrong.status_code == 422
    assert "应以 http:// 或 https:// 开头" in wrong.content.decode()
    made = clerk.post("/admin/catalogue/new/", TYPED | agency)
    item = Item.objects.get()
    assert made.headers["Location"] == f"/admin/catalogue/{item.pk}/"
    assert clerk.post("/admin/catalogue/new/", TYPED | agency).status_code == 409
    path = f"/admin/catalogue/{item.pk}/"
    assert 'value="2024-03-05"' in page(clerk, path)
    clerk.post(path, TYPED | {"title": "新的名称", "revision": "0"})
    assert clerk.post(path, TYPED | {"title": "旧页面上的名称", "revision": "0"}).status_code == 409
    item.refresh_from_db()
    assert item.title == "新的名称"
    assert clerk.post(f"{path}withdraw/", {"revision": "1", "reason": ""}).status_code == 409
    clerk.post(f"{path}withdraw/", {"revision": "1", "reason": "有误"})
    assert "恢复公开" in page(clerk, path)
    clerk.post(f"{path}restore/", {"revision": "2", "reason": "已改正"})
    item.refresh_from_db()
    assert item.withdrawn_on is None


def test_a_file_is_looked_at_and_then_taken(town: Town, clerk: Client) -> None:
    def send(step: str) -> str:
        lines = f"{HEAD}\n{GOOD}\n99/2,,,,2024-03-05,,https://a.example/2"
        upload = SimpleUploadedFile("目录.csv", lines.encode())
        response = clerk.post(
            "/admin/catalogue/import/", {"agency": town.agency.pk, "upload": upload, "step": step}
        )
        assert response.status_code == 200
        return response.content.decode()

    assert "将新增1条，更新0条" in send("look")
    assert not Item.objects.exists()
    done = send("take")
    assert "已新增1条，更新0条" in done
    assert "第3行B列（名称）：没有填写" in done
    assert Item.objects.get().made_on == date(2024, 3, 5)
    assert "1条没有变化" in send("look")
    empty = clerk.post(
        "/admin/catalogue/import/", {"agency": town.agency.pk, "upload": SimpleUploadedFile("x", b"x")}
    )
    assert empty.status_code == 409
    for form in ("csv", "xlsx"):
        assert clerk.get(f"/admin/catalogue/import/template.{form}").status_code == 200


def test_who_only_looks_cannot_enter(town: Town, enter: Enter) -> None:
    item = enter()
    leader = signed_in(town.leader)
    assert "从文件导入" not in page(leader, "/admin/catalogue/")
    seen = page(leader, f"/admin/catalogue/{item.pk}/")
    assert 'name="index_number"' not in seen
    assert "撤下这条目录" in seen
    page(leader, "/admin/catalogue/new/", 404)
    page(leader, "/admin/catalogue/import/", 404)


def test_another_agencys_item_is_as_if_it_were_not_there(town: Town, enter: Enter) -> None:
    item = enter()
    other = signed_in(town.other_clerk)
    for path in ("", "withdraw/", "restore/"):
        page(other, f"/admin/catalogue/{item.pk}/{path}", 404)
