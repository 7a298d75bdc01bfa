"""Labels found in a document, put in the form's order.

Several pieces of text may look like one row's label (总计, 其他). The assignment chosen is the one that
follows the printed order of the form and fits best over the whole table.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.report import form
from gongkai.report.interpret.tables.labels import ROW_INDEX

Candidates = tuple[tuple[str, float], ...]


class Candidate(NamedTuple):
    """A piece of the document, from ``start`` to ``end`` in reading order, and the rows it may label."""

    start: int
    end: int
    rows: Candidates


#: The rows of a complete table 3: with one row 其他处理 or three, or three under their group label.
_COMPLETE = tuple(
    frozenset(row.key for row in rows)
    for rows in (
        form.application_rows(True),
        form.application_rows(False),
        (*form.application_rows(False), *form.SINGLE_OTHER),
    )
)


def in_order(found: Sequence[Candidate]) -> dict[int, str]:
    """Which of ``found`` labels which row: index into ``found`` -> row key, keys strictly in form order."""
    return _plain_chain(found) or _best_chain(found)


def _plain_chain(found: Sequence[Candidate]) -> dict[int, str]:
    """The usual case, without search: from the first row on every label as printed, none missing."""
    chain: dict[int, str] = {}
    last = -1
    for position, item in enumerate(found):
        key, score = item.rows[0]
        index = ROW_INDEX[key]
        if (index > last if chain else key == "new") and score == 1.0:
            chain[position] = key
            last = index
    return chain if frozenset(chain.values()) in _COMPLETE else {}


def _best_chain(found: Sequence[Candidate]) -> dict[int, str]:
    """The heaviest chain of (piece, row) pairs that rises in both."""
    pairs = [(position, item, key, score) for position, item in enumerate(found) for key, score in item.rows]
    weights: list[float] = []
    before: list[int] = []
    for index, (_, item, key, score) in enumerate(pairs):
        best, chosen = 0.0, -1
        for earlier in range(index):
            _, other, other_key, _ = pairs[earlier]
            if weights[earlier] > best and other.end < item.start and ROW_INDEX[other_key] < ROW_INDEX[key]:
                best, chosen = weights[earlier], earlier
        weights.append(best + score)
        before.append(chosen)
    if not weights:
        return {}
    index = max(range(len(weights)), key=weights.__getitem__)
    chain: dict[int, str] = {}
    while index >= 0:
        position, _, key, _ = pairs[index]
        chain[position] = key
        index = before[index]
    return chain
