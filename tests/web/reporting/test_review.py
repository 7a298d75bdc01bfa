"""From reading to publication: corrections, accepted findings, signatures, withdrawal, two at once."""

from collections.abc import Callable

import pytest

from gongkai.report import api
from gongkai.web.agencies.actions import SetChain, StepWanted
from gongkai.web.agencies.models import Matter, Post, Role, SigningChain, SigningStep
from gongkai.web.common import registry
from gongkai.web.common.audit import verify
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.reporting.actions import (
    AcceptFinding,
    Amend,
    Correct,
    CorrectAsSuggested,
    DiscardVersion,
    KeepPublished,
    Publish,
    RequestWithdrawal,
    Reread,
    ReturnForChanges,
    Sign,
    UnacceptFinding,
    UndoCorrection,
    Withdraw,
)
from gongkai.web.reporting.actions.base import RecordAction
from gongkai.web.reporting.actions.sign import PUBLICATION
from gongkai.web.reporting.models import ReportRecord, Signature
from gongkai.web.reporting.states import RESTING, TRANSITIONS, State
from tests.web.reporting.people import Town, work

CLOSED = "applications.total.total"
OPEN = "applications.carried_out.total"


def correct(town: Town, record: ReportRecord, path: str = CLOSED, value: str = "20") -> None:
    Correct(
        town.as_clerk, record_id=record.pk, path=path, value=value, reason="正文写明已办结20件、剩余1件"
    ).run()
    record.refresh_from_db()


def test_the_broken_table_is_filled_in_signed_and_published_with_its_corrections(town: Town) -> None:
    record = town.read()
    before = {row["rule"] for row in record.current_version.findings}
    correct(town, record)
    correct(town, record, OPEN, "1")
    version = record.current_version
    after = {row["rule"] for row in version.findings}
    assert before - after == {"T3-COLSUM"}
    assert (version.total, version.carried_out, version.open_errors) == (20, 1, 1)
    record = town.publish(record)
    public = record.published_version
    assert public == record.current_version
    assert public.document["applications"]["total"]["total"] == 20
    assert public.document["applications"]["carried_out"]["total"] == 1
    assert [
        (item["path"], item["read"], item["mark"], item["value"], item["reason"])
        for item in public.document["corrections"]
    ] == [
        (CLOSED, None, "blank", 20, "正文写明已办结20件、剩余1件"),
        (OPEN, None, "blank", 1, "正文写明已办结20件、剩余1件"),
    ]
    assert api.from_dict(public.document).value(CLOSED) == 20
    assert [row.step_name for row in public.signatures.all()] == ["拟稿", "审核", "保密审查", "签发"]
    assert len({row.person_id for row in public.signatures.all()}) >= 2
    assert record.published_at
    assert public.published_at
    assert verify(town.agency.pk) == []


def test_blank_cells_are_filled_as_a_finding_proposes_with_one_reason(town: Town) -> None:
    record = town.read()
    correct(town, record)
    correct(town, record, OPEN, "1")
    (blank,) = [row for row in record.current_version.findings if row["rule"] == "FORM-BLANK"]
    assert len(blank["suggested"]) > 100
    with pytest.raises(ActionRefused, match="没有写更正理由"):
        CorrectAsSuggested(town.as_clerk, record_id=record.pk, key=blank["key"], reason="").run()
    number = CorrectAsSuggested(
        town.as_clerk, record_id=record.pk, key=blank["key"], reason="核对登记簿，没有发生"
    ).run()
    record.refresh_from_db()
    version = record.current_version
    assert number == len(blank["suggested"])
    assert len(version.document["corrections"]) == number + 2
    for path, value in blank["suggested"].items():
        table, row, column = path.split(".")
        assert str(version.document[table][row][column]) == str(value)
    assert version.carried_in == 0
    assert not {row["key"] for row in version.findings} & {blank["key"]}
    litigation = next(row for row in version.findings if row["rule"] == "TEXT-LITIGATION")
    with pytest.raises(ActionRefused, match="没有建议的数字"):
        CorrectAsSuggested(town.as_clerk, record_id=record.pk, key=litigation["key"], reason="x").run()
    with pytest.raises(ActionRefused, match="已不存在"):
        CorrectAsSuggested(town.as_clerk, record_id=record.pk, key=blank["key"], reason="x").run()


def test_what_was_read_is_kept_through_every_later_correction(town: Town) -> None:
    record = town.read()
    correct(town, record, value="19")
    correct(town, record, value="20")
    rows = list(record.current_version.corrections.filter(path=CLOSED).order_by("id"))
    assert [(row.value, row.read_value, row.superseded_at is None) for row in rows] == [
        ("19", None, False),
        ("20", None, True),
    ]
    assert all(row.person == town.clerk and row.reason for row in rows)


def test_a_correction_is_undone_with_a_reason_and_stays_on_record(town: Town) -> None:
    record = town.read()
    correct(town, record)
    with pytest.raises(ActionRefused, match="没有写撤销理由"):
        UndoCorrection(town.as_clerk, record_id=record.pk, path=CLOSED, reason="").run()
    UndoCorrection(town.as_clerk, record_id=record.pk, path=CLOSED, reason="填错了行").run()
    record.refresh_from_db()
    version = record.current_version
    assert version.total is None
    assert "corrections" not in version.document
    assert "T3-COLSUM" in {row["rule"] for row in version.findings}
    row = version.corrections.get()
    assert row.superseded_at
    assert row.undone_reason == "填错了行"
    with pytest.raises(ActionRefused, match="没有更正过"):
        UndoCorrection(town.as_clerk, record_id=record.pk, path=CLOSED, reason="再撤").run()


@pytest.mark.parametrize(
    ("path", "value", "reason", "said"),
    [
        (CLOSED, "20", "", "没有写更正理由"),
        (CLOSED, "20", "长" * 501, "最多500字"),
        (CLOSED, "二十", "登记簿", "不能填在这一格"),
        (CLOSED, "-1", "登记簿", "不能填在这一格"),
        (CLOSED, "", "登记簿", "相同"),
        ("applications.new.total", "21", "登记簿", "相同"),
        ("applications.nowhere.total", "21", "登记簿", "没有这一格"),
        ("sections.overview", "21", "登记簿", "没有这一格"),
    ],
)
def test_a_wrong_correction_is_refused_and_nothing_changes(
    town: Town, path: str, value: str, reason: str, said: str
) -> None:
    record = town.read()
    with pytest.raises(ActionRefused, match=said):
        Correct(town.as_clerk, record_id=record.pk, path=path, value=value, reason=reason).run()
    record.refresh_from_db()
    assert record.revision == 3
    assert not record.current_version.corrections.exists()


def test_a_figure_that_is_none_in_the_source_may_be_set_blank(town: Town) -> None:
    record = town.read()
    correct(town, record, "applications.new.total", "")
    assert record.current_version.new is None
    (item,) = record.current_version.document["corrections"]
    assert (item["read"], item["value"]) == (21, None)


def test_the_figure_of_the_source_is_restored_by_undoing(town: Town) -> None:
    record = town.read()
    correct(town, record, "applications.new.total", "22")
    with pytest.raises(ActionRefused) as caught:
        correct(town, record, "applications.new.total", "21")
    assert "撤销更正" in caught.value.remedy
    with pytest.raises(ActionRefused, match="与现在的相同"):
        correct(town, record, "applications.new.total", "22")


def test_an_error_is_accepted_with_a_reason_and_asked_again(town: Town) -> None:
    record = town.read()
    (key,) = [row["key"] for row in record.current_version.findings if row["rule"] == "TEXT-LITIGATION"]
    with pytest.raises(ActionRefused, match="没有写认可理由"):
        AcceptFinding(town.as_clerk, record_id=record.pk, key=key, reason=" ").run()
    AcceptFinding(town.as_clerk, record_id=record.pk, key=key, reason="122为笔误，原文不改").run()
    record.refresh_from_db()
    assert (record.current_version.errors, record.current_version.open_errors) == (2, 1)
    with pytest.raises(ActionRefused, match="已经认可"):
        AcceptFinding(town.as_clerk, record_id=record.pk, key=key, reason="再一次").run()
    correct(town, record)
    assert record.current_version.open_errors == 0
    UnacceptFinding(town.as_clerk, record_id=record.pk, key=key).run()
    record.refresh_from_db()
    assert record.current_version.open_errors == 1
    with pytest.raises(ActionRefused, match="已不存在"):
        AcceptFinding(town.as_clerk, record_id=record.pk, key="nothing", reason="理由").run()


def test_an_accepted_finding_that_changes_is_asked_about_again(town: Town) -> None:
    record = town.read()
    town.accept_all(record)
    record.refresh_from_db()
    assert record.current_version.open_errors == 0
    correct(town, record, "disputes.direct_litigation.total", "5")
    assert record.current_version.open_errors >= 1


def test_errors_keep_a_report_from_being_signed(town: Town) -> None:
    record = town.read()
    with pytest.raises(ActionRefused, match="还有2个错误没有处理"):
        Sign(town.as_clerk, record_id=record.pk).run()


def test_the_chain_is_signed_in_order_and_by_those_whose_turn_it_is(town: Town) -> None:
    record = town.read()
    town.accept_all(record)
    with pytest.raises(ActionRefused, match="不是“拟稿”步骤"):
        Sign(town.as_head, record_id=record.pk).run()
    Sign(town.as_clerk, record_id=record.pk, opinion="请审核").run()
    with pytest.raises(ActionRefused, match="不是“审核”步骤"):
        Sign(town.as_clerk, record_id=record.pk).run()
    with pytest.raises(ActionRefused, match="不能“签发并发布”"):
        Publish(town.as_leader, record_id=record.pk).run()
    Sign(town.as_head, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.IN_REVIEW
    Sign(town.as_secrecy, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.REVIEWED
    with pytest.raises(ActionRefused, match="这是最后一步"):
        Sign(town.as_leader, record_id=record.pk).run()
    with pytest.raises(ActionRefused, match="不是“签发”步骤"):
        Publish(town.as_clerk, record_id=record.pk).run()
    Publish(town.as_leader, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.PUBLISHED


def test_one_person_alone_never_publishes(town: Town) -> None:
    for role in (Role.SECTION_HEAD, Role.SECRECY_REVIEWER, Role.LEADER):
        Post.objects.filter(agency=town.agency, role=role).delete()
        Post.objects.create(person=town.clerk, agency=town.agency, role=role, from_day="2020-01-01")
    Post.objects.filter(person=town.second_clerk).delete()
    record = town.read()
    town.accept_all(record)
    with pytest.raises(ActionRefused, match="至少要有两名不同的人员"):
        Sign(town.as_clerk, record_id=record.pk).run()


def test_a_short_chain_of_two_people(town: Town) -> None:
    admin = town.office
    Post.objects.create(person=admin, agency=town.county, role=Role.ADMINISTRATOR, from_day="2020-01-01")
    SetChain(
        town.as_office,
        agency=town.agency,
        matter=Matter.REPORT,
        steps=[StepWanted("拟稿", Role.CLERK), StepWanted("签发", Role.CLERK)],
    ).run()
    record = town.read()
    town.accept_all(record)
    Sign(town.as_clerk, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.REVIEWED
    with pytest.raises(ActionRefused, match="须由另一人签批"):
        Publish(town.as_clerk, record_id=record.pk).run()
    Publish(town.as_second_clerk, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.PUBLISHED


def test_a_chain_without_people_says_what_is_missing(town: Town) -> None:
    Post.objects.filter(agency=town.agency, role=Role.LEADER).delete()
    record = town.read()
    town.accept_all(record)
    with pytest.raises(ActionRefused, match="“签发”步骤没有可以签批的人员"):
        Sign(town.as_clerk, record_id=record.pk).run()


def test_a_chain_that_grows_meanwhile_is_signed_to_its_end(town: Town) -> None:
    record = town.read()
    town.accept_all(record)
    town.sign_off(record)
    chain = SigningChain.objects.create(agency=town.agency, matter=Matter.REPORT)
    for number, (name, role) in enumerate(
        (
            ("拟稿", Role.CLERK),
            ("审核", Role.SECTION_HEAD),
            ("保密审查", Role.SECRECY_REVIEWER),
            ("复核", Role.SECTION_HEAD),
            ("签发", Role.LEADER),
        ),
        start=1,
    ):
        SigningStep.objects.create(chain=chain, number=number, name=name, role=role)
    with pytest.raises(ActionRefused, match="不是“复核”步骤"):
        Publish(town.as_leader, record_id=record.pk).run()
    with pytest.raises(ActionRefused, match="前面还有步骤"):
        Publish(town.as_head, record_id=record.pk).run()
    Sign(town.as_head, record_id=record.pk).run()
    Publish(town.as_leader, record_id=record.pk).run()


def test_nothing_is_changed_under_a_signature(town: Town) -> None:
    record = town.read()
    town.accept_all(record)
    Sign(town.as_clerk, record_id=record.pk).run()
    with pytest.raises(ActionRefused, match="签批中") as caught:
        correct(town, record)
    assert "退回" in caught.value.remedy
    version = ReportRecord.objects.get(pk=record.pk).current_version
    version.document["sections"]["others"] = "另加一句"
    version.save()
    with pytest.raises(ActionRefused, match="有过改动"):
        Sign(town.as_head, record_id=record.pk).run()
    ReturnForChanges(town.as_head, record_id=record.pk, reason="请补上理由").run()
    record.refresh_from_db()
    assert record.state == State.READ
    signature = Signature.objects.get()
    assert signature.void_at
    assert signature.void_reason == "请补上理由"
    town.publish(record)


def test_a_published_report_is_withdrawn_by_two_people(town: Town) -> None:
    record = town.publish(town.read())
    with pytest.raises(ActionRefused, match="没有写撤回理由"):
        RequestWithdrawal(town.as_clerk, record_id=record.pk, reason="").run()
    RequestWithdrawal(town.as_clerk, record_id=record.pk, reason="附件有个人信息").run()
    record.refresh_from_db()
    assert record.state == State.WITHDRAWING
    assert record.published_version is not None
    with pytest.raises(ActionRefused, match="另一人确认"):
        Withdraw(town.as_clerk, record_id=record.pk).run()
    Withdraw(town.as_leader, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.WITHDRAWN
    assert record.published_version is None
    assert record.withdrawn_at
    Amend(town.as_clerk, record_id=record.pk).run()
    town.publish(record)
    record.refresh_from_db()
    assert record.withdrawn_at is None


def test_a_withdrawal_may_be_turned_down(town: Town) -> None:
    record = town.publish(town.read())
    RequestWithdrawal(town.as_clerk, record_id=record.pk, reason="误点").run()
    KeepPublished(town.as_clerk, record_id=record.pk).run()
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert record.withdrawal_asked_by is None


def test_the_public_version_stays_while_it_is_amended(town: Town) -> None:
    record = town.publish(town.read())
    public = record.published_version
    document = public.document
    Amend(town.as_clerk, record_id=record.pk).run()
    correct(town, record)
    assert record.state == State.READ
    assert record.published_version == public
    assert record.current_version.number == 2
    assert record.current_version.total == 20
    public.refresh_from_db()
    assert public.document == document
    assert public.total is None
    DiscardVersion(town.as_clerk, record_id=record.pk).run()
    record.refresh_from_db()
    assert (record.state, record.current_version) == (State.PUBLISHED, public)


def test_an_amended_version_keeps_the_corrections_before_it_and_replaces_the_public_one(town: Town) -> None:
    record = town.read()
    correct(town, record)
    record = town.publish(record)
    Amend(town.as_clerk, record_id=record.pk).run()
    correct(town, record, OPEN, "1")
    record = town.publish(record)
    assert record.published_version.number == 2
    assert {item["path"] for item in record.published_version.document["corrections"]} == {CLOSED, OPEN}


def test_a_published_report_read_again_the_same_stays_published(town: Town) -> None:
    record = town.publish(town.read())
    Reread(town.as_clerk, record_id=record.pk).run()
    work()
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert record.current_version == record.published_version


def test_of_two_people_on_the_same_page_only_the_first_changes_it(town: Town) -> None:
    record = town.read()
    seen = record.revision
    Correct(town.as_clerk, record_id=record.pk, revision=seen, path=CLOSED, value="20", reason="登记簿").run()
    with pytest.raises(ActionRefused, match="刚刚被其他人改动过") as caught:
        Correct(
            town.as_second_clerk, record_id=record.pk, revision=seen, path=CLOSED, value="21", reason="台账"
        ).run()
    assert caught.value.code == "stale"
    assert caught.value.remedy
    record.refresh_from_db()
    assert record.current_version.total == 20


def test_the_rest_of_the_site_hears_of_publication(
    town: Town, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    heard: list[int] = []
    listeners = registry.of(PUBLICATION)
    listeners.register("test", heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            record = town.publish(town.read())
        assert heard == [record.pk]
    finally:
        listeners._entries.pop("test")


ACTIONS: dict[str, Callable[[Town, int], RecordAction[object]]] = {
    "reporting.correct": lambda t, pk: Correct(
        t.as_clerk, record_id=pk, path=CLOSED, value="20", reason="登记簿"
    ),
    "reporting.correct_as_suggested": lambda t, pk: CorrectAsSuggested(
        t.as_clerk, record_id=pk, key="x", reason="理由"
    ),
    "reporting.undo_correction": lambda t, pk: UndoCorrection(
        t.as_clerk, record_id=pk, path=CLOSED, reason="理由"
    ),
    "reporting.accept_finding": lambda t, pk: AcceptFinding(t.as_clerk, record_id=pk, key="x", reason="理由"),
    "reporting.unaccept_finding": lambda t, pk: UnacceptFinding(t.as_clerk, record_id=pk, key="x"),
    "reporting.amend": lambda t, pk: Amend(t.as_clerk, record_id=pk),
    "reporting.sign": lambda t, pk: Sign(t.as_clerk, record_id=pk),
    "reporting.return": lambda t, pk: ReturnForChanges(t.as_head, record_id=pk, reason="理由"),
    "reporting.publish": lambda t, pk: Publish(t.as_leader, record_id=pk),
    "reporting.request_withdrawal": lambda t, pk: RequestWithdrawal(t.as_clerk, record_id=pk, reason="理由"),
    "reporting.keep_published": lambda t, pk: KeepPublished(t.as_clerk, record_id=pk),
    "reporting.withdraw": lambda t, pk: Withdraw(t.as_leader, record_id=pk),
    "reporting.reread": lambda t, pk: Reread(t.as_clerk, record_id=pk),
    "reporting.discard": lambda t, pk: DiscardVersion(t.as_clerk, record_id=pk),
}


@pytest.mark.parametrize("code", ACTIONS)
def test_every_action_is_refused_from_every_state_the_table_does_not_name(town: Town, code: str) -> None:
    record = town.read()
    for state in State:
        if state in TRANSITIONS[code].sources:
            continue
        ReportRecord.objects.filter(pk=record.pk).update(state=state)
        with pytest.raises(ActionRefused, match=f"“{state.label}”.*“{TRANSITIONS[code].name}”") as caught:
            ACTIONS[code](town, record.pk).run()
        assert caught.value.remedy


@pytest.mark.parametrize("who", ["other_clerk", "stranger", "office", "nobody"])
@pytest.mark.parametrize("code", ACTIONS)
def test_strangers_and_other_agencies_clerks_are_denied(town: Town, code: str, who: str) -> None:
    record = town.read()
    action = ACTIONS[code](town, record.pk)
    action.actor = None if who == "nobody" else getattr(town, f"as_{who}")
    above_may = {"reporting.reread", "reporting.discard", "reporting.sign", "reporting.return"} | {
        "reporting.publish",
        "reporting.request_withdrawal",
        "reporting.keep_published",
        "reporting.withdraw",
    }
    if who == "office" and code in above_may:
        assert action.may()
        return
    with pytest.raises(Denied):
        action.run()
    record.refresh_from_db()
    assert record.state == State.READ


def test_every_transition_of_the_table_has_an_action() -> None:
    from gongkai.web.reporting import actions

    before_it_is_a_report = {"TakeIn", "FileIntake", "AskAboutIntake"}
    codes = {getattr(actions, name).code for name in set(actions.__all__) - before_it_is_a_report}
    assert codes == set(TRANSITIONS)
    assert {state for row in TRANSITIONS.values() for state in row.targets} == set(State)
    assert all(any(state in row.sources for row in TRANSITIONS.values()) for state in State)
    assert State.READ in RESTING


def test_a_report_that_is_not_there(town: Town) -> None:
    with pytest.raises(ActionRefused, match="没有这份报告"):
        Sign(town.as_clerk, record_id=10**6).run()
