"""Personal data of others in what was typed into a letter (条例 15), and what may lawfully stand there.

A pattern cannot know whose a number is. An agency's collecting account and a colleague's office mobile are
nobody's secret; so the handler can say of each number found why it may stand, which stays on record beside
the letter and is shown to whoever signs.
"""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from gongkai.report import api
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.alike import asked_once
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Clearance, Letter
from gongkai.web.common import keys

_PURPOSE: Final = "applications.clearance"
#: Which kinds of data each ground is about; the last covers all of them.
_ABOUT: Final = {
    Clearance.Ground.ACCOUNT: ("银行卡号",),
    Clearance.Ground.OFFICE: ("手机号码",),
}


class Found(NamedTuple):
    """Something personal in a field. ``text`` is the number itself: it is never shown, stored or logged.

    ``asker``: it is the applicant's, in a letter to somebody else, which nothing can justify.
    """

    field: str
    label: str
    what: str
    masked: str
    text: str
    asker: bool

    @property
    def digest(self) -> str:
        """Knows the same number in the same field again."""
        return keys.keyed_hash(self._place, _PURPOSE)

    def is_among(self, digests: Collection[str]) -> bool:
        """Whether one of the digests is of it, under any key still known."""
        return any(keys.matches(self._place, _PURPOSE, digest) for digest in digests)

    @property
    def _place(self) -> str:
        return f"{self.field}\n{self.text}"

    @property
    def words(self) -> str:
        """Where it stands and what it is, masked."""
        return f"“{self.label}”中的{self.what}（{self.masked}）"

    def fits(self, ground: str) -> bool:
        """Whether a ground can be one for this kind of data."""
        about = _ABOUT.get(Clearance.Ground(ground))
        return about is None or self.what in about


def found_in(letter: Letter) -> list[Found]:
    """What of it nobody has accounted for yet, each number once a field, in the order of the fields."""
    cleared = set(letter.clearances.values_list("digest", flat=True)) if letter.pk else set()
    return [one for one in dict.fromkeys(_found(letter)) if not one.is_among(cleared)]


def problems(letter: Letter) -> Iterator[str]:
    """What keeps the letter from being signed, with what to do."""
    kind, typed = kinds()[letter.kind], typed_of(letter)
    if kind.to != "applicant" and any(name in text for name in _askers(letter) for text in typed.values()):
        yield "文书中写有申请人的姓名或名称：征求意见、协办时不应透露申请人是谁"
    for one in found_in(letter):
        if one.asker:
            yield f"{one.words}是申请人的，请删除：征求意见、协办时不应透露申请人是谁"
        else:
            yield f"{one.words}不是申请人的，请删除或遮盖；依法可以写入的，请说明理由"


def _found(letter: Letter) -> Iterator[Found]:
    kind, applicant = kinds()[letter.kind], letter.case.applicant
    own = {
        applicant.identity_number, applicant.phone, applicant.agent_identity,
        applicant.name, applicant.agent_name, applicant.contact_name,
    } - {""}  # fmt: skip
    labels = _labels(kind)
    for name, text in typed_of(letter).items():
        for what, masked, start, end in api.personal_data(text):
            number = text[start:end]
            asker = number in own
            if asker and kind.to == "applicant":
                continue
            if asker or not Agency.objects.filter(phone=number).exists():
                yield Found(name, labels[name], what, masked, number, asker)


def _labels(kind: LetterKind) -> dict[str, str]:
    """By the name of a field its words, without what stands in brackets after them."""
    return {field.name: field.label.partition("（")[0].partition("，如：")[0] for field in kind.fields}


def _askers(letter: Letter) -> set[str]:
    """Who asked: the applicants, and their agents, of every case the letter is about."""
    shared = asked_once.sharing(letter.consultation) if letter.consultation else ()
    people = [letter.case.applicant, *(one.case.applicant for one in shared)]
    return {name for one in people for name in (one.name, one.agent_name)} - {""}
