from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from gongkai.web.common import audit, keys
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import AuditChain, AuditEntry

pytestmark = pytest.mark.django_db
CLERK = Actor("person", 7, "张三")


@pytest.fixture
def log() -> None:
    with transaction.atomic():
        for number in range(5):
            audit.record(CLERK, "tests.step", 1, {"report": number, "hash": keys.keyed_hash("张三", "tests")})
        audit.record(Actor.system("reader"), "tests.read", 2, {"cells": [1, 2], "ok": True, "none": None})


def tamper(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0


@pytest.mark.usefixtures("log")
def test_what_was_written_verifies() -> None:
    assert audit.verify() == []
    assert list(AuditEntry.objects.filter(agency_id=1).values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("details", '{"report": 99}'),
        ("code", "tests.other"),
        ("actor_id", 8),
        ("actor_kind", "system"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("previous", "sha256:0"),
        ("hash", "md5:0"),
    ],
)
def test_a_row_that_was_changed_is_found(column: str, value: Any) -> None:
    tamper(f"UPDATE common_auditentry SET {column} = %s WHERE agency_id = 1 AND number = 3", value)
    assert 3 in {found.number for found in audit.verify()}
    assert {found.agency_id for found in audit.verify()} == {1}
    assert audit.verify(2) == []


@pytest.mark.usefixtures("log")
def test_a_row_that_was_changed_with_its_hash_breaks_the_next() -> None:
    entry = AuditEntry.objects.get(agency_id=1, number=3)
    entry.details = {"report": 99}
    tamper(
        "UPDATE common_auditentry SET details = %s, hash = %s WHERE agency_id = 1 AND number = 3",
        '{"report": 99}',
        audit._digest(entry, "sha256"),
    )
    assert [found.number for found in audit.verify()] == [4]


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("number", [1, 3])
def test_a_row_that_was_taken_out_is_found(number: int) -> None:
    tamper("DELETE FROM common_auditentry WHERE agency_id = 1 AND number = %s", number)
    assert number in {found.number for found in audit.verify()}


@pytest.mark.usefixtures("log")
def test_an_end_that_was_cut_off_is_found() -> None:
    tamper("DELETE FROM common_auditentry WHERE agency_id = 1 AND number = 5")
    assert [(found.agency_id, found.number) for found in audit.verify()] == [(1, None)]


@pytest.mark.usefixtures("log")
def test_a_chain_written_anew_without_the_key_is_found() -> None:
    """Whoever holds the database, but not the key, recomputes everything: the seal tells."""
    tamper("DELETE FROM common_auditentry WHERE agency_id = 1 AND number = 5")
    last = AuditEntry.objects.get(agency_id=1, number=4)
    tamper("UPDATE common_auditchain SET number = 4, hash = %s WHERE agency_id = 1", last.hash)
    assert [found.reason for found in audit.verify()] == ["封印不符：链尾被改，或封印所用密钥已不在设置中"]


@pytest.mark.usefixtures("log")
def test_a_chain_whose_end_is_gone_is_found() -> None:
    tamper("DELETE FROM common_auditchain WHERE agency_id = 2")
    assert [found.agency_id for found in audit.verify()] == [2]


@pytest.mark.usefixtures("log")
def test_a_chain_that_is_gone_as_a_whole_is_found() -> None:
    tamper("DELETE FROM common_auditentry WHERE agency_id = 1")
    tamper("DELETE FROM common_auditchain WHERE agency_id = 1")
    assert [(found.agency_id, found.reason) for found in audit.verify()] == [
        (1, "整条审计链不见了：全站的审计链记有它的开头")
    ]
    assert audit.verify(2) == []
    with transaction.atomic():
        audit.record(CLERK, "tests.step", 1)
    assert [found.reason for found in audit.verify(1)] == [
        "审计链曾被清除后重新开始：全站的审计链记有2个开头"
    ]


@pytest.mark.usefixtures("log")
def test_the_chain_that_names_the_others_cannot_go() -> None:
    tamper("DELETE FROM common_auditentry WHERE agency_id = 0")
    tamper("DELETE FROM common_auditchain WHERE agency_id = 0")
    assert [(found.agency_id, found.reason) for found in audit.verify()] == [(0, "全站的审计链不见了")]


@pytest.mark.usefixtures("log")
def test_the_command_says_where_and_fails() -> None:
    out, err = StringIO(), StringIO()
    call_command("verify_audit", "--ends", stdout=out)
    assert "3 条审计链，8 条记录，全部相符" in out.getvalue()
    tamper("UPDATE common_auditentry SET code = 'x' WHERE agency_id = 1 AND number = 2")
    with pytest.raises(SystemExit) as caught:
        call_command("verify_audit", stderr=err)
    assert caught.value.code == 1
    assert "单位 1 第2条：内容与摘要不符" in err.getvalue()
    call_command("verify_audit", "--agency", "2", stdout=out)


@pytest.mark.usefixtures("log")
def test_entries_are_added_and_never_changed() -> None:
    entry = AuditEntry.objects.filter(agency_id=1).first()
    assert entry is not None
    for change in (
        entry.save,
        entry.delete,
        lambda: AuditEntry.objects.update(code="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.bulk_update([entry], ["code"]),
    ):
        with pytest.raises(TypeError, match="append-only"):
            change()


@pytest.mark.parametrize("value", [0.5, b"raw", object(), {"deep": [1.0]}])
def test_what_does_not_come_back_the_same_is_refused(value: Any) -> None:
    with transaction.atomic(), pytest.raises(TypeError):
        audit.record(CLERK, "tests.step", 1, {"value": value})


@pytest.mark.usefixtures("log")
def test_sm3_takes_over_in_the_middle_of_a_chain(settings: Settings) -> None:
    settings.AUDIT_HASH = "sm3"
    with transaction.atomic():
        entry = audit.record(CLERK, "tests.step", 1)
    assert entry.hash.startswith("sm3:")
    assert len(entry.hash) == 4 + 64
    assert audit.verify() == []
    tamper("UPDATE common_auditentry SET code = 'x' WHERE agency_id = 1 AND number = 6")
    assert [found.number for found in audit.verify()] == [6]


def test_sm3_is_the_standard_one() -> None:
    """GB/T 32905, example 1."""
    assert audit._sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.mark.django_db(transaction=True)
def test_an_entry_alone_is_not_a_record() -> None:
    with pytest.raises(RuntimeError):
        audit.record(CLERK, "tests.step", 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap() -> None:
    def failing() -> None:
        with transaction.atomic():
            audit.record(CLERK, "tests.step", 1)
            raise ZeroDivisionError

    with transaction.atomic():
        audit.record(CLERK, "tests.step", 1)
    with pytest.raises(ZeroDivisionError):
        failing()
    with transaction.atomic():
        audit.record(CLERK, "tests.step", 1)
    assert list(AuditEntry.objects.filter(agency_id=1).values_list("number", flat=True)) == [1, 2]
    assert audit.verify() == []


@pytest.mark.usefixtures("log")
def test_rotation_seals_anew_but_never_a_broken_chain(settings: Settings) -> None:
    tamper("UPDATE common_auditentry SET code = 'x' WHERE agency_id = 2")
    settings.HASH_KEYS = f"{keys.generate('new')},{settings.HASH_KEYS}"
    assert audit.reseal() == 2  # agency 1 and the site's own
    assert AuditChain.objects.get(agency_id=1).seal.startswith("new:")
    assert AuditChain.objects.get(agency_id=2).seal.startswith("test:")
    assert [found.agency_id for found in audit.verify()] == [2]
