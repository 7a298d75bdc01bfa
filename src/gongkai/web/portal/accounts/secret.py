"""Secrets that only a browser holds, and codes that only a mail tells. The database has their hashes."""

import hashlib
import secrets
from typing import Final

from gongkai.web.applications.receiving import codes
from gongkai.web.common import keys

LENGTH: Final = 8  # 29^8 codes, five tries each: one in a hundred thousand million
_PURPOSE: Final = "portal.sign_in_code"
_SHARED: Final = "portal.shared_code"
_FORM: Final = "portal.sign_in_form"


def new() -> str:
    """A secret for a cookie."""
    return secrets.token_urlsafe(32)


def of_form(form: str, email: str) -> str:
    """The secret of the browser that sent a form: the same for the same form and address, found out by nobody
    who has not both and our key. A new one where the form brings no key.
    """
    return keys.keyed_hash(f"{form}/{email}", _FORM).rpartition(":")[2] if form else new()


def hashed(secret: str) -> str:
    """What the database holds of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """A code as it is mailed: two groups of four."""
    return codes.written("".join(secrets.choice(codes.ALPHABET) for _ in range(LENGTH)))


def code_hash(code: str, browser: str) -> str:
    """What the database holds of a code; it is worth nothing beside another browser's secret."""
    return keys.keyed_hash(_bound(code, browser), _PURPOSE)


def code_fits(code: str, browser: str, kept: str) -> bool:
    """Whether a code is the one mailed for this browser; the time taken tells nothing."""
    return keys.matches(_bound(code, browser), _PURPOSE, kept)


def shared_hash(code: str, email: str) -> str:
    """What the database holds of a code that any browser may type which has asked for that address."""
    return keys.keyed_hash(_of_address(code, email), _SHARED)


def shared_fits(code: str, email: str, kept: str) -> bool:
    """Whether a code is the one mailed to the address."""
    return keys.matches(_of_address(code, email), _SHARED, kept)


def _of_address(code: str, email: str) -> str:
    return f"{codes.normal(code)}/{email}"


def _bound(code: str, browser: str) -> str:
    return f"{codes.normal(code)}/{hashed(browser)}"
