"""PII-LEAK: personal data in a text that goes to the public. What is found is never repeated in full."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from gongkai.kernel import Finding, LawRef, Level
from gongkai.kernel.law_ref import REGULATION
from gongkai.report.check.prose import Hit, listing, one_finding, part_name, prose, sentence_span
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.words import NOT_NAMES, SURNAMES
from gongkai.report.model import Section

_PRIVACY = LawRef(REGULATION, "第十五条")

_REGIONS = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"

#: What stands between the groups of a number: spaces of any width, hyphens and dashes.
_GAP = r"[ \u00a0\u2000-\u200a\u202f\u3000\-\u2010-\u2015\u2212\uff0d]"
#: Any run of figures long enough to be a number of a person, in one piece or in groups; linear in its length.
_RUN = re.compile(rf"\d(?:{_GAP}{{0,2}}+\d){{10,}}+(?:{_GAP}?[XxＸｘ])?")
_GROUP = re.compile(r"\d+[XxＸｘ]?|[XxＸｘ]")
_TOUCHED_BEFORE = re.compile(r"[0-9.]\Z")
_TOUCHED_AFTER = re.compile(r"[0-9]|\.\d{1,2}(?!\d)")
#: Letters touch a code, and no mobile or card; a check digit and a day of birth tell an identity number.
_LETTER_BEFORE = re.compile(r"[A-Za-z]\Z(?<!tel)(?<!phone)(?<!mobile)", re.IGNORECASE)
_LETTER_AFTER = re.compile(r"[A-Za-z]")
_NOT_PERSONAL = re.compile(
    r"(?:(?:信用代码|机构代码|代码|编号|编码|索引号|文号|备案|许可证|标识码|序号|合同|项目|流水|订单|批号|注册号)[^\d，。；]{0,8}"
    r"|(?:金额|总额|合计|价款|资金|面积)[：:为是\s（）()元万]{0,6}|[¥￥]\s?)$"
)
#: Before a number of a person the word for it may itself be 编号 or 代码.
_IDENTITY_WORDS = re.compile(r"身份|证件|公民")
_COUNTED = re.compile(r"^\s*(?:元|万|亿|条|件|次|人(?![员民])|个(?!人)|份|户(?![主籍名])|平方|立方|公里|米)")
#: A mobile number is written in one piece or as 138 0013 8000; a card's in one piece or by four figures.
_MOBILE = re.compile(r"(?:0|(?:86|0086)\W?)?1[3-9]\d(?:\W?\d{4}){2}")
_CARD = re.compile(r"\d{16,19}|\d{4}(?:\W\d{4}){3}(?:\W?\d{1,3})?|\d{6}\W\d{10,13}")
#: An identity number of 15 figures: in one piece, or by region, birth and the rest.
_OLD = re.compile(r"\d{15}|\d{6}\W\d{6}\W\d{3}")
#: Each figure of an identity number may stand apart, in a box of a form.
_MOST_GROUPS = 18
#: Groups of a mobile number or a card, at most; figures of any number here, with what may stand before it.
_MOST_OF_OTHERS = 5
_SHORTEST, _IDENTITY, _MOST_FIGURES = 11, 18, 20
_CARD_WORDS = re.compile(r"银行|卡号|账号|帐号|账户|开户|汇款|转账|农商行|信用社")
_OFFICE = re.compile(r"办公电话|监督电话|咨询电话|投诉电话|举报电话|值班电话|服务电话|热线|办公室电话|传真")
_CONTACT = re.compile(r"联系|电话|咨询|疑问|地址|邮编")
_PERSON = re.compile(
    r"申请人|当事人|原告|群众|村民|居民|市民|投诉人|举报人|信访人|上诉人|先生|女士|同志|联系人|身份证"
)


class Leak(NamedTuple):
    """One piece of personal data: its kind, where it stands, and the form in which it may be shown.

    ``number``: the number or name itself, figures alone however it was spelled; never shown.
    """

    kind: str
    hit: Hit
    level: Level = Level.ERROR
    number: str = ""


def is_identity_number(number: str, last_year: int = 2100) -> bool:
    """Whether 18 characters are an identity number: region, birth date and check digit (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dXx]", number) or number[:2] not in _REGIONS:
        return False
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not (1900 <= year <= last_year and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK[total % 11] == number[17].upper()


def is_old_identity_number(number: str) -> bool:
    """Whether 15 figures can be an identity number as issued until 1999: region and birth date of the 1900s.

    It has no check digit: of numbers that are anything else, one in a hundred looks like it.
    """
    if not re.fullmatch(r"\d{15}", number) or number[:2] not in _REGIONS:
        return False
    month, day = int(number[8:10]), int(number[10:12])
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def passes_luhn(number: str) -> bool:
    """The check digit of bank cards (GB/T 14504)."""
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_card(number: str, before: str) -> bool:
    if not 16 <= len(number) <= 19 or not passes_luhn(number) or len(set(number)) < 4:
        return False
    if _CARD_WORDS.search(before):
        return number[0] in "3456"
    return number.startswith("62") and len(number) in {16, 19}


def _mobile_level(section: Section, start: int, end: int) -> Level | None:
    """How grave a mobile number is: None where it is stated as an office's, information in the head note."""
    left, right = sentence_span(section.text, start, end)
    words = section.text[max(left, start - 60) : right]
    if _PERSON.search(words):
        return Level.ERROR
    if _OFFICE.search(words):
        return None
    contact = _CONTACT.search(words) is not None
    of_office = section.key == "head" or re.search(r"疑问|地址|邮编|办公室", words) is not None
    return Level.INFO if contact and of_office else Level.ERROR


def _numbers(section: Section, last_year: int) -> Iterator[Leak]:
    text = section.text
    for run in _RUN.finditer(text):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _GROUP.finditer(run[0])]
        if _TOUCHED_BEFORE.search(text[max(0, run.start() - 1) : run.start()]):
            del groups[0]
        if groups and _TOUCHED_AFTER.match(text[run.end() : run.end() + 4]):
            del groups[-1]
        first = 0
        while first < len(groups):
            leak, used = _beginning_at(section, groups[first : first + _MOST_GROUPS], last_year)
            if leak:
                yield leak
            first += used


def _beginning_at(section: Section, groups: list[tuple[int, int]], last_year: int) -> tuple[Leak | None, int]:
    """The number that begins with the first of these groups, the longest first; how many groups it takes.

    A number may stand among others, as in the row of a table: 2024 110101… 138…. In more than five groups
    only an identity number is written.
    """
    start = groups[0][0]
    lengths = list(accumulate(end - begin for begin, end in groups))
    for count in range(len(groups), 0, -1):
        length, end = lengths[count - 1], groups[count - 1][1]
        fits = length == _IDENTITY or (count <= _MOST_OF_OTHERS and _SHORTEST <= length <= _MOST_FIGURES)
        if fits and (leak := _classify(section, start, end, last_year)):
            return leak, count
    return None, 1


def _classify(section: Section, start: int, end: int, last_year: int) -> Leak | None:
    written = unicodedata.normalize("NFKC", section.text[start:end])
    number = re.sub(r"[^0-9Xx]", "", written)
    before = section.text[max(0, start - 20) : start]
    if len(number) == _IDENTITY and is_identity_number(number, last_year):
        if _NOT_PERSONAL.search(before) and not _IDENTITY_WORDS.search(before):
            return None
        shown = f"{number[:3]}{'*' * 13}{number[-2:]}"
        return Leak("身份证号", Hit(section, start, end, shown), number=number.upper())
    mobile, old = _MOBILE.fullmatch(written), is_old_identity_number(number) and _OLD.fullmatch(written)
    if not (mobile or old or _CARD.fullmatch(written)):
        return None
    after, named = section.text[end : end + 4], old and _IDENTITY_WORDS.search(before)
    touched = _LETTER_BEFORE.search(before) or _LETTER_AFTER.match(after)
    if touched or _COUNTED.match(after) or (_NOT_PERSONAL.search(before) and not named):
        return None
    if old:
        shown = f"{number[:3]}{'*' * 10}{number[-2:]}"
        return Leak("身份证号", Hit(section, start, end, shown), number=number)
    return _mobile(section, start, end, number[-11:]) if mobile else _card(section, start, end, number)


def _mobile(section: Section, start: int, end: int, number: str) -> Leak | None:
    level = _mobile_level(section, start, end)
    masked = f"{number[:3]}****{number[-4:]}"
    return Leak("手机号码", Hit(section, start, end, masked), level, number) if level else None


def _card(section: Section, start: int, end: int, number: str) -> Leak | None:
    if not passes_luhn(number):  # before the sentence is looked for, which takes longer
        return None
    left, right = sentence_span(section.text, start, end)
    if not _is_card(number, section.text[max(left, start - 40) : min(right, end + 10)]):
        return None
    return Leak("银行卡号", Hit(section, start, end, "*" * (len(number) - 4) + number[-4:]), number=number)


#: Found by their last character, so that the search can leap to it.
_ROLE = (
    r"[人告](?:(?<=申请人)|(?<=原告)|(?<=上诉人)|(?<=第三人)|(?<=当事人)|(?<=投诉人)|(?<=举报人)"
    r"|(?<=信访人)|(?<=被征收人)|(?<=起诉人))"
)
_SURNAME = "|".join(sorted(SURNAMES, key=len, reverse=True))
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_ROLES = re.compile(
    rf"{_ROLE}(?:姓名)?(?P<mark>\s*[：:为系]\s*|[“（(]|\s*)(?P<name>(?:{_SURNAME}){_GIVEN}?)"
    r"(?=[，,。；;、）)”\s（(]|$|等\d*[人名]|向|于\s*\d|申请|不服|诉|提出|提起|要求|因|与|认为|男|女|身份证|电话|的(?:申请|政府信息))"
)
_SUES = re.compile(r"诉(?=[\u4e00-\u9fff]{2,24}(?:政府|局|厅|委|办事处|案))")
_PLAINTIFF = re.compile(rf"(?:^|[，。；、：:“（(\s理了\d])((?:{_SURNAME}){_GIVEN}?)$")
_FUNCTION = frozenset(
    "的了在是和与及以已不可有无应须需等对将被所其该各并或为从到由向于申请提要因诉投起上败胜控告撤败二"
)


_TITLES = ("先生", "女士", "同志", "老师", "师傅")
_NEXT_NAME = re.compile(rf"、((?:{_SURNAME}){_GIVEN}?)(?=[，,。；;、（(）)等不向诉]|$)")


def _surname_of(name: str) -> str:
    return name[:2] if name[:2] in SURNAMES and len(name) > 2 else name[:1]


def _is_name(name: str) -> bool:
    given = name[len(_surname_of(name)) :]
    if "某" in name or not given or given in _TITLES or name in NOT_NAMES or name[:2] in NOT_NAMES:
        return False
    return not any(character in _FUNCTION for character in given)


def _names(section: Section) -> Iterator[Leak]:
    text = section.text
    found = [(first["name"], first.start("name")) for first in _ROLES.finditer(text)]
    for sues in _SUES.finditer(text):
        before = _PLAINTIFF.search(text[max(0, sues.start() - 5) : sues.start()])
        if before:
            found.append((before[1], sues.start() - len(before[1])))
    for name, start in dict.fromkeys(found):
        yield from _series(section, name, start)


def _series(section: Section, name: str, start: int) -> Iterator[Leak]:
    """A name and those listed after it: 李小明、陈大文."""
    while _is_name(name):
        surname, end = _surname_of(name), start + len(name)
        masked = surname + "某" * (len(name) - len(surname))
        yield Leak("申请人、当事人姓名", Hit(section, start, end, masked), number=name)
        following = _NEXT_NAME.match(section.text, end)
        if following is None:
            return
        name, start = following[1], following.start(1)


def leaks(section: Section, last_year: int) -> Iterator[Leak]:
    """All personal data in a section's text."""
    yield from _numbers(section, last_year)
    yield from _names(section)


@rule(
    "PII-LEAK",
    title="泄露个人信息",
    level=Level.ERROR,
    law=_PRIVACY,
    fires="正文出现身份证号（18位的校验码正确，15位的地区和出生日期存在）、个人手机号码、银行卡号，或者申请人、当事人的姓名；报告里只显示遮盖后的号码",
    silent="办公电话、统一社会信用代码、索引号等编号、已遮盖的号码和姓名（张某、138****0000）；开头说明里作为办公联系方式的手机号码只作说明",
)
def leak(rule: Rule, context: Context) -> Iterator[Finding]:
    """Numbers and names that identify a private person stand in the text (one finding for each kind)."""
    report = context.report
    last_year = (report.year or 2099) + 1
    kinds: dict[tuple[Level, str], list[Hit]] = {}
    for section in prose(report):
        for found in leaks(section, last_year):
            kinds.setdefault((found.level, found.kind), []).append(found.hit)
    for (level, kind), hits in kinds.items():
        shown = listing(f"{part_name(hit.section.key)}{hit.note}" for hit in hits)
        if level is Level.INFO:
            message = f"联系方式用了手机号码：{shown}。请确认是公务号码，建议改用办公室固定电话"
        else:
            message = (
                f"出现{kind}{len(hits)}处（已遮盖显示）：{shown}。请删除或遮盖后再公布；"
                "已公布的请立即撤下更换"
            )
        yield one_finding(rule, hits, message, level=level, found=[hit.note for hit in hits])
