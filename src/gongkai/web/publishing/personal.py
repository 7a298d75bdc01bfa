"""Numbers of persons in what is to be published (条例 15): found before it is public, passed for a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongkai.report import api
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import reason_of
from gongkai.web.publishing import entries
from gongkai.web.publishing.models import Item

_IDENTITY: Final = "身份证号"
#: What is looked for. Names are none of it: whom a published decision is about, its title may say.
_KINDS: Final = frozenset({_IDENTITY, "手机号码", "银行卡号"})
#: Fields of texts. In an address a page's number may look like a telephone's: there identity numbers only.
_TEXTS: Final = ("index_number", "title", "number", "summary", "place")
#: The shortest of them, a mobile number, has so many figures.
_FIGURES: Final = 11
REMEDY: Final = "请删去；依法可以公开的（如本人同意，或不公开会对公共利益造成重大影响），写明理由后再提交"


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data of one field: its kind, and the masked form in which it may be repeated."""

    kind: str
    masked: str

    def __str__(self) -> str:
        """In words; the number itself is never repeated."""
        return f"含{self.kind}{self.masked}"


#: What was found, by the name of the field.
ByField = Mapping[str, tuple[Found, ...]]


def found_in(entry: entries.Entry, item: Item | None = None) -> ByField:
    """Numbers of persons by field. What an item says already was decided on and is not asked again."""
    kinds = {**dict.fromkeys(_TEXTS, _KINDS), "url": frozenset({_IDENTITY})}
    found = {}
    for name, wanted in kinds.items():
        text = str(getattr(entry, name))
        if item is not None and getattr(item, name) == text:
            continue
        if hits := _numbers_in(text, wanted):
            found[name] = hits
    return found


def _numbers_in(text: str, wanted: frozenset[str]) -> tuple[Found, ...]:
    if sum(map(str.isdigit, text)) < _FIGURES:  # a whole catalogue is looked at, and most texts have few
        return ()
    return tuple(Found(kind, masked) for kind, masked, *_ in api.personal.in_text(text) if kind in wanted)


def passed(entry: entries.Entry, because: str, item: Item | None = None) -> dict[str, Any]:
    """Refuse numbers of persons without a reason; what the log keeps of them, nothing where there are none.

    ``item``: what is public already, whose texts were decided on. Raises ``ActionRefused``.
    """
    found = found_in(entry, item)
    if not found:
        return {}
    if not because.strip():
        words = "；".join(f"{entries.LABELS[name]}：{text}" for name, text in told(found).items())
        raise ActionRefused(words, place=entry.index_number)
    return {"personal": counted(found), "because": reason(because)}


def labelled(found: ByField) -> dict[str, str]:
    """By the label of the field what is in it, in words."""
    return {entries.LABELS[name]: "、".join(map(str, hits)) for name, hits in found.items()}


def told(found: ByField) -> dict[str, str]:
    """What is to be said beside each field."""
    return {name: f"{'、'.join(map(str, hits))}；{REMEDY}" for name, hits in found.items()}


def reason(text: str, what: str = "含个人信息仍公开的理由") -> str:
    """A reason as the log keeps it. Raises ``ActionRefused`` for none, or one with such numbers itself."""
    given = reason_of(text, what)
    if any(kind in _KINDS for kind, *_ in api.personal.in_text(given)):
        raise ActionRefused("理由中不能写个人信息，它会留在操作记录中", remedy="请改写理由")
    return given


def counted(found: ByField) -> dict[str, list[str]]:
    """Fields and kinds, for the log: no number, not even masked."""
    return {name: [one.kind for one in hits] for name, hits in found.items()}
