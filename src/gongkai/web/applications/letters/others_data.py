"""Personal data of others in a letter and its files (条例 15), and what of it may lawfully go out.

A pattern cannot know whose a number is. An agency's collecting account and a colleague's office mobile are
nobody's secret; so the handler can say of each number found why it may stand, which stays on record beside
the letter and is shown to whoever signs. What no program can read, a person says to have looked through.
"""

from collections.abc import Iterator

from django.db import transaction

from gongkai.report import api
from gongkai.web.applications.alike import asked_once
from gongkai.web.applications.letters import enclosed_data
from gongkai.web.applications.letters.found import UNREAD, Found, bare, of_offices, own_of
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Clearance, Letter
from gongkai.web.common import keys


def found_in(letter: Letter) -> list[Found]:
    """What of it nobody has accounted for yet, each number once a field or file, in the order of these."""
    return _open(letter, [*_in_words(letter), *enclosed_data.found(letter)])


def problems(letter: Letter) -> Iterator[str]:
    """What keeps the letter from being signed, with what to do."""
    kind, typed = kinds()[letter.kind], typed_of(letter)
    if kind.to != "applicant" and any(name in text for name in _askers(letter) for text in typed.values()):
        yield "文书中写有申请人的姓名或名称：征求意见、协办时不应透露申请人是谁"
    for one in _open(letter, list(_in_words(letter))):
        if one.asker:
            yield f"{one.words}是申请人的，请删除：征求意见、协办时不应透露申请人是谁"
        else:
            yield f"{one.words}不是申请人的，请删除或遮盖；依法可以写入的，请说明理由"
    yield from in_files(letter)


def in_files(letter: Letter) -> Iterator[str]:
    """What keeps its files from going out, with what to do."""
    for name in enclosed_data.waiting(letter):
        yield f"文件“{name}”还没有检查完有没有个人信息，请几分钟后刷新本页"
    for one in _open(letter, list(enclosed_data.found(letter))):
        if one.what != UNREAD:
            yield (
                f"{one.words}不是申请人的：请移除文件，换成删去了的版本（画黑块、改成白字、留着修订都盖不住，文字还在"
                "文件里）；依法可以提供的，请说明理由"
            )
    yield from unread_in_files(letter)


def unread_in_files(letter: Letter) -> Iterator[str]:
    """Which files somebody must look through, since no program can read all of them."""
    for one in _open(letter, list(enclosed_data.found(letter))):
        if one.what == UNREAD:
            yield f"{one.words}：请打开文件逐页查看，没有他人的个人信息或者已经遮盖的，请说明"


def rotate() -> int:
    """Make what knows each number again anew with the hash key in force; how many. For ``rotate_keys``."""
    rows = Clearance.objects.values_list("letter_id", "digest").iterator(chunk_size=1000)
    letters = dict.fromkeys(pk for pk, digest in rows if keys.outdated(digest))
    return sum(_renewed(pk) for pk in letters)


def _renewed(letter_id: int) -> int:
    """What was said of one letter. Of what is not in it any more nothing is known but the old hash: it stays,
    and means nothing.
    """
    with transaction.atomic():
        letter = Letter.objects.select_related("case__applicant").get(pk=letter_id)
        said = [one for one in letter.clearances.select_for_update() if keys.outdated(one.digest)]
        found = [*_in_words(letter), *enclosed_data.found(letter)] if letter.fields else []
        count = 0
        for one in said:
            again = next((hit for hit in found if hit.is_among([one.digest])), None)
            if again is not None:
                one.digest = again.digest
                one.save(update_fields=["digest"])
                count += 1
    return count


def _open(letter: Letter, found: list[Found]) -> list[Found]:
    cleared = set(letter.clearances.values_list("digest", flat=True)) if letter.pk and found else set()
    return [one for one in dict.fromkeys(found) if not one.is_among(cleared)]


def _in_words(letter: Letter) -> Iterator[Found]:
    kind, own = kinds()[letter.kind], own_of(letter.case.applicant)
    labels = _labels(kind)
    for name, text in typed_of(letter).items():
        hits = api.personal.in_text(text)
        office = of_offices(one.number for one in hits) if hits else set()
        for what, masked, _, _, number in hits:
            asker = bare(number) in own
            if asker and kind.to == "applicant":
                continue
            if asker or number not in office:
                yield Found(name, f"“{labels[name]}”中", what, masked, number, asker)


def _labels(kind: LetterKind) -> dict[str, str]:
    """By the name of a field its words, without what stands in brackets after them."""
    return {field.name: field.label.partition("（")[0].partition("，如：")[0] for field in kind.fields}


def _askers(letter: Letter) -> set[str]:
    """Who asked: the applicants, and their agents, of every case the letter is about."""
    shared = asked_once.sharing(letter.consultation) if letter.consultation else ()
    people = [letter.case.applicant, *(one.case.applicant for one in shared)]
    return {name for one in people for name in (one.name, one.agent_name)} - {""}
