"""The code that, with the register number, lets an applicant follow a case without an account."""

import hmac
import re
import secrets

from gongkai.web.common import keys

#: No characters that are taken for one another on paper or by telephone: no 0 O 1 I L, no U V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 12  # 29^12: guessing one at a thousand tries a second takes ten million years

_PROOF = "applications.code.proof"


def new() -> str:
    """A code as it is told: three groups of four."""
    return written("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def written(code: str) -> str:
    """With its hyphens."""
    plain = normal(code)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def normal(code: str) -> str:
    """As it is compared: capitals and figures alone, full-width ones as half-width."""
    half = code.translate({full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)})
    return re.sub(r"[^0-9A-Z]", "", half.upper())


def fits(code: str, kept: str) -> bool:
    """Whether a code is the one kept; the time taken tells nothing."""
    return bool(kept) and hmac.compare_digest(normal(code).encode(), normal(kept).encode())


def proof(code: str) -> str:
    """That a visitor has shown a code, as their session keeps it: nobody gets the code out of it."""
    return keys.keyed_hash(normal(code), _PROOF)


def proves(given: str, kept: str) -> bool:
    """Whether a proof is that of the code kept."""
    return bool(given) and keys.matches(normal(kept), _PROOF, given)
