"""A case that joins a group after a party was asked: its answer is relied on openly, or it is asked anew."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.law.case import Kind
from gongkai.web.applications import files
from gongkai.web.applications.actions import (
    AddParty,
    AddProof,
    DraftLetter,
    RecordEvent,
    RelyOnAnswer,
    SignLetter,
)
from gongkai.web.applications.alike import earlier_answers
from gongkai.web.applications.letters import check, making
from gongkai.web.applications.models import Case, Consultation, Letter, Note, Purpose, State
from gongkai.web.applications.papers import register_sheet
from gongkai.web.applications.receiving import intake
from gongkai.web.common import audit
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.alike.several import asked, group, marked, somebody
from tests.web.applications.alike.test_asked_once import (
    ANSWERED,
    PARTY,
    SENT,
    answer,
    cases,
    decide,
    deliver,
    drafted,
    join,
    sent,
    sign,
    signed_in,
)
from tests.web.applications.asking import PDF, register, request
from tests.web.applications.playing import Office, on, workdays_after
from tests.web.reporting.people import Town

__all__ = ["cases"]

CAME, WHY = date(2024, 3, 14), "信息内容和第三方的情况没有变化"
TYPED = {"查明事实": "本机关检索了档案，查得方案一份。", "理由": "见附件。", "提供方式": "随本答复书提供。"}


def late(town: Town, cases: list[Case], said: str = "agrees") -> Case:
    """All of a group are asked for by one letter that was answered; one more comes after that."""
    first, _ = sent(town, cases, proof=intake.Upload("", "签收单.pdf", PDF))
    with on(ANSWERED):
        if said:
            answer(town, first, said)
    with on(CAME):
        made = asked(town, 3, CAME)
        group(town, cases[0], made)
    return Case.objects.get(pk=made.pk)


def rely(town: Town, case: Case, first: Consultation, reason: str = WHY) -> Consultation:
    return RelyOnAnswer(town.as_clerk, case_id=case.pk, consultation_id=first.pk, reason=reason).run()


def reply(town: Town, case: Case, outcome: str = "provided") -> Letter:
    return DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome=outcome, typed=TYPED).run()


def test_nothing_is_disclosed_by_an_answer_nobody_relied_on(town: Town, cases: list[Case]) -> None:
    case = late(town, cases)
    with on(CAME):
        letter = reply(town, case)
        (wrong,) = check.problems(letter, CAME)
        assert str(cases[0]) in wrong
        assert "没有沿用（条例第三十二条）" in wrong
        rely(town, case, cases[0].consultations.get())
        assert check.problems(letter, CAME) == []


def test_it_is_recorded_with_the_letter_the_day_and_the_answer(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases), cases[0].consultations.get()
    with on(CAME):
        made = rely(town, case, first)
        asking = Letter.objects.get(kind="consult_third_party")
        assert (made.relies_on, made.name, made.sent_on) == (first, PARTY, None)
        assert (made.answer, made.answered_on, made.answer_text) == ("agrees", ANSWERED, "同意")
        assert made.decision == "open"
        note = case.notes.filter(kind=Note.Kind.NOTE).last()
        assert note is not None
        for told in (str(cases[0]), asking.document_no, "2024年3月6日送达", "2024年3月13日同意公开", WHY):
            assert told in note.text
        (paper,) = case.attachments.filter(purpose=Purpose.INTERNAL)
        assert asking.pdf is not None
        assert files.content_of(paper) == files.content_of(asking.pdf)
        assert case.attachments.filter(purpose=Purpose.PROOF).count() == 1
        said = making.values_of(reply(town, case), CAME)["决定"]
    assert said.startswith(
        f"就相同的政府信息，本机关在办理此前的申请时已于2024年3月6日书面征求第三方的意见（{asking.document_no}），"
        "第三方于2024年3月13日答复同意公开。"
    )
    assert PARTY not in said
    assert "现予以公开" in said
    entry = AuditEntry.objects.get(code="applications.rely_on_answer")
    assert (entry.details["relies_on"], entry.details["answer"]) == (first.pk, "agrees")
    assert PARTY not in str(entry.details)
    assert WHY not in str(entry.details)
    assert audit.verify() == []


def test_a_proof_that_comes_after_it_was_relied_on_goes_to_its_file_too(
    town: Town, cases: list[Case]
) -> None:
    first, letter = sent(town, cases)
    with on(ANSWERED):
        answer(town, first, "agrees")
    with on(CAME):
        case = asked(town, 3, CAME)
        group(town, cases[0], case)
        rely(town, case, first)
        assert not case.attachments.filter(purpose=Purpose.PROOF).exists()
        AddProof(
            town.as_clerk, case_id=cases[0].pk, letter_id=letter.pk, proof=intake.Upload("", "回执.pdf", PDF)
        ).run()
    assert case.attachments.get(purpose=Purpose.PROOF).name == "回执.pdf"


def test_another_letter_begun_to_the_same_party_takes_nothing_from_who_relied(
    town: Town, cases: list[Case]
) -> None:
    case, first = late(town, cases), cases[0].consultations.get()
    with on(CAME):
        rely(town, case, first)
        letter = reply(town, case)
        said = making.values_of(letter, CAME)["决定"]
        assert "答复同意公开" in said
        drafted(town, first)
        assert making.values_of(letter, CAME)["决定"] == said
        another = asked(town, 4, CAME)
        group(town, cases[0], another)
        assert rely(town, Case.objects.get(pk=another.pk), first).answer == "agrees"


def test_the_clock_of_the_later_case_is_not_stopped(town: Town, cases: list[Case]) -> None:
    case = late(town, cases)
    with on(CAME):
        rely(town, case, cases[0].consultations.get())
        case.refresh_from_db()
        assert (case.state, case.due) == (State.RUNNING, workdays_after(CAME, 20))
        assert not case.events.filter(kind=Kind.CONSULTATION_STARTED).exists()


def test_each_case_has_a_decision_of_its_own(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases, "objects"), cases[0].consultations.get()
    with on(CAME):
        decide(town, first, "withhold")
        mine = rely(town, case, first)
        letter = reply(town, case)
        assert any("还没有决定是否公开" in text for text in check.problems(letter, CAME))
        decide(town, mine, "override")
        assert [one.consultations.get().decision for one in cases] == ["withhold"] * 3
        assert any("告知书还没有送达" in text for text in check.problems(letter, CAME))
        told = drafted(town, mine, "third_party_notice", 公开内容="补偿协议", 公开理由="重大公共利益")
        deliver(town, sign(town, told), CAME)
        assert check.problems(letter, CAME) == []
        assert "答复不同意公开" in making.values_of(letter, CAME)["决定"]
        assert "决定予以公开。" in making.values_of(letter, CAME)["决定"].splitlines()[0]


def test_a_third_party_is_protected_by_an_objection_relied_on(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases, "objects"), cases[0].consultations.get()
    with on(CAME):
        letter = reply(town, case, "third_party")
        assert any("没有“" in text for text in check.problems(letter, CAME))
        decide(town, rely(town, case, first), "withhold")
        assert check.problems(letter, CAME) == []
        for signer in (town.as_clerk, town.as_head, town.as_secrecy, town.as_leader):
            SignLetter(signer, case_id=case.pk, letter_id=letter.pk).run()
    letter.refresh_from_db()
    with on(CAME):
        deliver(town, letter, CAME)
    assert Case.objects.get(pk=case.pk).state == State.ANSWERED


@pytest.mark.parametrize("silent", [True, False])
def test_silence_is_no_answer_to_rely_on(town: Town, cases: list[Case], silent: bool) -> None:
    case, first = late(town, cases, ""), cases[0].consultations.get()
    if silent:
        Consultation.objects.filter(sent_on=SENT).update(answer="silent")
    with on(CAME), pytest.raises(ActionRefused, match="逾期没有答复" if silent else "还没有登记") as refused:
        rely(town, case, first)
    assert "单独征求" in refused.value.remedy
    with on(CAME):
        (wrong,) = check.problems(reply(town, case), CAME)
    assert "：请为本件征求意见；" in wrong


def test_who_asks_is_no_third_party_to_their_own_application(town: Town, cases: list[Case]) -> None:
    first, _ = sent(town, cases)
    with on(CAME):
        party = request(somebody(3, kind="business", name=PARTY), channel="in_person")
        case = register(town.as_clerk, town.agency, CAME, party)
        group(town, cases[0], case)
        assert check.problems(reply(town, case), CAME) == []
        with pytest.raises(ActionRefused, match="征求对象就是申请人"):
            rely(town, case, first)


def test_what_was_relied_on_holds_for_the_same_words_alone(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases), cases[0].consultations.get()
    with on(CAME):
        rely(town, case, first)
        letter = reply(town, case)
        changed = Case.objects.get(pk=case.pk)
        changed.details = "补正：只要2023年第5号"
        changed.save()
        again = Letter.objects.get(pk=letter.pk)
        assert any("后来改变了" in text for text in check.problems(again, CAME))
    source = Case.objects.get(pk=cases[0].pk)
    source.details = "另外的文字"
    source.save()
    with on(CAME):
        changed.details = case.details
        changed.save()
        assert check.problems(Letter.objects.get(pk=letter.pk), CAME) == []


def test_a_letter_from_before_a_correction_asked_about_other_words(town: Town, cases: list[Case]) -> None:
    first, _ = sent(town, cases)
    with on(ANSWERED):
        answer(town, first, "agrees")
    with on(CAME):
        office = Office(town)
    office.send(cases[0], "correction", {"补正事项": "写明年度", "期限": "10"}, ANSWERED)
    with on(CAME):
        RecordEvent(town.as_clerk, case_id=cases[0].pk, kind="corrected", on=CAME, text="2023年度").run()
        source = Case.objects.get(pk=cases[0].pk)
        case = asked(town, 3, CAME, details=source.details)
        group(town, source, case)
        with pytest.raises(ActionRefused, match="文字与征求意见时"):
            rely(town, case, first)
        assert check.problems(reply(town, case), CAME) == []


def test_a_party_asked_anew_is_relied_on_no_more(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases), cases[0].consultations.get()
    with on(CAME):
        mine = rely(town, case, first)
        deliver(town, sign(town, drafted(town, mine)), CAME)
        mine.refresh_from_db()
        assert (mine.relies_on, mine.relied_text, mine.answer, mine.sent_on) == (None, "", "none", CAME)
        assert mine.answered_on is None
        assert Case.objects.get(pk=case.pk).state == State.PAUSED
        assert "就相同的政府信息" not in making.values_of(reply(town, case), CAME)["决定"]


def test_the_day_told_is_that_of_the_letter_relied_on_whoever_is_asked_anew(
    town: Town, cases: list[Case]
) -> None:
    """The party is written to again in the first case; what was relied on came to the letter before."""
    case, first = late(town, cases), cases[0].consultations.get()
    with on(CAME):
        rely(town, case, first)
        deliver(town, sign(town, drafted(town, first)), CAME)
        first.refresh_from_db()
        assert first.sent_on == CAME
        own = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
        assert f"沿用{cases[0]}征求的意见（2024年3月6日送达）：同意公开（2024年3月13日）" in own
        assert f"沿用{cases[0]}征求的意见（2024-03-06送达）" in register_sheet.values(case, CAME)["征求意见"]
        later = asked(town, 4, CAME)
        group(town, cases[0], later)
        url = reverse("applications:together_on", args=[cases[0].pk, "rely", first.pk])
        assert "，2024年3月6日送达" in signed_in(town.clerk).get(url).content.decode()
        rely(town, later, first)
        told = later.notes.filter(kind=Note.Kind.NOTE).last()
        assert told is not None
        assert "，2024年3月6日送达，2024年3月13日同意公开）" in told.text


def test_who_may_rely_on_what(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases), cases[0].consultations.get()
    with on(CAME):
        outside = asked(town, 4, CAME)
        for of, word in ((outside, "没有这个同组申请"), (cases[1], "已经登记了同一个征求对象")):
            with pytest.raises(ActionRefused, match=word):
                rely(town, of, first)
        with pytest.raises(ActionRefused, match="沿用理由"):
            rely(town, case, first, " ")
        for actor in (town.as_leader, town.as_other_clerk):
            with pytest.raises(Denied):
                RelyOnAnswer(actor, case_id=case.pk, consultation_id=first.pk, reason=WHY).run()
        assert not case.consultations.exists()
        AddParty(town.as_clerk, case_id=case.pk, party="third_party", name=PARTY).run()
        rely(town, case, first)
        assert case.consultations.count() == 1, "the one on record answers"
        with pytest.raises(ActionRefused, match="已经登记了同一个征求对象"):
            rely(town, case, first)


def test_a_party_asked_anew_by_the_same_name_is_heard(town: Town, cases: list[Case]) -> None:
    """However it is spelled; one asked by two letters is told of once."""
    case = late(town, cases)
    with on(CAME):
        one = AddParty(
            town.as_clerk, case_id=case.pk, party="third_party", name=f" {PARTY[:2]} {PARTY[2:]}"
        ).run()
        assert len(check.problems(reply(town, case), CAME)) == 1
        deliver(town, sign(town, drafted(town, one)), CAME)
        again = [text for text in check.problems(case.letters.get(kind="reply"), CAME) if "没有沿用" in text]
        assert again == []
        fifth = asked(town, 4, CAME)
        group(town, cases[0], fifth)
        (before,) = earlier_answers.asked_before(Case.objects.get(pk=fifth.pk))
        assert (before.first, before.can_rely) == (cases[0].consultations.get(), True)


def test_a_case_registered_alone_asks_nobody_by_itself(town: Town, cases: list[Case]) -> None:
    """Somebody on record whom nobody asked is passed over as well."""
    case = late(town, cases)
    with on(CAME):
        AddParty(town.as_clerk, case_id=case.pk, party="third_party", name=PARTY).run()
        assert any("没有沿用" in text for text in check.problems(reply(town, case), CAME))


def test_the_pages_offer_both_and_show_what_was_answered(town: Town, cases: list[Case]) -> None:
    case, first = late(town, cases), cases[0].consultations.get()
    url = reverse("applications:together_on", args=[cases[0].pk, "rely", first.pk])
    with on(CAME):
        client = signed_in(town.clerk)
        own = client.get(reverse("applications:case", args=[case.pk])).content.decode()
        assert url in own
        alone = reverse("applications:act", args=[case.pk, "party"]) + f"?like={first.pk}"
        assert alone in own
        form = client.get(alone).context["form"]
        assert (form["name"].value(), form["party"].value()) == (PARTY, "third_party")
        other = client.get(alone.replace(f"like={first.pk}", "like=99999"))
        assert other.context["form"]["name"].value() is None
        assert url in client.get(reverse("applications:group", args=[case.pk])).content.decode()
        page = client.get(url)
        assert [(row["row"].case, row["chosen"]) for row in page.context["rows"]] == [(case, False)]
        assert Letter.objects.get(kind="consult_third_party").document_no in page.content.decode()
        given = {"case": [f"{pk}-{revision}" for pk, revision in marked(case)], "reason": WHY}
        assert "已办理1件" in client.post(url, given, follow=True).content.decode()
        own = client.get(reverse("applications:case", args=[case.pk])).content.decode()
        assert f"沿用{cases[0]}征求的意见（2024年3月6日送达）：同意公开（2024年3月13日）" in own
        assert url not in own
        page = client.get(reverse("applications:group", args=[case.pk])).content.decode()
        assert "一份意见书征求3件，1件沿用" in page
        assert signed_in(town.other_clerk).get(url).status_code == 404
    with on(CAME):
        join_again = asked(town, 4, CAME)
        group(town, cases[0], join_again)
        with pytest.raises(ActionRefused, match="不能再加"):
            join(town, first, join_again)
