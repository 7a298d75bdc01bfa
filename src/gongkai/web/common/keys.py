"""Keys: encryption of personal data, keyed hashes and blind indexes, with rotation.

Keys come from the settings ``ENCRYPTION_KEYS`` and ``HASH_KEYS``: ids with 32 bytes each, the key in force
first. Older keys stay in the list until ``rotate_keys`` has run. A lost encryption key loses what it
encrypted; a lost hash key loses search by blind index and the seals of the audit log, no records.
"""

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")


class UnknownKey(Exception):
    """Written with a key that is not in the settings."""


class NotAuthentic(Exception):
    """Changed since it was written, or written for another place."""


def parse(text: str, name: str) -> dict[str, bytes]:
    """Keys as a setting or an environment variable gives them: ``id:base64[,id:base64…]``, in force first.

    Raises ImproperlyConfigured, naming ``name``, where a key is not 32 bytes or an id comes twice.
    """
    keys: dict[str, bytes] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, altchars=b"-_", validate=True)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}：密钥 {key_id} 不是 base64") from error
        if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES or key_id in keys:
            raise ImproperlyConfigured(f"{name}：应为“编号:base64”，每个密钥 {KEY_BYTES} 字节，编号不重复")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured(f"{name}：没有密钥。用 generate_keys 命令生成")
    return keys


def generate(key_id: str) -> str:
    """A new key as ``parse`` reads it."""
    return f"{key_id}:{base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()}"


def encrypt(text: str, context: str) -> str:
    """The text under the key in force (AES-256-GCM), as ``key id.base64``.

    ``context`` names the place (``applications.applicant.name``): a value copied elsewhere does not open.
    """
    key_id, sealed = _seal(text.encode(), context)
    return f"{key_id}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(token: str, context: str) -> str:
    """The text of a token. Raises ``UnknownKey`` or ``NotAuthentic``."""
    key_id, _, encoded = token.partition(".")
    try:
        raw = base64.urlsafe_b64decode(encoded)
    except ValueError as error:
        raise NotAuthentic(context) from error
    return _open(key_id, raw, context).decode()


def still_opens(token: str, context: str) -> str:
    """The text of a token that is kept for hours, as sessions keep some; empty where its key is gone."""
    try:
        return decrypt(token, context) if token else ""
    except (UnknownKey, NotAuthentic):
        return ""


def encrypt_bytes(content: bytes, context: str) -> bytes:
    """Content of a file under the key in force, as ``key id.`` and what is sealed."""
    key_id, sealed = _seal(content, context)
    return f"{key_id}.".encode() + sealed


def decrypt_bytes(sealed: bytes, context: str) -> bytes:
    """The content again. Raises ``UnknownKey`` or ``NotAuthentic``."""
    key_id, _, raw = sealed.partition(b".")
    return _open(key_id.decode("ascii", "replace"), raw, context)


def _seal(content: bytes, context: str) -> tuple[str, bytes]:
    key_id, key = _in_force(_keys("ENCRYPTION_KEYS"))
    nonce = os.urandom(_NONCE_BYTES)
    return key_id, nonce + AESGCM(key).encrypt(nonce, content, f"{key_id}:{context}".encode())


def _open(key_id: str, raw: bytes, context: str) -> bytes:
    key = _keys("ENCRYPTION_KEYS").get(key_id)
    if key is None:
        raise UnknownKey(key_id)
    try:
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], f"{key_id}:{context}".encode())
    except (InvalidTag, ValueError) as error:
        raise NotAuthentic(context) from error


def outdated(token: str) -> bool:
    """Whether a token or keyed hash was made with another key than the one in force."""
    keys = _keys("ENCRYPTION_KEYS") if "." in token else _keys("HASH_KEYS")
    return re.split(r"[.:]", token, maxsplit=1)[0] != _in_force(keys)[0]


def keyed_hash(value: str, purpose: str) -> str:
    """HMAC-SHA256 of the value for one purpose under the key in force, as ``key id:hex``.

    Equal values give equal hashes within a purpose, and across purposes nothing can be compared.
    """
    key_id, key = _in_force(_keys("HASH_KEYS"))
    return f"{key_id}:{_hmac(key, purpose, value)}"


def matches(value: str, purpose: str, hashed: str) -> bool:
    """Whether ``hashed`` is the keyed hash of the value, under any key still known."""
    key = _keys("HASH_KEYS").get(hashed.partition(":")[0])
    return key is not None and hmac.compare_digest(hashed.partition(":")[2], _hmac(key, purpose, value))


def blind_indexes(value: str, purpose: str) -> list[str]:
    """The keyed hashes of a value under every key known: what a search looks for while keys rotate."""
    return [f"{key_id}:{_hmac(key, purpose, value)}" for key_id, key in _keys("HASH_KEYS").items()]


def _hmac(key: bytes, purpose: str, value: str) -> str:
    own = hmac.digest(key, purpose.encode(), hashlib.sha256)  # a key of its own for each purpose
    return hmac.digest(own, value.encode(), hashlib.sha256).hex()


def _keys(setting: str) -> Mapping[str, bytes]:
    value = getattr(settings, setting, "")
    return _parsed(value, setting) if isinstance(value, str) else value


_parsed = lru_cache(maxsize=8)(parse)


def _in_force(keys: Mapping[str, bytes]) -> tuple[str, bytes]:
    return next(iter(keys.items()))
