"""What the page of a case tells its applicant without a file being opened, and after each step."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.applications.models import Case
from tests.web.applications.playing import Office, confirmed, on
from tests.web.reporting.people import Town

DAY = date(2024, 3, 8)


def followed(case: Case) -> tuple[Client, str]:
    client = Client()
    case.refresh_from_db()
    given = {"number": case.register_no, "code": case.code}
    page = client.post(reverse("portal:track"), given, follow=True).content.decode()
    assert f"{case.register_no}号申请" in page
    return client, page


def test_what_is_to_be_corrected_stands_on_the_page(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请写明年份；\n请写明项目名称。", "期限": "15"}, DAY)
    with on(DAY):
        client, page = followed(case)
        assert "<dt>要补正的</dt><dd>请写明年份；<br>请写明项目名称。</dd>" in page
        refused = client.post(reverse("portal:act_on_case", args=["correct"]), {"text": "", "case": case.pk})
        assert '<a href="#text">补正内容</a>' in refused.content.decode()


def test_what_is_to_be_paid_stands_on_the_page(town: Town, office: Office) -> None:
    case = confirmed(town)
    typed = {"计收方式": "按量", "数量": "40", "缴纳方式": "到镇便民服务中心缴纳"}
    office.send(case, "fee", typed, DAY)
    with on(DAY):
        _, page = followed(case)
    assert "<dt>应缴</dt><dd>100元</dd>" in page
    assert "<dt>怎样缴纳</dt><dd>到镇便民服务中心缴纳</dd>" in page
    assert "以收费通知书为准" in page


@pytest.mark.parametrize("kind", ["extension"])
def test_nothing_is_asked_where_nothing_is_to_be_done(town: Town, office: Office, kind: str) -> None:
    case = confirmed(town)
    office.send(case, kind, {"延期理由": "需要检索的档案较多", "期限": "20"}, DAY)
    with on(DAY):
        _, page = followed(case)
    assert "要补正的" not in page
    assert "应缴" not in page


def test_a_withdrawal_without_the_tick_comes_back_open(town: Town) -> None:
    case = confirmed(town)
    with on(DAY):
        client, page = followed(case)
        assert '<details class="block"><summary>撤回申请' in page
        refused = client.post(
            reverse("portal:act_on_case", args=["withdraw"]), {"case": case.pk}
        ).content.decode()
        assert '<details class="block" open><summary>撤回申请' in refused
        assert '<a href="#sure">确认撤回</a>' in refused
        left = client.post(reverse("portal:leave_case"), follow=True).content.decode()
        assert "已退出查询" in left
        again = client.post(reverse("portal:leave_case"), follow=True).content.decode()
    assert "已退出查询" not in again, "nothing was open"


@pytest.mark.parametrize("address", ["/", "/no-such-page/"])
@pytest.mark.django_db
def test_the_way_to_apply_is_shown_without_the_menu(address: str) -> None:
    page = Client().get(address).content.decode()
    main = page[page.index("<main") :]
    assert f'href="{reverse("portal:apply")}"' in main
    assert f'href="{reverse("portal:track")}"' in main


@pytest.mark.django_db
def test_a_form_that_lay_open_leads_back_where_there_is_no_button() -> None:
    page = Client(enforce_csrf_checks=True).post(reverse("portal:track"), {"number": "1", "code": "2"})
    assert page.status_code == 403
    assert "请返回上一页，刷新、核对后重新提交" in page.content.decode()


def test_what_was_handed_in_is_said_to_have_come(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请写明年份", "期限": "15"}, DAY)
    with on(date(2024, 3, 12)):
        client, before = followed(case)
        given = {"text": "2023年度", "case": case.pk}
        page = client.post(reverse("portal:act_on_case", args=["correct"]), given, follow=True)
        assert "已于2024年3月12日收到您的补正" in page.content.decode()
        assert "收到您的补正" not in before
        assert "收到您的补正" not in client.get(reverse("portal:followed")).content.decode()


def test_an_address_alone_says_nothing_has_come(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(DAY):
        client, _ = followed(case)
        page = client.get(reverse("portal:followed") + "?done=correct").content.decode()
    assert "收到您的补正" not in page
