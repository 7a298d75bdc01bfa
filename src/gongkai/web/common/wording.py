"""What a Chinese text is about, without a dictionary: pairs of characters between words that say little.

``words("关于2024年高标准农田建设项目的资料")`` gives 高标 标准 准农 农田, and apart from them 建设 and 项目,
which stand in too many titles to tell one from another; years and document numbers are read by functions of
their own. The same function cuts what is asked for and what is published, so that both meet.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

_YEAR: Final = r"(?:19|20)\d{2}"
_RANGE: Final = re.compile(rf"(?<!\d)({_YEAR})年?度?\s*[-—–~至到]\s*({_YEAR})年度?")
_SINGLE: Final = re.compile(rf"(?<!\d)({_YEAR})年度?")
_DAY: Final = re.compile(r"\d{1,2}月(?:\d{1,2}[日号])?")
_NUMBER: Final = re.compile(
    rf"([\u4e00-\u9fff]{{1,20}})\s*[〔\[(【{{]\s*({_YEAR})\s*[〕\])】}}]\s*第?\s*0*(\d{{1,5}})\s*号"
)
#: The same within other text, of which nobody can see where it ends: the mark is at most so long.
_NUMBERED: Final = re.compile(_NUMBER.pattern.replace("{1,20}", "{0,4}"))
_CODE: Final = re.compile(r"[0-9A-Z][0-9A-Z/_.\-]{4,59}")
#: A village or a neighbourhood by the two characters before it; 农村 and 各村 are none.
_PLACE: Final = re.compile(
    r"([\u4e00-\u9fff]{0,1}(?!农|乡|全|各|本|该|政|然|新)[\u4e00-\u9fff](?:村|社区|小区))"
)
_RUN: Final = re.compile(r"[\u4e00-\u9fff]+|[0-9a-z]{2,}")
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR: Final = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")
#: More years than a range of them can mean.
_LONGEST_RANGE: Final = 30


_DATA: Final = tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))
_FILLERS: Final[Sequence[str]] = _DATA["fillers"]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


_COMMON_WORD: Final = _any_of(_DATA["common"])


class Words(NamedTuple):
    """``telling``: pairs of characters, runs of letters and figures; ``common``: words that say little."""

    telling: frozenset[str]
    common: frozenset[str]


def plain(text: str) -> str:
    """Full-width letters and figures as others, written years in figures, small letters, no blanks."""
    even = unicodedata.normalize("NFKC", text).lower()
    even = _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS), even)
    return "".join(even.split())


def years(text: str) -> frozenset[int]:
    """The years a text names: 2024年, 2024年度, 二〇二四年, 2022-2024年 with those between."""
    even = plain(text)
    found = {int(year) for year in _SINGLE.findall(even)}
    for first, last in _RANGE.findall(even):
        span = range(int(first), int(last) + 1)
        found.update(span if len(span) <= _LONGEST_RANGE else ())
    return frozenset(found)


def words(text: str, names: Iterable[str] = ()) -> Words:
    """What a text is about. ``names``, of the agency itself say, tell nothing apart and are passed over."""
    even = _NUMBERED.sub("｜", plain(text))
    for pattern in _said_around(names):
        even = pattern.sub("｜", even)
    common = frozenset(_COMMON_WORD.findall(even))
    telling: set[str] = set()
    for run in _RUN.findall(_COMMON_WORD.sub("｜", even)):
        telling.update([run] if run.isascii() else (run[at : at + 2] for at in range(len(run) - 1)))
    return Words(frozenset(telling), common)


def places(text: str, names: Iterable[str] = ()) -> frozenset[str]:
    """The villages and neighbourhoods a text names, each as its last characters: 石桥村, 马社区."""
    even = plain(text)
    for pattern in _said_around(names):
        even = pattern.sub("｜", even)
    return frozenset(_PLACE.findall(even))


def unspecific(text: str, names: Iterable[str] = ()) -> str:
    """A text without years, fillers and names, in one piece: of 2024年政府工作报告 all but the year."""
    even = plain(text)
    for pattern in _said_around(names):
        even = pattern.sub("", even)
    return even


def _said_around(names: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return _RANGE, _SINGLE, _DAY, _passed_over(tuple(sorted(names)))


@lru_cache(maxsize=500)
def _passed_over(names: tuple[str, ...]) -> re.Pattern[str]:
    return _any_of([*_FILLERS, *(plain(name) for name in names if name)])


def number_key(number: str) -> str:
    """A document number (文号) however it is written: brackets of one kind, no 第, no noughts before it."""
    even = plain(number)
    found = _NUMBER.fullmatch(even)
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else even


def number_keys(text: str) -> list[str]:
    """What document numbers a text may name, each of them longest first.

    In 关于青政〔2024〕6号 nobody can see where the number begins: any end of what stands before the year may
    be its mark.
    """
    found = []
    for before, year, serial in _NUMBER.findall(plain(text)):
        found += [f"{before[at:]}〔{year}〕{serial}号" for at in range(len(before))]
    return found


def index_key(number: str) -> str:
    """An index number (索引号) however it is typed: capitals, no blanks, no full-width figures."""
    return plain(number).upper()


def index_keys(text: str) -> list[str]:
    """What index numbers a text may name: runs of letters, figures and the signs between them."""
    even = unicodedata.normalize("NFKC", text).upper()
    return [found.rstrip("-/._") for found in _CODE.findall(even)]
