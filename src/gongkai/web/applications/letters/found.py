"""Personal data found in a letter, or in a file that goes out with it: what it is, where, and whose."""

import unicodedata
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models import Applicant, Clearance
from gongkai.web.common import keys

_PURPOSE: Final = "applications.clearance"
#: What stands for the parts of a file that could not be searched.
UNREAD: Final = "有不能检查的内容"
#: Which kinds of data each ground is about; the others cover all that was found, and nothing unread.
_ABOUT: Final = {
    Clearance.Ground.ACCOUNT: ("银行卡号",),
    Clearance.Ground.OFFICE: ("手机号码",),
    Clearance.Ground.LOOKED: (UNREAD,),
}


class Found(NamedTuple):
    """Something personal in a field or file. ``text`` is the number itself: never shown, stored or logged.

    ``field``: the field's name, or the file's hash. ``where``: the place in words. ``asker``: it is the
    applicant's, in a letter to somebody else, which nothing can justify.
    """

    field: str
    where: str
    what: str
    masked: str
    text: str
    asker: bool = False
    in_file: bool = False

    @property
    def digest(self) -> str:
        """Knows the same number in the same field, or file, again."""
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
        return f"{self.where}{'' if self.what == UNREAD else '的'}{self.what}（{self.masked}）"

    def fits(self, ground: str) -> bool:
        """Whether a ground can be one for this kind of data."""
        about = _ABOUT.get(Clearance.Ground(ground))
        return self.what != UNREAD if about is None else self.what in about


def own_of(who: Applicant) -> set[str]:
    """Numbers and names of who asked, as ``bare`` has them: no secret from themselves."""
    said = (who.identity_number, who.phone, who.agent_identity, who.name, who.agent_name, who.contact_name)
    return set(filter(None, map(bare, said)))


def bare(text: str) -> str:
    """A number or name without the blanks and signs that can stand within it."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def of_offices(numbers: Iterable[str]) -> set[str]:
    """Those that are telephones of agencies, as they publish them."""
    return set(Agency.objects.filter(phone__in=list(numbers)).values_list("phone", flat=True))
