import base64
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from gongkai.web.common import keys, outbox, rotation
from gongkai.web.common.models import OutboxMail


def raw(column: str, table: str = "common_outboxmail") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return str(cursor.fetchone()[0])


@given(st.text())
def test_what_is_encrypted_comes_back(text: str) -> None:
    assert keys.decrypt(keys.encrypt(text, "a"), "a") == text


@given(st.text(min_size=1), st.integers(min_value=0))
def test_a_token_that_was_changed_does_not_open(text: str, where: int) -> None:
    key_id, _, encoded = keys.encrypt(text, "a").partition(".")
    raw_token = bytearray(base64.urlsafe_b64decode(encoded))
    raw_token[where % len(raw_token)] ^= 1
    with pytest.raises(keys.NotAuthentic):
        keys.decrypt(f"{key_id}.{base64.urlsafe_b64encode(bytes(raw_token)).decode()}", "a")


def test_a_token_opens_in_its_place_only() -> None:
    with pytest.raises(keys.NotAuthentic):
        keys.decrypt(keys.encrypt("张三", "a"), "b")


def test_the_same_text_is_never_stored_the_same() -> None:
    assert keys.encrypt("张三", "a") != keys.encrypt("张三", "a")


def test_hashes_compare_within_a_purpose_only() -> None:
    assert keys.keyed_hash("张三", "a") == keys.keyed_hash("张三", "a")
    assert keys.keyed_hash("张三", "a").split(":")[1] != keys.keyed_hash("张三", "b").split(":")[1]
    assert keys.matches("张三", "a", keys.keyed_hash("张三", "a"))
    assert not keys.matches("李四", "a", keys.keyed_hash("张三", "a"))
    assert not keys.matches("张三", "a", "gone:00")


def test_an_old_key_opens_while_it_is_kept_and_not_after(settings: Settings) -> None:
    old = keys.encrypt("张三", "a")
    hashed = keys.keyed_hash("张三", "a")
    kept_encryption, kept_hash = settings.ENCRYPTION_KEYS, settings.HASH_KEYS
    settings.ENCRYPTION_KEYS = f"{keys.generate('new')},{kept_encryption}"
    settings.HASH_KEYS = f"{keys.generate('new')},{kept_hash}"
    assert keys.decrypt(old, "a") == "张三"
    assert keys.outdated(old)
    assert keys.outdated(hashed)
    assert keys.matches("张三", "a", hashed)
    assert hashed in keys.blind_indexes("张三", "a")
    assert keys.encrypt("张三", "a").startswith("new.")
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS.split(",")[0]
    with pytest.raises(keys.UnknownKey):
        keys.decrypt(old, "a")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1:",
        "k1:abc",
        "k1:" + "A" * 44,
        "K1:" + "A" * 43 + "=",
        "a:" + "A" * 43 + "=,a:" + "A" * 43 + "=",
    ],
)
def test_keys_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TEST_KEYS"):
        keys.parse(text, "TEST_KEYS")


@pytest.mark.django_db
def test_the_database_holds_no_plain_text_and_cannot_be_searched_by_it() -> None:
    outbox.post("zhang@example.gov.cn", "答复已作出", "请登录查看")
    for column in ("to", "subject", "body"):
        assert raw(f'"{column}"').startswith("test.")
    assert OutboxMail.objects.get().to == "zhang@example.gov.cn"
    with pytest.raises(FieldError):
        OutboxMail.objects.filter(to="zhang@example.gov.cn").exists()


@pytest.mark.django_db
def test_rotation_renews_everything_and_the_old_keys_can_go(settings: Settings, capsys: Any) -> None:
    outbox.post("zhang@example.gov.cn", "答复已作出", "请登录查看")
    person = get_user_model().objects.create_user("clerk", "a long pass phrase")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    settings.ENCRYPTION_KEYS = f"{keys.generate('new')},{settings.ENCRYPTION_KEYS}"
    settings.HASH_KEYS = f"{keys.generate('new')},{settings.HASH_KEYS}"
    call_command("rotate_keys")
    assert "common.OutboxMail: 1" in capsys.readouterr().out
    assert all(count == 0 for count in rotation.rotate().values()), "a second run finds nothing to do"
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS.split(",")[0]
    settings.HASH_KEYS = settings.HASH_KEYS.split(",")[0]
    assert OutboxMail.objects.get().to == "zhang@example.gov.cn"
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert stored.data["secret"].startswith("new.")
    assert keys.decrypt(stored.data["secret"], "mfa.authenticator") == "JBSWY3DPEHPK3PXP"
