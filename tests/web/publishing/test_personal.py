"""Numbers of persons on the way into the public catalogue: refused with place, passed for a reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.web.agencies.models import Role
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from gongkai.web.publishing import personal, personal_check, selectors
from gongkai.web.publishing.actions import AddItem, ChangeItem, ImportItems, RestoreItem, WithdrawItem
from gongkai.web.publishing.models import Item
from tests.web.publishing.conftest import SYSTEM, Enter, entry
from tests.web.publishing.test_catalogue_file import GOOD, HEAD, faults, rows
from tests.web.publishing.test_screens import TYPED
from tests.web.reporting.people import Town, person
from tests.web.sessions import signed_in

pytestmark = pytest.mark.django_db
#: Invented, with right check digits.
IDENTITY, MOBILE, CARD = "110101199003074477", "13812345678", "6222021234567890128"
ROW = "99/2024-2,{},昆政〔2024〕2号,{},2024-03-05,2024-03-08,https://a.example/2"
REASON = "本人书面同意公开，见昆政函〔2024〕9号"


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        (f"张三（身份证{IDENTITY}）低保公示", "概述", "第3行B列（名称）：含身份证号110*************77"),
        ("低保公示", f"联系人王五，{MOBILE}", "第3行D列（内容概述）：含手机号码138****5678"),
        ("低保公示", f"汇入银行卡{CARD}", "第3行D列（内容概述）：含银行卡号"),
    ],
)
def test_a_row_with_a_person_s_number_is_refused_with_its_place(
    town: Town, title: str, summary: str, place: str
) -> None:
    told = faults(town, GOOD, ROW.format(title, summary))
    assert len(told) == 1
    assert told[0].startswith(place)
    assert not any(number in told[0] for number in (IDENTITY, MOBILE, CARD))
    done = ImportItems(SYSTEM, agency=town.agency, rows=rows(HEAD, GOOD, ROW.format(title, summary))).run()
    assert done.added == 1
    assert Item.objects.get().title == "森林防火方案"


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91110000600037341L",
        "咨询电话：0577-63700000",
        "监督电话13812345678",
        "总投资13812345678元",
    ],
)
def test_what_is_no_person_s_passes(town: Town, text: str) -> None:
    line = ROW.format("道路改造方案", text).replace(
        "https://a.example/2", "https://a.example/13812345678.html"
    )
    assert faults(town, line) == []


def test_for_a_reason_it_is_taken_and_the_log_says_where_and_why(town: Town) -> None:
    given = rows(HEAD, GOOD, ROW.format(f"张三（身份证{IDENTITY}）低保公示", "概述"))
    done = ImportItems(SYSTEM, agency=town.agency, rows=given, personal_because=REASON).run()
    assert done.added == 2
    kept = AuditEntry.objects.get(code="publishing.import_items").details
    assert kept["personal"] == {"3": {"title": ["身份证号"]}}
    assert kept["because"] == REASON
    assert IDENTITY not in str(kept)
    again = ImportItems(SYSTEM, agency=town.agency, rows=given)
    with pytest.raises(ActionRefused, match="没有可以新增或更新"):
        again.run()
    assert faults(town, ROW.format(f"张三（身份证{IDENTITY}）低保公示", "概述")) == [], "decided on already"
    with pytest.raises(ActionRefused, match="理由中不能写个人信息"):
        ImportItems(SYSTEM, agency=town.agency, rows=given, personal_because=f"{IDENTITY}同意").run()


def test_by_hand_too(town: Town, enter: Enter) -> None:
    leaking = entry(summary=f"联系人王五，{MOBILE}")
    with pytest.raises(ActionRefused, match="内容概述：含手机号码138"):
        AddItem(SYSTEM, agency=town.agency, entry=leaking).run()
    made = AddItem(SYSTEM, agency=town.agency, entry=leaking, personal_because=REASON).run()
    assert AuditEntry.objects.get(code="publishing.add_item").details["personal"] == {"summary": ["手机号码"]}
    ChangeItem(SYSTEM, item_id=made.pk, entry=entry(title="改了", summary=leaking.summary)).run()
    with pytest.raises(ActionRefused, match="名称：含身份证号"):
        ChangeItem(SYSTEM, item_id=made.pk, entry=entry(title=IDENTITY, summary=leaking.summary)).run()
    assert Item.objects.get().title == "改了"


def test_on_the_screen_the_field_is_told_and_the_reason_asked_for(town: Town) -> None:
    clerk = signed_in(town.clerk)
    typed = TYPED | {"agency": town.agency.pk, "title": f"张三{IDENTITY}低保公示"}
    assert "personal_because" not in clerk.get("/admin/catalogue/new/").content.decode()
    told = clerk.post("/admin/catalogue/new/", typed)
    page = told.content.decode()
    assert told.status_code == 422
    assert "含身份证号110*************77" in page
    assert 'name="personal_because"' in page
    assert clerk.post("/admin/catalogue/new/", typed | {"personal_because": " "}).status_code == 422
    assert not Item.objects.exists()
    assert clerk.post("/admin/catalogue/new/", typed | {"personal_because": REASON}).status_code == 302
    item = Item.objects.get()
    url, changed = f"/admin/catalogue/{item.pk}/", {"revision": item.revision}
    assert clerk.post(url, typed | changed | {"place": "便民中心"}).status_code == 302, "not asked twice"


def test_a_file_on_the_screen(town: Town) -> None:
    def sent(**more: object) -> str:
        lines = "\n".join([HEAD, GOOD, ROW.format(f"张三（{IDENTITY}）", "概述")])
        upload = SimpleUploadedFile("目录.csv", lines.encode())
        given = {"agency": town.agency.pk, "upload": upload, "step": "take", **more}
        return signed_in(town.clerk).post("/admin/catalogue/import/", given).content.decode()

    page = sent()
    assert "第3行B列（名称）：含身份证号110*************77" in page
    assert "1行含有公民的身份证号、手机号码或银行卡号，没有导入" in page
    assert 'name="personal_because"' in page
    assert Item.objects.count() == 1
    page = sent(personal_because=REASON)
    assert "已新增1条" in page
    assert Item.objects.count() == 2


def entered_before_the_rule(enter: Enter, monkeypatch: pytest.MonkeyPatch, **texts: str) -> Item:
    with monkeypatch.context() as before:
        before.setattr(personal, "_numbers_in", lambda *_: ())
        return enter(**texts)


def test_what_is_put_back_is_looked_at_once_more(
    town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = entered_before_the_rule(enter, monkeypatch, summary=f"联系人王五，{MOBILE}")
    WithdrawItem(town.as_clerk, item_id=item.pk, reason="含个人手机号码").run()
    with pytest.raises(ActionRefused, match=r"内容概述：含手机号码138\*\*\*\*5678"):
        RestoreItem(town.as_clerk, item_id=item.pk, reason="已核实").run()
    with pytest.raises(ActionRefused, match="理由中不能写个人信息"):
        RestoreItem(town.as_clerk, item_id=item.pk, reason=f"核实过{MOBILE}", personal_because=REASON).run()
    item.refresh_from_db()
    assert item.withdrawn_on is not None
    RestoreItem(town.as_clerk, item_id=item.pk, reason="已核实", personal_because=REASON).run()
    kept = AuditEntry.objects.get(code="publishing.restore_item").details
    assert (kept["personal"], kept["because"]) == ({"summary": ["手机号码"]}, REASON)
    WithdrawItem(town.as_clerk, item_id=item.pk, reason="再核实").run()
    clean = entry(index_number=item.index_number, number="", summary="无")
    ChangeItem(town.as_clerk, item_id=item.pk, entry=clean).run()
    assert RestoreItem(town.as_clerk, item_id=item.pk, reason="已删去号码").run().withdrawn_on is None


def test_a_reason_for_taking_down_repeats_no_number(town: Town, enter: Enter) -> None:
    with pytest.raises(ActionRefused, match="理由中不能写个人信息"):
        WithdrawItem(town.as_clerk, item_id=enter().pk, reason=f"写有{IDENTITY}").run()


def test_putting_back_on_the_page(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    item = entered_before_the_rule(enter, monkeypatch, title=f"张三（身份证{IDENTITY}）低保公示")
    WithdrawItem(town.as_clerk, item_id=item.pk, reason="含身份证号").run()
    client, path = signed_in(town.clerk), f"/admin/catalogue/{item.pk}/restore/"
    asked = client.get(path).content.decode()
    assert "名称：含身份证号110*************77" in asked
    assert 'name="personal_because"' in asked
    given = {"revision": "1", "reason": "已核实"}
    assert client.post(path, given | {"personal_because": ""}).status_code == 409
    assert client.post(path, given | {"personal_because": REASON}).status_code == 302
    item.refresh_from_db()
    assert item.withdrawn_on is None


def test_the_whole_catalogue_is_looked_at_by_the_rules_of_today(
    town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter("林业工作总结")
    title = f"张三（身份证{IDENTITY}）公示"
    found = entered_before_the_rule(enter, monkeypatch, title=title, summary=f"汇入银行卡{CARD}")
    away = entered_before_the_rule(enter, monkeypatch, summary=f"联系人王五，{MOBILE}")
    WithdrawItem(town.as_clerk, item_id=away.pk, reason="含个人手机号码").run()
    passed = entry(index_number="1/1", number="", summary=f"联系人王五，{MOBILE}")
    AddItem(SYSTEM, agency=town.agency, personal_because=REASON, entry=passed).run()
    file = rows(HEAD, ROW.format(f"李四{IDENTITY}公示", "概述"))
    ImportItems(SYSTEM, agency=town.agency, rows=file, personal_because=REASON).run()
    items = selectors.checked_for_persons(town.as_office)
    assert items is not None
    looked = personal_check.of_slice(items, 0)
    assert (looked.looked_at, looked.total, looked.then) == (4, 4, None)
    first, *others = looked.hits
    assert (first.item.pk, first.passed_on) == (found.pk, None)
    assert first.found["名称"] == "含身份证号110*************77"
    assert CARD[-4:] in first.found["内容概述"]
    assert [hit.passed_on for hit in others] == [timezone.localdate()] * 2
    shown = signed_in(town.office).get("/admin/catalogue/personal/").content.decode()
    assert "4条都已核查，这一批有3条含个人信息" in shown
    assert not any(number in shown for number in (IDENTITY, MOBILE, CARD))
    assert "张三" not in shown, "nor the title, which may name somebody"


def test_it_is_looked_at_in_slices(town: Town, enter: Enter) -> None:
    for _ in range(5):
        enter("林业工作总结")
    items = selectors.checked_for_persons(town.as_clerk)
    assert items is not None
    after: int | None = 0
    looked = []
    while after is not None:
        found = personal_check.of_slice(items, after, size=2)
        looked.append((found.looked_at, found.total))
        after = found.then
    assert looked == [(2, 5), (4, 5), (5, 5)]


def test_who_may_have_the_catalogue_looked_at(town: Town, enter: Enter) -> None:
    item = enter()
    keeper = person("keeper", "管理员", town.county, Role.ADMINISTRATOR)
    for who in (keeper, town.office, town.clerk):
        found = selectors.checked_for_persons(Actor.of(who))
        assert found is not None
        assert list(found) == [item]
        assert "核查个人信息" in signed_in(who).get("/admin/catalogue/").content.decode()
    neighbour = selectors.checked_for_persons(town.as_other_clerk)
    assert neighbour is not None
    assert not neighbour.exists()
    assert selectors.checked_for_persons(town.as_leader) is None
    assert signed_in(town.leader).get("/admin/catalogue/personal/").status_code == 404
