"""What the database and the log hold of accounts, and what happens when keys change."""

import pytest
from django.apps import apps
from django.conf import settings as live
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.web.applications.receiving import codes
from gongkai.web.common import audit, keys, rotation
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from gongkai.web.portal.accounts import selectors
from gongkai.web.portal.accounts.actions import AskForCode, EnterCode, ListCase
from gongkai.web.portal.accounts.models import Account, ListedCase
from tests.web.applications.asking import IDENTITY, submit
from tests.web.portal.accounts.holder import MINE, Holder, last_code, text
from tests.web.reporting.people import Town

VISITOR = Actor.of(None)


def database() -> str:
    """Every value of every row of the portal, the log and the outbox, as the database holds it."""
    found = []
    for model in (*apps.get_app_config("portal").get_models(), *apps.get_app_config("common").get_models()):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_the_database_and_the_log_hold_nothing_readable(chen: Holder, town: Town) -> None:
    sent = submit(town.agency)
    chen.add(sent)
    chen.client.post(
        f"{MINE}particulars/",
        {
            "kind": "natural_person",
            "identity_kind": "identity_card",
            "name": "陈一心",
            "identity_number": IDENTITY,
        },
    )
    asking = Holder("asking@example.cn")
    asking.ask()
    held = database()
    for secret in (
        "chen@example.cn", "asking@example.cn", "example.cn", last_code(), codes.normal(last_code()),
        IDENTITY, "陈一心", sent.code, codes.normal(sent.code), chen.token,
        asking.client.cookies[live.CITIZEN_ASKING_COOKIE].value,
    ):  # fmt: skip
        assert secret not in held, secret
    told_of = [entry.details for entry in AuditEntry.objects.filter(code__startswith="portal.")]
    assert told_of
    assert {key for details in told_of for key in details} <= {"account", "right", "everywhere"}
    assert audit.verify() == []


def test_keys_change_and_accounts_lists_and_proofs_go_on(
    chen: Holder, town: Town, settings: Settings
) -> None:
    sent, renewed = submit(town.agency), submit(town.agency)
    chen.add(sent)
    chen.add(renewed)
    type(renewed.case).objects.filter(pk=renewed.case.pk).update(code="2222-3333-4444")
    chen.client.post(
        f"{MINE}particulars/", {"kind": "business", "identity_kind": "other", "name": "某某公司"}
    )
    new = {name: f"{keys.generate('new')}" for name in ("ENCRYPTION_KEYS", "HASH_KEYS")}
    for name, key in new.items():
        setattr(settings, name, f"{key},{getattr(live, name)}")
    assert chen.elsewhere().signed_in, "while both are in force"
    counts = rotation.rotate()
    assert counts["portal.ListedCase.proof"] == 1, "a proof that held, and not the one that did not"
    assert counts["portal.Account"] == 1
    assert counts["portal.Particulars"] == 1
    for name, key in new.items():
        setattr(settings, name, key)
    assert chen.signed_in
    assert chen.open(sent.case.pk).status_code == 302
    assert chen.open(renewed.case.pk).status_code == 409
    assert selectors.account_of("chen@example.cn") == chen.account
    assert chen.elsewhere().signed_in
    assert Account.objects.count() == 1
    assert "某某公司" in text(chen.client.get(f"{MINE}particulars/"))


def test_two_first_sign_ins_at_once_make_one_account(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    Holder("chen@example.cn").sign_in()
    real, asked = selectors.accounts_of, []

    def not_yet_seen(email: str) -> QuerySet[Account]:
        asked.append(email)
        return Account.objects.none() if len(asked) == 1 else real(email)

    monkeypatch.setattr(selectors, "accounts_of", not_yet_seen)
    browser = AskForCode(VISITOR, email="chen@example.cn").run()
    assert EnterCode(VISITOR, token=browser, typed=last_code()).run().token
    assert len(asked) == 2
    assert Account.objects.count() == 1


def test_a_made_up_token_changes_nothing(town: Town) -> None:
    sent = submit(town.agency)
    for token in ("", "x", "' OR 1=1 --", "\0"):
        with pytest.raises(ActionRefused):
            ListCase(VISITOR, token=token, number=sent.case.register_no, typed=sent.code).run()
    assert ListedCase.objects.count() == 0
    assert reverse("portal:account") == MINE
