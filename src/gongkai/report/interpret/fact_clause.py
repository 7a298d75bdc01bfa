"""A number with the words around it, and whether they limit it to a part."""

import re

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_scan import Number, Sentence
from gongkai.report.interpret.fact_stated import Scene, Stated

_GOVERNMENT = re.compile(r"政府$|省$|市$|区$|县$|旗$|州$|盟$|镇$|乡$")
_WHOLE_YEAR = re.compile(r"全年|本年|整年|年度|20\d\d年")
#: How far back in a sentence words may bear on a number.
REACH_BACK = 200


class Clause:
    """A number with the words around it and what it counts."""

    __slots__ = ("index", "left", "number", "right", "scene", "sentence", "subject")

    def __init__(
        self,
        sentence: Sentence,
        number: Number,
        index: int,
        left: str,
        right: str,
        subject: str,
        scene: Scene,
    ) -> None:
        self.sentence, self.number, self.index = sentence, number, index
        self.left, self.right, self.subject, self.scene = left, right, subject, scene

    def state(self, name: str, scope: str = "", *, whole: bool = True, after: int = 0) -> Stated:
        """The fact ``name`` with this number; its words reach ``after`` characters behind the unit."""
        left = self.number.left + len(self.left) - len(self.left.lstrip("、和及与"))
        start, end = self.sentence.span(left, self.number.end + after)
        return Stated(name, self.number.value, start, end, scope, whole, number=self.index)

    @property
    def before(self) -> str:
        """The sentence up to the number, as far back as it may bear on it."""
        return self.sentence.text[max(0, self.number.start - REACH_BACK) : self.number.start]

    def whole(self) -> bool:
        """Whether nothing limits the count to one office, a part of the year or somebody else's cases."""
        before = self.before
        if words.GUIDED.search(self.left) or _part_of_year(before):
            return False
        agency = self.scene.agency or ""
        if _GOVERNMENT.search(agency):
            return not words.OFFICE.search(before)
        return not (agency and words.WIDE.search(before))


def _part_of_year(before: str) -> bool:
    """Whether the last time named before a number is a part of the year."""
    named = [match.end() for match in words.PART_OF_YEAR.finditer(before)]
    return bool(named) and not _WHOLE_YEAR.search(before, named[-1])
