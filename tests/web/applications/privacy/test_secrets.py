"""Personal data of a case that was played to its end: not in the database, the log, the queue, a page."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.serializers import serialize
from django.db import connection
from django.test import Client
from django.urls import reverse

from gongkai.web.applications.actions import (
    AddFile,
    AddNote,
    AddParty,
    AskSection,
    DecideOnParty,
    DeliverLetter,
    DraftLetter,
    DropLetter,
    OpenPersonal,
    PrepareDraft,
    Rate,
    RecordAnswer,
    RecordEvent,
    ReturnLetter,
    SendDraft,
    SignLetter,
    VoidEvent,
)
from gongkai.web.applications.models import Case
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import IDENTITY, PDF, request, requester, submit, today
from tests.web.reporting.people import Town, work

NAME, PHONE, EMAIL, ADDRESS = "欧阳静文", "13805770001", "ouyang.jingwen@example.cn", "昆阳镇雅山路二十七号"
AGENT, AGENT_IDENTITY = "慕容知秋", "11010119900307002X"
SUBJECT, NEED, PARTY = "雅山片区补偿协议", "听力不便请用短信", "晨曦置业有限公司"
REMARK = "经与慕容电话核实"
SECRETS = (
    NAME, IDENTITY, PHONE, EMAIL, ADDRESS, AGENT, AGENT_IDENTITY, SUBJECT, NEED, PARTY, REMARK,
    "325400", "静文",
)  # fmt: skip


def asked() -> intake.Request:
    who = requester(
        name=NAME, phone=PHONE, email=EMAIL, address=ADDRESS, postcode="325400", agent_name=AGENT,
        agent_identity=AGENT_IDENTITY, needs_help=NEED, contact_name=AGENT,
    )  # fmt: skip
    proofs = tuple(intake.Upload("identity", f"{NAME}身份证.txt", text.encode()) for text in (IDENTITY, NAME))
    return request(who, subject=SUBJECT, details=f"{NAME}与{PARTY}的协议", uploads=proofs)


def played(town: Town) -> tuple[Case, str]:
    """A case with everything that can be written on one."""
    citizen, clerk = Actor.of(None), town.as_clerk
    unsent = PrepareDraft(citizen, agency=town.agency, request=asked()).run()
    assert unsent
    sent = SendDraft(citizen, token=PrepareDraft(citizen, agency=town.agency, request=asked()).run()).run()
    pk = sent.case.pk
    given = {"case_id": pk}
    wrong = RecordEvent(clerk, **given, kind="confirmed", on=today(), note=REMARK).run()
    VoidEvent(clerk, **given, event_id=wrong.pk, reason=REMARK).run()
    RecordEvent(clerk, **given, kind="confirmed", on=today(), note=REMARK).run()
    OpenPersonal(clerk, **given, reason=f"{REMARK}，联系{NAME}").run()
    AddNote(clerk, **given, kind="note", text=f"{NAME}来电{PHONE}").run()
    AskSection(clerk, **given, section="村建办", question=f"{SUBJECT}在何处", answer_by=today()).run()
    party = AddParty(
        clerk, **given, party="third_party", name=PARTY, address=ADDRESS, phone=PHONE
    ).run()  # fmt: skip
    consulted = letter(town, pk, "consult_third_party", {"征求内容": "补偿协议", "权益": REMARK}, party.pk)
    DeliverLetter(clerk, **given, letter_id=consulted, way="hand", on=today()).run()
    RecordAnswer(clerk, **given, consultation_id=party.pk, answer="objects", on=today(), text=REMARK).run()
    DecideOnParty(clerk, **given, consultation_id=party.pk, decision="withhold", reason=REMARK).run()
    AddFile(
        clerk, **given, purpose="internal", upload=intake.Upload("internal", f"{NAME}.pdf", PDF)
    ).run()  # fmt: skip
    typed = {"查明事实": REMARK, "理由": REMARK}
    dropped = DraftLetter(clerk, **given, kind="reply", typed=typed, outcome="third_party").run()
    SignLetter(clerk, **given, letter_id=dropped.pk, opinion=REMARK).run()
    ReturnLetter(town.as_head, **given, letter_id=dropped.pk, reason=REMARK).run()
    DropLetter(clerk, **given, letter_id=dropped.pk, reason=REMARK).run()
    reply = DraftLetter(clerk, **given, kind="reply", typed=typed, outcome="third_party").run()
    for signer in (town.as_clerk, town.as_head, town.as_secrecy, town.as_leader):
        SignLetter(signer, **given, letter_id=reply.pk, opinion=REMARK).run()
    DeliverLetter(clerk, **given, letter_id=reply.pk, way="hand", on=today()).run()
    Rate(citizen, **given, proof=proof(sent.code), stars=3, text=REMARK).run()
    return sent.case, sent.code


def letter(town: Town, pk: int, kind: str, typed: dict[str, str], consultation_id: int) -> int:
    made = DraftLetter(
        town.as_clerk, case_id=pk, kind=kind, typed=typed, consultation_id=consultation_id
    ).run()  # fmt: skip
    for signer in (town.as_clerk, town.as_head):
        SignLetter(signer, case_id=pk, letter_id=made.pk, opinion=REMARK).run()
    return made.pk


def stored() -> Iterator[tuple[str, str]]:
    """Every row of every table as the database holds it, past the fields that decrypt."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, repr(tuple(bytes(x) if isinstance(x, memoryview) else x for x in row))


def test_a_reason_nobody_can_read_opens_nothing(town: Town) -> None:
    case = submit(town.agency).case
    for reason in ("\u200b", " \u2800\u202e", "\x1b"):
        with pytest.raises(ActionRefused, match="没有写查看理由"):
            OpenPersonal(town.as_clerk, case_id=case.pk, reason=reason).run()
    assert not case.openings.exists()


def test_a_played_case_leaves_nothing_readable(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    case, code = played(town)
    citizen = Client()
    opened = citizen.post(reverse("portal:track"), {"number": case.register_no, "code": code})
    assert opened.status_code == 302
    clerk = Client()
    clerk.force_login(town.clerk)
    clerk.post(reverse("applications:personal", args=[case.pk]), {"reason": f"联系{NAME}"})
    secrets = (*SECRETS, code, code.replace("-", ""))
    escaped = [word.encode("unicode_escape").decode() for word in secrets]
    rows = list(stored())
    assert len(rows) > 300
    found = {(table, word) for table, row in rows for word in (*secrets, *escaped) if word in row}
    assert found == set()
    assert [word for word in secrets if word in caplog.text] == []
    work()
    found = {(table, word) for table, row in stored() for word in (*secrets, *escaped) if word in row}
    assert found == set()


def test_the_files_hold_nothing_readable(town: Town) -> None:
    played(town)
    contents = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(contents) >= 6
    names = [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*")]
    for word in SECRETS:
        assert not [one for one in contents if word.encode() in one]
        assert not [name for name in names if word in name]


def test_what_is_looked_for_is_on_record(town: Town) -> None:
    """The searches above would find it if it lay there plain: decrypted, each of the words is there."""
    played(town)
    models = apps.get_app_config("applications").get_models()
    plain = "".join(serialize("json", model._default_manager.all()) for model in models)
    assert [word for word in SECRETS if word not in plain] == []


def test_what_is_refused_says_nothing_of_others(town: Town) -> None:
    case, _ = played(town)
    client = Client()
    client.force_login(town.other_clerk)
    for query in (f"?q={NAME}", f"?q={IDENTITY}", f"?q={case.register_no}", f"?q={PHONE}"):
        answer = client.get(reverse("applications:due") + query, follow=True)
        page = answer.content.decode()
        assert reverse("applications:case", args=[case.pk]) not in page
        assert "没有符合条件的申请" in page
        assert SUBJECT not in page
    for address in ("/admin/pages/search/?q=", "/admin/documents/?q="):
        page = client.get(f"{address}{NAME}").content.decode()
        assert SUBJECT not in page
    with pytest.raises(ActionRefused) as refused:
        SendDraft(Actor.of(None), token=f"{NAME}{IDENTITY}").run()
    assert NAME not in str(refused.value)


def test_lists_and_the_case_page_mask_what_tells_who_asks(town: Town) -> None:
    case = submit(town.agency, replace(asked(), details="")).case
    client = Client()
    client.force_login(town.clerk)
    for url in (reverse("applications:due"), reverse("applications:case", args=[case.pk])):
        page = client.get(url).content.decode()
        assert case.register_no in page
        for word in (NAME, IDENTITY, PHONE, EMAIL, ADDRESS, AGENT, AGENT_IDENTITY):
            assert word not in page, (url, word)


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("陈一心", "natural_person", "陈*心"),
        ("陈一", "natural_person", "陈*"),
        ("欧阳静文", "natural_person", "欧**文"),
        ("阿卜杜热依木·买买提", "natural_person", "阿********提"),
        ("陈", "natural_person", "*"),
        ("", "natural_person", ""),
        ("法援所", "legal_service", "法援所"),
        ("平阳县晨曦置业有限公司", "business", "平阳县晨曦置业有限公司"),
    ],
)
def test_a_name_is_masked_however_long(name: str, kind: str, shown: str) -> None:
    assert masking.applicant(name, kind) == shown


def test_the_code_told_to_staff_lies_in_no_session(town: Town) -> None:
    clerk = Client()
    clerk.force_login(town.clerk)
    who = asked().requester
    given = {
        "once": "x" * 43, "agency": town.agency.pk, "came_by": "in_person",
        "received_on": today().isoformat(),
        "kind": who.kind, "name": who.name, "identity_kind": who.identity_kind, "phone": who.phone,
        "identity_number": who.identity_number, "subject": SUBJECT, "form_wanted": "paper",
        "way_wanted": "pick_up",
    }  # fmt: skip
    answer = clerk.post(reverse("applications:register"), given)
    case = Case.objects.get()
    assert answer["Location"] == reverse("applications:registered", args=[case.pk])
    assert case.code not in str(dict(clerk.session))
    assert case.code in clerk.get(answer["Location"]).content.decode()
    assert case.code not in clerk.get(answer["Location"]).content.decode()
