"""The page of a case opens the letter that waits, under the name the due list gives it."""

from django.urls import reverse

from gongkai.law.outcomes import outcomes
from gongkai.web.applications.actions import DraftLetter, SignLetter
from gongkai.web.applications.letters.kinds import decisions
from gongkai.web.applications.models import Case
from gongkai.web.applications.workload import next_step
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

TYPED = {"查明事实": "已检索档案。", "理由": "见附件。", "提供方式": "随信提供。"}


def first_step(town: Town, case: Case) -> tuple[str, str]:
    page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk]))
    first = page.context["steps"][0]
    assert f'<a class="button" href="{first.url}">{first.label}</a>' in page.content.decode()
    assert next_step.of([Case.objects.get(pk=case.pk)], START)[case.pk] == first.label
    return first.label, first.url


def test_the_letter_under_way_comes_before_what_could_be_begun(town: Town) -> None:
    case = confirmed(town)
    with on(START):
        letter = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", typed=TYPED, outcome="provided"
        ).run()
        url = reverse("applications:letter", args=[case.pk, letter.pk])
        assert first_step(town, case) == ("答复书待签批", url)
        for signer in (town.as_clerk, town.as_head, town.as_secrecy):
            SignLetter(signer, case_id=case.pk, letter_id=letter.pk).run()
        assert first_step(town, case) == ("答复书等待签发", url)
        SignLetter(town.as_leader, case_id=case.pk, letter_id=letter.pk).run()
        assert first_step(town, case) == ("送达答复书", url)


def test_the_nearest_to_its_end_comes_first(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(START):
        DraftLetter(town.as_clerk, case_id=case.pk, kind="receipt", typed={}).run()
        office.letter(case, "extension", {"延期理由": "档案较多", "期限": "20"})
        steps = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).context["steps"]
    assert [step.label for step in steps[:2]] == ["送达延期答复告知书", "登记回执待签批"]


def test_the_reply_says_which_outcomes_need_reasons(town: Town) -> None:
    with on(START):
        case = confirmed(town)
        page = signed_in(town.clerk).get(reverse("applications:new_letter", args=[case.pk, "reply"]))
    labels = {field.label for field in page.context["form"]}
    reasons = next(label for label in labels if label.startswith("理由"))
    provided = next(label for label in labels if label.startswith("提供的方式"))
    words = {one.code: one.word.partition("（")[0].partition("，")[0] for one in outcomes(START)}
    words |= {"not_corrected": "逾期不补正", "fee_unpaid": "逾期不缴费"}
    for code, found in decisions().items():
        assert (words[code] in reasons) is ("理由" not in found.needs), code
        assert (words[code] in provided) is ("提供方式" in found.needs), code
    assert reasons.endswith("的可不填）")
    assert provided.endswith("的必填）")
    assert not any("视情况" in label for label in labels)
    assert max(map(len, labels)) < 80, "a label, not a page of the form of the annual report"


def test_settings_say_what_letters_cannot_print(town: Town) -> None:
    url = reverse("applications:settings", args=[town.agency.pk])
    client = signed_in(town.head)
    town.agency.address = town.agency.phone = ""
    town.agency.save()
    assert "没有填写办公地址和联系电话" in client.get(url).content.decode()
    town.agency.address = "解放路1号"
    town.agency.save()
    assert "没有填写联系电话" in client.get(url).content.decode()
    town.agency.phone = "0577-63700000"
    town.agency.save()
    assert "没有填写联系电话" not in client.get(url).content.decode()
