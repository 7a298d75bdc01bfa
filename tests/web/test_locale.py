"""What users see is Chinese: our catalogue fills what the CMS's own lacks, and is compiled."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.utils import translation

from gongkai import web
from gongkai.web.applications.forms.workbench import NoteForm

OURS = Path(web.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"
CMS = Path(wagtail.__file__).parent
PARTS = ("", "admin", "documents", "images", "users", "snippets", "sites", "search", "embeds")
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def sources(domain: str) -> list[Path]:
    folders = [CMS / part / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for part in PARTS]
    return [path for path in folders if path.exists()]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_text_of_the_cms_is_without_chinese(domain: str) -> None:
    ours = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(OURS / f"{domain}.po"))}
    missing = []
    for source in sources(domain):
        theirs = Path(str(source).replace("/en/", "/zh_Hans/"))
        have = (
            {(e.msgctxt, e.msgid) for e in polib.pofile(str(theirs)) if e.translated()}
            if theirs.exists()
            else set()
        )
        wanted = {(e.msgctxt, e.msgid) for e in polib.pofile(str(source)) if not e.obsolete}
        missing += sorted(str(key) for key in wanted - have - ours)
    assert sources(domain)
    assert missing == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_is_put_into_a_text_is_put_into_its_translation(domain: str) -> None:
    for entry in polib.pofile(str(OURS / f"{domain}.po")):
        text = entry.msgstr or entry.msgstr_plural[0]
        assert text.strip(), entry.msgid
        allowed = set(PLACES.findall(entry.msgid)) | set(PLACES.findall(entry.msgid_plural))
        assert set(PLACES.findall(text)) <= allowed, entry.msgid
        if not entry.msgid_plural:
            assert set(PLACES.findall(text)) == allowed, entry.msgid


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_catalogue_is_that_of_its_source(domain: str) -> None:
    source, compiled = polib.pofile(str(OURS / f"{domain}.po")), polib.mofile(str(OURS / f"{domain}.mo"))
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in source} == {
        e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled
    }


def test_our_catalogue_is_in_force() -> None:
    with translation.override("zh-hans"):
        assert translation.gettext("Search all pages…") == "搜索全部页面…"
        assert translation.ngettext("%(num_pages)d page", "%(num_pages)d pages", 3) == "%(num_pages)d 个页面"


def test_a_form_left_empty_says_what_to_do() -> None:
    form = NoteForm({})
    with translation.override("zh-hans"):
        assert form.errors["text"] == ["这一项没有填写，请填写或选择"]
