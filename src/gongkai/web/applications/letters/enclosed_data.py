"""Personal data in the files that go out with a reply (条例 15; 区分处理: 条例 37).

What a file holds counts, not what it shows: under a black box, in white, in a deletion that was tracked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from gongkai.report import api
from gongkai.web.applications.letters import enclosed
from gongkai.web.applications.letters.found import UNREAD, Found, bare, of_offices, own_of
from gongkai.web.applications.models import Attachment, Letter
from gongkai.web.applications.privacy import masking, searched

#: More numbers of a kind in one file are no oversight: they are told, and answered for, together.
_MOST: Final = 20
#: Of many, and of their places, so many are named.
_NAMED: Final = 5


def found(letter: Letter) -> Iterator[Found]:
    """What is in the files of a letter that is neither the applicant's own nor an agency's telephone."""
    own = own_of(letter.case.applicant)
    for one in enclosed.files_of(letter):
        yield from _in_name(one, own)
        result = searched.of(one.sha256)
        if result is None:
            continue
        where = f"文件“{masking.numbers(one.name)}”"
        yield from _in_content(one, where, result, own)
        if result.unread:
            said = _told(result.unread)
            yield Found(one.sha256, where, UNREAD, said, f"unread\n{result.unread}", in_file=True)


def waiting(letter: Letter) -> list[str]:
    """The names of files nobody has searched yet."""
    return [masking.numbers(one.name) for one in enclosed.files_of(letter) if searched.of(one.sha256) is None]


def _in_content(one: Attachment, where: str, result: api.personal.Searched, own: set[str]) -> Iterator[Found]:
    office = of_offices(hit.number for hit in result.found)
    for kind, count in result.counts:
        kept = [hit for hit in result.found if hit.kind == kind]
        hits = [hit for hit in kept if bare(hit.number) not in own and hit.number not in office]
        if len(hits) > _MOST or count > len(kept):  # what was not kept may be anybody's
            numbers = "\n".join(sorted(hit.number for hit in hits))
            masked = f"共{count}个，如{'、'.join(hit.masked for hit in (hits or kept)[:_NAMED])}"
            yield Found(one.sha256, where, kind, masked, numbers, in_file=True)
            continue
        for hit in hits:
            place = f"{where}{'、'.join(hit.places)}"
            yield Found(one.sha256, place, kind, hit.masked, hit.number, in_file=True)


def _in_name(one: Attachment, own: set[str]) -> Iterator[Found]:
    """The applicant sees the name, too."""
    for hit in api.personal.in_text(one.name):
        if bare(hit.number) not in own:
            where = f"文件“{masking.numbers(one.name)}”的名称中"
            yield Found(f"name\n{one.sha256}", where, hit.kind, hit.masked, hit.number, in_file=True)


def _told(unread: Sequence[tuple[str, str]]) -> str:
    """Places by what stands against reading them."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for place, why in unread:
        reasons[why].append(place)
    return "；".join(
        f"{'、'.join(places[:_NAMED])}{f'等{len(places)}处' if len(places) > _NAMED else ''}：{why}"
        for why, places in reasons.items()
    )
