"""What people type and paste: full-width signs, signs nobody sees, breaks where one line is asked for."""

import unicodedata
from typing import Final

#: Signs of Chinese keyboards for ASCII, and the wide blank.
_HALF: Final = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
#: Formats that belong between the letters of some scripts; all others only hide or turn text around.
_JOINERS: Final = "\u200c\u200d"
#: Letters and signs by their class that are drawn as nothing: Hangul's fillers, Braille's empty cell.
_EMPTY: Final = "\u115f\u1160\u2800\u3164\uffa0"


def half_width(text: str) -> str:
    """Full-width letters, figures and signs as the plain ones, the wide blank as a blank."""
    return text.translate(_HALF)


def without_blanks(text: str) -> str:
    """Without blanks of any kind."""
    return "".join(text.split())


def one_line(text: str) -> str:
    """Without the blanks around it and without signs that are not seen, a tab as a blank; empty where nothing
    is seen at all.

    Breaks and control characters stay: who checks refuses them (``breaks``), or two lines would become one
    that nobody has typed.
    """
    line = text.replace("\t", " ")
    seen = "".join(sign for sign in line if unicodedata.category(sign) != "Cf" or sign in _JOINERS)
    return seen.strip() if any(map(_visible, seen)) else ""


def breaks(text: str) -> bool:
    """Whether a text is not one line: it holds a break, or another control character."""
    return any(unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} for sign in text)


def _visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "ZCM" and sign not in _EMPTY
