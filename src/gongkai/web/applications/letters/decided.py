"""The sentence of a reply that decides, in words that fit what was found and what has happened."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from gongkai.law import grounds
from gongkai.law.outcomes import Outcome, outcome
from gongkai.web.applications import clock
from gongkai.web.applications.letters import parts
from gongkai.web.applications.letters.kinds import decisions
from gongkai.web.applications.letters.recital import called
from gongkai.web.applications.models import Case
from gongkai.web.common.days import chinese

#: What a partial release rests on where nothing of the rest is withheld (条例 36(2)).
_PROVIDED: Final = "provided"
_NOT_CHOSEN: Final = "其余部分（依据尚未选定）。"
_SAID_BELOW: Final = "各部分的范围和理由在本答复书中一并说明。"
_NUMERALS: Final = "一二三四五六七八九十"


class Decided(NamedTuple):
    """``sentence`` may have several lines; ``articles`` are all it rests on."""

    sentence: str
    articles: str


def of(case: Case, code: str, rest: list[Outcome], dated: date) -> Decided:
    """What a reply of this outcome decides; ``rest`` is what becomes of the rest of a partial release."""
    found = _partial(rest, dated) if code == parts.PARTIAL else _whole(case, code, dated)
    return found._replace(sentence=found.sentence.replace("{称呼}", called(case)))


def _whole(case: Case, code: str, dated: date) -> Decided:
    found = outcome(code, dated)
    article, said = str(found.article) if found.article else "", decisions()[code]
    asked = grounds.unanswered(found, [one for one in clock.law_case(case).events if one.on <= dated])
    sentence = said.sentence if asked is None else said.otherwise.replace("{要求日期}", chinese(asked.on))
    return Decided(sentence.replace("{条款}", article), article)


def _partial(rest: list[Outcome], dated: date) -> Decided:
    """条例 37 is about what is withheld; what there is not is told as such, under its own article."""
    said, separable = decisions()[parts.PARTIAL], not rest or any(one.withheld for one in rest)
    found = outcome(parts.PARTIAL if separable else _PROVIDED, dated)
    sentence = (said.sentence if separable else said.otherwise).replace("{条款}", str(found.article))
    articles = "、".join(filter(None, (str(found.article), parts.sentence(rest))))
    return Decided(sentence.replace("{其余部分}", _rest(list(_parts(rest)))), articles)


def _parts(rest: Iterable[Outcome]) -> Iterator[str]:
    """What becomes of each part of the rest; what is withheld, on whatever grounds, is one of them."""
    withheld = [one for one in rest if one.withheld]
    if withheld:
        yield f"根据{parts.sentence(withheld)}，不予公开。"
    for one in rest:
        if not one.withheld:
            yield decisions()[one.code].part.replace("{条款}", str(one.article))


def _rest(told: list[str]) -> str:
    if not told:
        return _NOT_CHOSEN
    if len(told) == 1:
        return f"其余部分{told[0]}"
    lines = (f"（{numeral}）一部分{one}" for numeral, one in zip(_NUMERALS, told, strict=False))
    return "\n".join(("其余部分分别处理如下：", *lines, _SAID_BELOW))
