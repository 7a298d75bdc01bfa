"""A letter as a paper, from the wording of its kind; and the template an agency starts from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from gongkai.documents import Block, Line, Paper, Text
from gongkai.web.applications.letters.kinds import LetterKind
from gongkai.web.applications.letters.values import COMMON

_FIELD: Final = re.compile(r"\{([^{}]+)\}")
_ENCLOSED: Final = "{附件}"
_CONTACT: Final = ("办公地址", "联系电话")


def paper(kind: LetterKind, values: Mapping[str, str], dated: date | None) -> Paper:
    """The letter as printed. A paragraph that names an empty field is left out."""
    blocks: list[Block] = []
    if values.get("文号"):
        blocks.append(Line(values["文号"], "right"))
    blocks.append(Line(f"{values['机关' if kind.fill_in else '收件人']}："))
    for paragraph in kind.paragraphs:
        names = _FIELD.findall(paragraph)
        if paragraph != _ENCLOSED and all(values.get(name) for name in names):
            blocks.extend(_texts(_filled(paragraph, values)))
    contact, enclosed = list(_contact(values)), list(_enclosed(kind, values))
    blocks += [*([Line("")] if kind.fill_in else []), *contact, *enclosed]
    if not kind.fill_in:
        last = 1 if enclosed else len(contact) + 1
        blocks[-last:] = [_kept(block) for block in blocks[-last:]]
        blocks.extend(_signature(values))
    title = kind.name if kind.fill_in else f"{values['机关']}\n{kind.name}"
    return Paper(title, tuple(blocks), author=values["机关"], dated=dated)


def names(kind: LetterKind) -> frozenset[str]:
    """The fields the usual wording of a kind prints."""
    in_words = {name for paragraph in kind.paragraphs for name in _FIELD.findall(paragraph)}
    around = {"机关", "文号", *_CONTACT}
    return frozenset(in_words | around if kind.fill_in else in_words | around | {"收件人", "落款日期"})


def _filled(paragraph: str, values: Mapping[str, str]) -> str:
    """With its fields. Words before a field that its text begins with itself (经查，因) are printed once."""
    first = _FIELD.search(paragraph)
    if first is not None:
        lead = paragraph[: first.start()].rstrip("，：")
        if lead and values[first[1]].lstrip().startswith(lead):
            paragraph = paragraph[first.start() :]
    return _FIELD.sub(lambda found: values[found[1]], paragraph)


def _texts(paragraph: str) -> Iterator[Text]:
    return (Text(line.strip()) for line in paragraph.splitlines() if line.strip())


def _enclosed(kind: LetterKind, values: Mapping[str, str]) -> Iterator[Block]:
    """The files named below all words, a line apart (GB/T 9704, 附件说明)."""
    if _ENCLOSED in kind.paragraphs and values.get("附件"):
        yield Line("", keep=True)
        yield from _texts(values["附件"])


def _contact(values: Mapping[str, str]) -> Iterator[Block]:
    for name in _CONTACT:
        if values.get(name):
            yield Text(f"{name}：{values[name]}")


def _kept(block: Block) -> Block:
    """The last paragraph and what follows it stay with the signature: no seal on a page without words."""
    return replace(block, keep=True) if isinstance(block, Text) else block


def _signature(values: Mapping[str, str]) -> Iterator[Block]:
    yield Line("", keep=True)
    yield Line(values["机关"], "right", keep=True)
    yield Line(values["落款日期"], "right")


def blank(kind: LetterKind) -> Paper:
    """The letter with the names of its fields in double braces: what an agency edits in Word."""
    names = {*COMMON, *(field.name for field in kind.fields)}
    return paper(kind, {name: "{{ " + name + " }}" for name in names}, None)
