"""What people type and paste: full-width signs, signs nobody sees, breaks where one line is asked for."""

import unicodedata
from typing import Final

#: Signs of Chinese keyboards for ASCII, and the wide blank.
_HALF: Final = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
#: Formats that belong between the letters of some scripts; all others only hide or turn text around.
_JOINERS: Final = "\u200c\u200d"
#: Letters and signs by their class that are drawn as nothing: Hangul's fillers, Braille's empty cell.
_EMPTY: Final = "\u115f\u1160\u2800\u3164\uffa0"
#: Brackets and dashes of any kind, as one compares what few keyboards write as it is printed.
_ALIKE: Final = str.maketrans(
    dict.fromkeys("[{<〔【〖〈《「『", "(")
    | dict.fromkeys("]}>〕】〗〉》」』", ")")
    | dict.fromkeys("‐‑‒–—―−", "-")
)
#: What ends a line beside the line feed, as browsers, word processors and terminals write it.
_BREAKS: Final = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
#: Classes of signs that are no text: control characters and halves of a sign.
_NO_TEXT: Final = frozenset({"Cc", "Cs"})


def half_width(text: str) -> str:
    """Full-width letters, figures and signs as the plain ones, the wide blank as a blank."""
    return text.translate(_HALF)


def without_blanks(text: str) -> str:
    """Without blanks of any kind."""
    return "".join(text.split())


def lines(text: str) -> str:
    """Several lines as they are kept: each break as one line feed, a tab as a blank.

    Without the blanks around the whole, control characters, and signs that are not seen or turn text around;
    empty where nothing is seen.
    """
    broken = text.replace("\r\n", "\n").translate(_BREAKS).replace("\t", " ")
    kept = "".join(sign for sign in broken if sign == "\n" or unicodedata.category(sign) not in _NO_TEXT)
    return _seen(kept)


def folded(text: str) -> str:
    """A number as it is compared: in half width and capitals, without blanks and signs that are not seen.

    Each bracket is a round one, each dash a hyphen.
    """
    return without_blanks(half_width(one_line(text))).translate(_ALIKE).upper()


def one_line(text: str) -> str:
    """Without the blanks around it and without signs that are not seen, a tab as a blank; empty where nothing
    is seen at all.

    Breaks and control characters stay: who checks refuses them (``breaks``), or two lines would become one
    that nobody has typed.
    """
    return _seen(text.replace("\t", " "))


def breaks(text: str) -> bool:
    """Whether a text is not one line: it holds a break, or another control character."""
    return any(unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} for sign in text)


def _seen(text: str) -> str:
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf" or sign in _JOINERS)
    return seen.strip() if any(map(_visible, seen)) else ""


def _visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "ZCM" and sign not in _EMPTY
