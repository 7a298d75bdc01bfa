"""The page of a case opens the letter that waits, under the name the due list gives it."""

from django.urls import reverse

from gongkai.web.applications import next_step
from gongkai.web.applications.actions import DraftLetter, SignLetter
from gongkai.web.applications.models import Case
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.applications.test_screens import signed_in
from tests.web.reporting.people import Town

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
