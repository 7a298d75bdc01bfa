"""Numbers of persons and organisations, judged by themselves: form, date and check digit.

Where a number was given out is not looked up. Cards carry the code of the county of the day they were issued,
which need not have existed when the person was born, and lists of codes are never complete.
"""

import re
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

_CARD = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
#: Two signs for who registered what kind of body (letters for village collectives, say), six digits for the
#: place, nine signs for the body, one to check; I, O, S, V and Z are not used.
_SIGN = "0-9A-HJ-NP-RTUW-Y"
_CODE = re.compile(rf"[{_SIGN}]{{2}}\d{{6}}[{_SIGN}]{{10}}", re.ASCII)

#: Blanks and strokes by which a long number is read more easily; on a document they do not stand.
_APART = re.compile(r"[\s\-\u2010-\u2015\u2212]")


def compact(number: str) -> str:
    """A number as one word in capitals: what two spellings of the same number have in common."""
    return _APART.sub("", number).upper()


def is_identity_card(number: str) -> bool:
    """Whether 18 signs are a 公民身份号码 (GB 11643): a date that exists, the right check digit."""
    if not _CARD.fullmatch(number) or ric.calc_check_digit(number) != number[-1]:
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return True


def born(number: str) -> date:
    """The day of birth that an identity card's number holds."""
    day: date = ric.get_birth_date(number)
    return day


def is_credit_code(number: str) -> bool:
    """Whether 18 signs are a 统一社会信用代码 (GB 32100): its alphabet and its check digit."""
    return _CODE.fullmatch(number) is not None and uscc.calc_check_digit(number) == number[-1]
