"""Labels of the form, matched by their distance to its wording.

A label's *core* is its text without ordinal, spaces and punctuation: what remains is compared. Typing
errors and lost characters lower the similarity but not the match, as long as no other label is near.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from gongkai.report import form

_ORDINAL = re.compile(
    r"^[\s*#|>]*[(（〔]?\s*(?:[一二三四五六七八九十]{1,2}|[0-9０-９]{1,2})\s*"
    r"(?:[)）〕]\s*[、.．。,，:：]?|[、.．。,，:：])"
)
_BARE_ORDINAL = re.compile(r"^\d{1,2}(?=[\u4e00-\u9fff])")
_REMARK = re.compile(r"[（(][^（()）]*[)）]\s*$")

#: Two texts whose similarity is below this are not the same label.
NEAR = 0.62
#: A remark behind a label is at most this long: more is another label.
_REMARK_LENGTH = 12
#: The best match must be better than the second by this much.
MARGIN = 0.1


@lru_cache(8192)
def core(text: str) -> str:
    """The text without ordinal, spaces and punctuation, compatibility forms folded."""
    bare = _ORDINAL.sub("", text, count=1)
    folded = "".join(
        c for c in unicodedata.normalize("NFKC", bare) if c.isalnum() and not 0x3100 <= ord(c) < 0x3130
    )
    return _BARE_ORDINAL.sub("", folded)


@lru_cache(8192)
def ordinal(text: str) -> str:
    """The ordinal a label begins with, folded: ``一、``, ``(七)``, ``3.``; empty where there is none."""
    match = _ORDINAL.match(text)
    if not match:
        return ""
    folded = unicodedata.normalize("NFKC", match[0]).strip("*#|> \t\n")
    sign = re.sub(r"[^一二三四五六七八九十0-9]", "", folded)
    if folded.startswith("("):
        return f"({sign})"
    return f"{sign}." if sign.isdigit() else f"{sign}、"


ALL_ROWS = (
    *form.application_rows(True)[:20],
    *form.SINGLE_OTHER,
    *form.THREE_OTHER,
    form.RESULT_TOTAL,
    form.CARRIED_OUT,
)
ROW_INDEX = {row.key: index for index, row in enumerate(ALL_ROWS)}
ROW_BY_KEY = {row.key: row for row in ALL_ROWS}
ROW_DEPTH = {row.key: len(row.groups) for row in ALL_ROWS}
_ROW_CORES = tuple((row.key, core(row.label)) for row in ALL_ROWS)
_EXACT = {text: key for key, text in _ROW_CORES}
_ALIASES = {"合计": "total", "部分公开": "partial"}
_ORDINAL_ROWS = {
    "一、": "new",
    "二、": "carried_in",
    "四、": "carried_out",
    "(一)": "granted",
    "(二)": "partial",
    "(七)": "total",
}
GROUPS = tuple(dict.fromkeys(group for row in (*ALL_ROWS, *form.THREE_OTHER) for group in row.groups))
GROUP_CORES = frozenset(core(group) for group in GROUPS)


def similarity(one: str, other: str) -> float:
    """From 0 to 1, by edit distance over the longer text."""
    return Levenshtein.normalized_similarity(one, other)


@lru_cache(8192)
def match_row(text: str) -> tuple[tuple[str, float], ...]:
    """Rows of table 3 that ``text`` may label, best first, each with its similarity.

    A label equal in its core gives one candidate at 1.0. Group labels printed in front of the leaf label
    in one cell are passed over. Empty where nothing is near.
    """
    bare = core(text)
    if not bare or len(bare) > 60:
        return ()
    if bare in _EXACT:
        return ((_EXACT[bare], 1.0),)
    if bare in _ALIASES:
        return ((_ALIASES[bare], 0.8),)
    if bare in GROUP_CORES:
        return ()
    scores = {key: _score(bare, wanted) for key, wanted in _ROW_CORES}
    hinted = _ORDINAL_ROWS.get(ordinal(text))
    if hinted and scores[hinted] >= 0.4:
        scores[hinted] = max(scores[hinted], min(0.94, scores[hinted] + 0.2))
    found = sorted(((k, s) for k, s in scores.items() if s >= NEAR), key=lambda item: -item[1])
    if not found:
        rest = _without_group(text)
        return tuple((k, s * 0.95) for k, s in match_row(rest)) if rest else ()
    return tuple(item for item in found if item[1] >= found[0][1] - MARGIN)


def _score(bare: str, wanted: str) -> float:
    score = similarity(bare, wanted)
    if len(wanted) >= 4 and bare.startswith(wanted) and len(bare) <= len(wanted) + _REMARK_LENGTH:
        return max(score, 0.9)  # a remark behind the label
    if 6 <= len(bare) < len(wanted):
        cut = similarity(bare, wanted[: len(bare)])
        if cut >= 0.8:
            return max(score, 0.85 * cut)  # a label cut short
    return score


def _without_group(text: str) -> str:
    """The text behind a group label that stands in front of it in the same cell."""
    for group in GROUPS:
        wanted = core(group)
        position = text.find(wanted)
        if 0 <= position <= 6 and len(text) > position + len(wanted):
            return text[position + len(wanted) :]
    return ""


@lru_cache(1024)
def is_group(text: str) -> bool:
    """Whether the text is one of table 3's merged group labels (不予公开, 无法提供 ...)."""
    bare = core(text)
    if bare in GROUP_CORES:
        return True
    return any(len(bare) >= 3 and similarity(bare, wanted) >= 0.75 for wanted in GROUP_CORES)


_COLUMN_CORES = tuple((column.key, core(column.label)) for column in form.COLUMNS)


@lru_cache(2048)
def match_column(text: str) -> str | None:
    """The figure column of table 3 that a header cell names; None where nothing is near."""
    return nearest(text, _COLUMN_CORES)


_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")


def nearest(text: str, wanted: tuple[tuple[str, str], ...]) -> str | None:
    """The key whose core is nearest to the text's, if near enough and no other key is near too.

    ``wanted`` pairs keys with cores; a key may have several. Remarks in brackets are left out where the
    text with them is near to nothing.
    """
    bare = core(text)
    if not bare or len(bare) > 40:
        return None
    found = _nearest_core(bare, wanted)
    if found is None:
        without = core(_BRACKETED.sub("", text))
        found = _nearest_core(without, wanted) if without and without != bare else None
    return found


def _nearest_core(bare: str, wanted: tuple[tuple[str, str], ...]) -> str | None:
    scores: dict[str, float] = {}
    for key, label in wanted:
        score = 1.0 if bare == label else similarity(bare, label)
        scores[key] = max(score, scores.get(key, 0.0))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    key, best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return key if best >= NEAR and best - second >= MARGIN else None


@lru_cache(2048)
def differs(found: str, label: str) -> bool:
    """Whether a label differs from the form's by more than spaces, brackets, punctuation and ordinals."""
    return core(found) != core(label) and core(_REMARK.sub("", found)) != core(label)
