"""Whether a file names the agency and year it is filed under, and what its own name says of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from gongkai.web.agencies.models import Agency, Region

_SPACE = re.compile(r"[\s·•]+")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_BARE_GOVERNMENT = ("人民政府", "办事处")


def canonical(name: str) -> str:
    """A name as it is compared: no spaces, half-width, 某镇 and 某镇政府 as 某镇人民政府."""
    plain = _SPACE.sub("", normalize("NFKC", name)).replace("(", "（").replace(")", "）")
    if plain.endswith("政府") and not plain.endswith("人民政府"):
        plain = plain.removesuffix("政府") + "人民政府"
    if plain.endswith("街道办"):
        plain += "事处"
    if plain.endswith(("镇", "乡")):
        plain += "人民政府"
    if plain.endswith("街道"):
        plain += "办事处"
    return plain


def region_names(agency: Agency) -> list[str]:
    """The names of the agency's region and those above, from the top down."""
    names: list[str] = []
    region: Region | None = agency.region
    while region is not None:
        names.append(region.name)
        region = region.parent
    return names[::-1]


def core(name: str, regions: Sequence[str]) -> str:
    """A canonical name without the regions in front of it; 某县人民政府 keeps its county."""
    rest = canonical(name)
    for region in regions:
        left = rest.removeprefix(region)
        if left and not left.startswith(_BARE_GOVERNMENT):
            rest = left
    return rest


def is_same_agency(read: str, agency: Agency) -> bool:
    """Whether the name in a file is one of the agency's: full, short or former, with or without regions."""
    regions = region_names(agency)
    known = {core(name, regions) for name in _names(agency)}
    return core(read, regions) in known or _lengthened(canonical(read), agency, regions)


def _lengthened(read: str, agency: Agency, regions: Sequence[str]) -> bool:
    """One name is the other with more regions in front, and the shorter begins with a region of its own."""
    full = canonical(agency.full_name)
    short, long = sorted((read, full), key=len)
    return long.endswith(short) and any(short.startswith(region) for region in regions)


def _names(agency: Agency) -> Iterator[str]:
    yield agency.full_name
    yield agency.short_name
    for former in agency.former_names.all():
        yield former.full_name
        yield former.short_name


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a file names that differs from what was chosen; None where it does not differ."""

    agency: str | None
    year: int | None

    def to_dict(self) -> dict[str, str | int]:
        """Only what differs."""
        found = {"agency": self.agency, "year": self.year}
        return {key: value for key, value in found.items() if value is not None}


def conflict(read_agency: str | None, read_year: int | None, agency: Agency, year: int) -> Conflict | None:
    """How a file contradicts the agency and year chosen. What it does not name it does not contradict."""
    other_agency = read_agency if read_agency and not is_same_agency(read_agency, agency) else None
    other_year = read_year if read_year is not None and read_year != year else None
    return Conflict(other_agency, other_year) if other_agency or other_year is not None else None


def year_in(name: str) -> int | None:
    """The one year a file's name states; None where it states none or several."""
    years = set(_YEAR.findall(normalize("NFKC", name)))
    return int(years.pop()) if len(years) == 1 else None


def agency_in(name: str, agencies: Iterable[Agency]) -> Agency | None:
    """The one agency a file's name states, by its longest name in it; None where none or several fit."""
    plain = _SPACE.sub("", normalize("NFKC", name))
    best: list[Agency] = []
    longest = 0
    for agency in agencies:
        fitting = [len(known) for known in {agency.full_name, agency.short_name} if known and known in plain]
        length = max(fitting, default=0)
        if length > longest:
            best, longest = [agency], length
        elif length and length == longest:
            best.append(agency)
    return best[0] if len(best) == 1 else None
