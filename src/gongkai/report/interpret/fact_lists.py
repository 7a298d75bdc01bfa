"""Lists in a sentence: shares in percent, published items by kind, and other 其中 lists."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_scan import Number, Sentence
from gongkai.report.interpret.fact_stated import Scene, Stated

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_SHARE_WORD = re.compile(r"占|比例|比重|占比")
_RATE = re.compile(r"率(?:达到?|为|均)?|增长|下降|同比|较|提高|上升|减少|增加|不低于|达到")
_SHARE_TAIL = re.compile(
    r"(?:约|大约|分别)?(?:占(?:比|总数|总量|全部|公开|信息|发布|年|度|的|已|答复|办结|办理|件数|受理|申请|主动|政府|总|比例"
    r"|比重)*(?:约|达|为)?|(?:所占)?(?:比例|比重)(?:约|为|达)*|[：:])?(?:约|达|为)*$"
)
_LIST_GAP = re.compile(r"(?:左右)?(?:\)|）)?[,，;；、和及与以]*")
_STOPS = re.compile(
    r"收到|受理|办结|答复|结转|复议|诉讼|均|全部|已|同比|较|增|减|举办|召开|参加|组织(?!机构|架构)|开展|制定|印发|未(?!审结|完成审)|收取"
    r"|回应|完成|(?<!其他)(?<!不予)处理|同时|此外|通过|利用"
)
_VERBS_IN_LABEL = re.compile(
    r"^(?:主动|共|并|还|另|及时|累计|集中)*(?:公开|发布|更新|公布|公示|推送|转发|转载)(?!公告|类|信息$|栏"
    r"|指南|目录|年报|制度|规定|$)"
)
_CLAUSE_IN_LABEL = re.compile(r"(?:发布|更新|推送|刊发|公布|上传)(?=..)(?!公告)")
#: A remark in brackets with figures of its own: 报告2条（中英文各1条）.
_REMARK = re.compile(r"\([^()]*\d[^()]*\)")
#: What became of documents, not what was published.
_PUBLISHED_KIND = re.compile(r"^发布(?=[^会厅的]{2})(?!公告|制度|信息$)")
_STATUS = re.compile(r"^(?:废止|修改|修订|宣布|清理|现行|继续有效)|(?:废止|失效|有效)$")
_CHANNEL = re.compile(r"微信|公众号|微博|网站|平台|新媒体|客户端|公报")
_MARK_UNITS = {"条次": "条"}


class List(NamedTuple):
    """A list as one fact, and the single figures that are only its items."""

    stated: Stated
    replaces: Sequence[Stated] = ()


class _Given(NamedTuple):
    """What is known when a list is read: the figures of its sentence, and the total before it."""

    counted: Sequence[Stated]
    before: Stated | None


class _Item(NamedTuple):
    label: str
    value: int | Decimal
    number: Number
    position: int


def listed(
    sentence: Sentence, scene: Scene, counted: Sequence[Stated], before: Stated | None
) -> Iterator[List]:
    """The lists of a sentence whose single figures ``counted`` were read already.

    ``before`` is the total that the sentences before gave last.
    """
    given = _Given(counted, before)
    if "%" in sentence.text:
        yield from _shares(sentence, given)
    if len(sentence.numbers) > 1:
        yield from _by_kind(sentence, scene, given)


def _shares(sentence: Sentence, given: _Given) -> Iterator[List]:
    text = sentence.text
    percents = list(_PERCENT.finditer(text))
    run: list[tuple[str, int | Decimal, re.Match[str]]] = []
    for index, match in enumerate(percents):
        last = percents[index - 1].end() if index else 0
        label, has_word = _share_label(text, last, match.start())
        if not label or (not has_word and not run):
            if run:
                yield from _made_shares(sentence, given, run)
                run = []
            continue
        value = Decimal(match.group(1))
        run.append(
            (
                label,
                int(value) if value == value.to_integral_value() and "." not in match.group(1) else value,
                match,
            )
        )
    if run:
        yield from _made_shares(sentence, given, run)


def _share_label(text: str, last: int, start: int) -> tuple[str, bool]:
    """The words a percentage belongs to, and whether they call it a share."""
    between = text[last:start]
    pieces = [piece for piece in re.split(r"[,，;；、:：()]", between) if piece]
    if not pieces:
        return "", False
    piece = pieces[-1]
    if _RATE.search(piece):
        return "", False
    tail = _SHARE_TAIL.search(piece)
    label = piece[: tail.start()] if tail else piece
    word = bool(_SHARE_WORD.search(piece))
    if not label and len(pieces) > 1:
        label = re.sub(r"\d+(?:\.\d+)?(?:余|多)?(?:条|件|篇|份|个|项|次|期|则)$", "", pieces[-2])
        label = "" if _RATE.search(label) else label
    label = clean_label(label)
    return (label, word) if 1 <= len(label) <= 25 and not label.isdigit() else ("", False)


def _made_shares(
    sentence: Sentence,
    given: _Given,
    run: Sequence[tuple[str, int | Decimal, re.Match[str]]],
) -> Iterator[List]:
    shares: dict[str, int | Decimal] = {}
    for label, value, _ in run:
        shares.setdefault(label, value)
    if len(shares) < 2 or len(shares) < len(run):
        return
    first, last = run[0][2], run[-1][2]
    start, end = sentence.span(max(sentence.text.rfind(run[0][0], 0, first.start()), 0), last.end())
    total = next((s for s in given.counted if s.name == "published_items"), None) or given.before
    of = total.value if total and isinstance(total.value, int | Decimal) else None
    yield List(Stated("shares", shares, start, end, "占比", of=of, closed=_shares_closed(shares)))


def _shares_closed(shares: dict[str, int | Decimal]) -> bool:
    """Shares are of everything where they reach about a hundred, pass it, or name the rest 其他."""
    return sum(shares.values()) >= 99 or any(is_rest(label) for label in shares)


def is_rest(label: str) -> bool:
    """Whether a label names what is left over: 其他, 其它, 其余; 其他处理、其他结果 are of the form."""
    return (
        label not in ("其他处理", "其他结果") and label.startswith(("其他", "其它", "其余"))
    ) or label.endswith(("其他", "其它", "其余"))


def clean_label(label: str) -> str:
    """A label of a list without the words that join it to the list."""
    bare = words.LABEL_HEAD.sub("", label.strip("“”\"'_ ")).strip("“”")
    return words.LABEL_TAIL.sub("", _PUBLISHED_KIND.sub("", bare))


def _by_kind(sentence: Sentence, scene: Scene, given: _Given) -> Iterator[List]:
    numbers = sentence.numbers
    index = 0
    while index < len(numbers):
        items = _run_from(sentence, index)
        made = _made_list(sentence, scene, given, items) if items else None
        if made:
            yield made
            index += len(items)
        else:
            index += 1


def _run_from(sentence: Sentence, index: int) -> list[_Item]:
    """The longest list whose first item is number ``index``."""
    text, numbers = sentence.text, sentence.numbers
    first = numbers[index]
    label, opened = _first_label(text, numbers, index)
    if not label or first.unit not in words.ITEM_UNITS or first.about:
        return []
    items = [_Item(label, first.value, first, index)]
    inside = enclosed(text, first.start)
    for position in range(index + 1, len(numbers)):
        number, before = numbers[position], items[-1].number
        if not inside and enclosed(text, number.start):
            continue
        between = re.sub(
            r"[,，]?(?:约)?占(?:比|总数的|总量的|比为)?(?:约)?\d+(?:\.\d+)?%",
            "",
            _REMARK.sub("", text[before.end : number.start]),
        )
        gap = _LIST_GAP.match(between)
        label = between[gap.end() :] if gap else between
        if _kind_of(number.unit) != _kind_of(first.unit) or number.about or not gap or not gap.group():
            break
        if (
            not 1 <= len(label) <= 25
            or re.search(r"[,，;；:：]", label.lstrip("其中,，"))
            or _STOPS.search(label)
        ):
            break
        label = _completed(clean_label(label), items[-1].label)
        if not label or _VERBS_IN_LABEL.search(label) or (not opened and _CLAUSE_IN_LABEL.search(label)):
            break
        if _of_a_channel(label) and not any(_CHANNEL.search(item.label) for item in items):
            break
        items.append(_Item(label, number.value, number, position))
    return items


def _of_a_channel(label: str) -> bool:
    """Whether a label tells of a channel and what it published: behind a list of kinds it is no kind."""
    return bool(re.search(r"(?:微信|公众号|微博).*(?:发布|推送|公开)", label))


def enclosed(text: str, at: int) -> bool:
    """Whether ``text[at]`` stands in brackets."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _kind_of(unit: str) -> str:
    return _MARK_UNITS.get(unit, unit)


def _completed(label: str, before: str) -> str:
    """财政预算9条、决算9条: the second is 财政决算."""
    if label == "决算" and before.endswith("预算"):
        return before[:-2] + label
    return label


def _first_label(text: str, numbers: Sequence[Number], index: int) -> tuple[str, bool]:
    """The first item's label, and whether a word such as 其中 opens the list.

    The label is what stands behind that word, or else behind the publishing verb.
    """
    start = numbers[index - 1].end if index else 0
    between = text[start : numbers[index].start]
    piece = re.split(r"[,，;；:：()]", between)[-1]
    opened = words.LIST_OPENER.search(between) is not None
    for match in (words.LIST_OPENER if opened else words.PUBLISH).finditer(piece):
        if match.end() < len(piece):
            between = piece[match.end() :]
    piece = between if len(between) < len(piece) else piece
    label = clean_label(re.sub(r"^(?:和|及|了|的)+", "", piece))
    return (label if 1 <= len(label) <= 25 and not _STOPS.search(label) else ""), opened


def _made_list(sentence: Sentence, scene: Scene, given: _Given, items: list[_Item]) -> List | None:
    text = sentence.text
    first = items[0]
    start = sentence.numbers[first.position - 1].end if first.position else 0
    opening = text[start : first.number.start]
    total = _total(sentence, given, first, opening)
    if total is None:
        return _without_total(sentence, scene, given, items, opening)
    of = total.value
    if not isinstance(of, int | Decimal):
        return None
    items = _cut(items, of)
    if len(items) < 2:
        return None
    values = _values(items)
    if values is None:
        return None
    name = "published_by_kind" if total.name == "published_items" else "breakdown"
    return List(_stated(sentence, items, name, values, of), _singles(given.counted, items, "published_items"))


def _total(sentence: Sentence, given: _Given, first: _Item, opening: str) -> Stated | None:
    """What a list divides: the figure right before its 其中, or in the sentence before."""
    if not words.LIST_OPENER.search(opening):
        return None
    before = first.position - 1
    while before >= 0 and enclosed(sentence.text, sentence.numbers[before].start):
        before -= 1
    if before >= 0:
        return next((s for s in given.counted if s.number == before and s.whole), None)
    if (
        re.search(r"其中|信息中|申请中|[：:]$|包括", opening)
        and given.before
        and _same_subject(given.before, sentence)
    ):
        return given.before
    return None


def _same_subject(total: Stated, sentence: Sentence) -> bool:
    return total.name == "published_items" or bool(re.search(r"申请|其中", sentence.text[:20]))


def _cut(items: list[_Item], of: int | Decimal) -> list[_Item]:
    """The items up to where they reach the total: what follows divides something else."""
    so_far: int | Decimal = 0
    for count, item in enumerate(items, 1):
        so_far += item.value
        if so_far == of:
            return items[:count]
    return items


def _values(items: Sequence[_Item]) -> dict[str, int | Decimal] | None:
    values: dict[str, int | Decimal] = {}
    for item in items:
        if item.label in values:
            return None
        values[item.label] = item.value
    return values


def _without_total(
    sentence: Sentence, scene: Scene, given: _Given, items: list[_Item], opening: str
) -> List | None:
    """Published items by kind where no total is given: 公开动态54条，文件4条."""
    items = list(takewhile(lambda item: not _STATUS.search(item.label), items))
    if len(items) < 2:
        return None
    generic = words.GENERIC_NOUN.fullmatch(items[0].label)
    if generic or not words.PUBLISH.search(opening) or scene.topic in ("application", "disputes"):
        return None
    years = words.YEAR.findall(sentence.text[: items[0].number.start])
    if "申请" in sentence.text or (scene.year and years and int(years[-1]) != scene.year):
        return None
    if words.COMPARED.search(opening) or re.search(r"微信|公众号|微博", opening):
        return None
    values = _values(items)
    if values is None or (scene.subject in ("blocked", "training") and "公开" not in opening):
        return None
    return List(
        _stated(sentence, items, "published_by_kind", values, None),
        _singles(given.counted, items, "published_items"),
    )


def _singles(counted: Sequence[Stated], items: Sequence[_Item], name: str) -> list[Stated]:
    """The figures that were read as totals and are only items of the list."""
    indexes = {item.position for item in items}
    return [stated for stated in counted if stated.number in indexes and stated.name == name]


def _stated(
    sentence: Sentence,
    items: Sequence[_Item],
    name: str,
    values: dict[str, int | Decimal],
    of: int | Decimal | None,
) -> Stated:
    start, end = sentence.span(items[0].number.left, items[-1].number.end)
    return Stated(name, values, start, end, "其中", of=of, closed=_closed(values, of))


def _closed(values: dict[str, int | Decimal], of: int | Decimal | None) -> bool:
    """Whether a list is meant to be whole: it ends with the rest, or reaches all but a hundredth."""
    if is_rest(list(values)[-1]):
        return True
    if of is None:
        return False
    return sum(values.values()) >= of * Decimal("0.99")
