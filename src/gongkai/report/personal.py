"""Personal data in what is to go out (条例 15): in a text, and in every word of a file, shown or not."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gongkai.kernel import GongkaiError, UnreadableError

if TYPE_CHECKING:
    from gongkai.report.limited import Pool
    from gongkai.report.read.exhaustive.pieces import Piece

#: To be raised with every change of what is looked for, or where: what was found before is not trusted then.
PATTERNS: Final = 1
#: Pieces are searched many at a time, as one text of about so many characters.
_CHUNK: Final = 20_000
#: Numbers of a kind that are kept of a file; one with more is a list, and no slip.
KEPT: Final = 200
#: A file is searched for so many seconds; a workbook of fifty thousand rows takes ten.
_SECONDS: Final = 45.0
#: Between pieces: no word of one, such as 编号 or 办公电话, tells of a number in the next.
_APART: Final = "。\n"
#: Places named for one number.
_PLACES: Final = 5
_IDENTITY: Final = "身份证号"
_PASSING: Final = frozenset({"time-limit", "memory-limit", "crashed", "internal", "office", "office-missing"})


class InFile(NamedTuple):
    """A number or name in a file: its kind, masked form, itself (figures alone), and where it stands."""

    kind: str
    masked: str
    number: str
    places: tuple[str, ...]


class Searched(NamedTuple):
    """What a search found, and the places it could not look at, each with the reason.

    Of each kind the first ``KEPT``; ``counts`` tells by kind how many there are. ``passing``: it broke off
    for a reason that may be gone the next time.
    """

    found: tuple[InFile, ...]
    unread: tuple[tuple[str, str], ...] = ()
    passing: bool = False
    counts: tuple[tuple[str, int], ...] = ()


class Personal(NamedTuple):
    """Personal data in a text: its kind, masked form, where it stands, and the number (or name) itself.

    ``number`` has figures alone, however it was spelled.
    """

    kind: str
    masked: str
    start: int
    end: int
    number: str


def in_text(text: str) -> list[Personal]:
    """Personal data in any text that is to go out (Art. 15).

    Identity numbers with a right check digit, personal mobiles, bank cards, names of parties; the same
    patterns as PII-LEAK. Office phones stated as such are none.
    """
    from gongkai.report.check.privacy import leaks
    from gongkai.report.model import Section

    found = leaks(Section("letter", "", text), 2100)
    return [Personal(one.kind, one.hit.note, one.hit.start, one.hit.end, one.number) for one in found]


def search(path: str | Path) -> Searched:
    """Search the file at ``path``, shown text and hidden, in a worker with limits on memory and time.

    Never raises for what is wrong with the file: what cannot be looked at is in ``unread``.
    """
    import msgspec

    try:
        return msgspec.msgpack.decode(_pool().run(str(path)), type=Searched)
    except UnreadableError as error:
        return Searched((), (("文件", error.message),), error.code in _PASSING)


def to_json(searched: Searched) -> str:
    """What a search found as text to keep: it holds the numbers, so keep it encrypted."""
    import msgspec

    return msgspec.json.encode(searched).decode()


def from_json(text: str) -> Searched:
    """The inverse of :func:`to_json`. Raises GongkaiError where the text is none."""
    import msgspec

    try:
        return msgspec.json.decode(text, type=Searched)
    except msgspec.MsgspecError as error:
        raise GongkaiError("检查结果无法读取", remedy="请重新检查这个文件") from error


def search_in_worker(path: str) -> bytes:
    """The worker's side of :func:`search`."""
    import msgspec

    return msgspec.msgpack.encode(search_bytes(Path(path).read_bytes()))


def search_bytes(data: bytes) -> Searched:
    """Search a file's bytes in this process; for those that are not trusted use :func:`search`."""
    from gongkai.report.read.exhaustive.files import read_everything

    everything = read_everything(data)
    hits: dict[tuple[str, str], InFile] = {}
    for kind, masked, number, place in _hits(everything.pieces):
        known = hits.get((kind, number), InFile(kind, masked, number, ()))
        if place not in known.places:
            known = known._replace(places=(*known.places, place)[:_PLACES])
        hits[kind, number] = known
    unread = tuple(dict.fromkeys((one.place, one.why) for one in everything.unread))
    kinds = Counter(kind for kind, _ in hits)
    first = [
        one for kind in kinds for one in islice((hit for hit in hits.values() if hit.kind == kind), KEPT)
    ]
    passing = any(one.code in _PASSING for one in everything.unread)
    return Searched(tuple(first), unread, passing, tuple(kinds.items()))


def _hits(pieces: "Sequence[Piece]") -> Iterator[tuple[str, str, str, str]]:
    for strict in (False, True):
        for chunk in _chunks([one for one in pieces if one.strict is strict]):
            yield from _in_chunk(chunk, strict=strict)


def _chunks(pieces: "Sequence[Piece]") -> "Iterator[list[Piece]]":
    chunk: list[Piece] = []
    size = 0
    for piece in pieces:
        chunk.append(piece)
        size += len(piece.text)
        if size > _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _in_chunk(chunk: "Sequence[Piece]", *, strict: bool) -> Iterator[tuple[str, str, str, str]]:
    texts = [_plain(piece.text) for piece in chunk]
    starts = [0, *accumulate(len(text) + len(_APART) for text in texts)]
    for one in in_text(_APART.join(texts)):
        if not strict or one.kind == _IDENTITY:
            place = chunk[bisect_right(starts, one.start) - 1].place
            yield one.kind, one.masked, one.number, place


#: Signs of no width, which may stand between any two figures unseen.
_UNSEEN: Final = dict.fromkeys([*range(0x200B, 0x2010), 0x00AD, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])


def _plain(text: str) -> str:
    return text.translate(_UNSEEN)


@cache
def _pool() -> "Pool":
    from gongkai.report.limited import Pool
    from gongkai.report.worker import LIMITS

    return Pool(f"{__name__}:{search_in_worker.__name__}", replace(LIMITS, seconds=_SECONDS))
