import os
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from gongkai.kernel import UnreadableError
from gongkai.report.read import limits, read_document
from gongkai.report.read.limits import Archive, parse_xml
from gongkai.report.sizes import LARGEST_FILE
from tests.report.read.support import code_of, packed, paragraphs


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"Rar!\x1a\x07\x00xxxx", "format"),
        (b"7z\xbc\xaf\x27\x1cxxxx", "format"),
        (b"\x1f\x8b\x08xxxx", "format"),
        (b"\x7fELFxxxx", "format"),
        (b"SQLite format 3\x00xxxx", "format"),
        (b"\0\0\0\x18ftypheic", "format"),
        (b"PK\x05\x06" + b"\0" * 18, "format"),
        (packed({"a.txt": "x", "b.txt": "y"}), "format"),
        (
            packed(
                {"_rels/.rels": '<r><a Type="x/officeDocument" Target="ppt/p.xml"/></r>', "ppt/p.xml": "<a/>"}
            ),
            "format",
        ),
        (b'<?xml version="1.0"?><data><x>1</x></data>', "format"),
        (bytes(range(256)) * 100, "binary"),
    ],
)
def test_what_cannot_be_a_report_is_named(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_the_name_of_the_file_is_only_used_in_messages() -> None:
    assert paragraphs(read_document("政府信息公开".encode(), source="x.pdf")) == ["政府信息公开"]
    with pytest.raises(UnreadableError) as caught:
        read_document(b"", source="某镇/报告.docx")
    assert str(caught.value).startswith("某镇/报告.docx：文件是空的")


def test_a_large_file_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(UnreadableError, match="文件有 65 MB，超过 64 MB，没有读取"):
        read_document(b"%PDF-" + bytes(LARGEST_FILE))
    assert code_of(b"a" * (limits.MAX_TEXT + 1)) == "too-large"


def zeros(size: int, name: str = "word/document.xml") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as entry:
        for _ in range(size >> 20):
            entry.write(b" " * (1 << 20))
    return buffer.getvalue()


def test_a_bomb_is_refused_by_what_it_says_of_itself() -> None:
    assert code_of(zeros(60 << 20)) == "zip-bomb"


def test_a_part_too_large_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_BOMB_SIZE", 1 << 40)
    assert code_of(zeros(20 << 20)) == "too-large"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zeros(45 << 20))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert code_of(bytes(data)) == "truncated"


def test_too_many_entries() -> None:
    assert code_of(packed({f"word/{n}": "" for n in range(limits.MAX_ENTRIES + 1)})) == "zip-bomb"


def test_an_encrypted_archive_is_named() -> None:
    data = bytearray(packed({"word/document.xml": "<a/>"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(data)) == "encrypted"


def test_a_damaged_entry_is_refused() -> None:
    data = bytearray(packed({"word/document.xml": "<a>" + "政府" * 500 + "</a>"}))
    data[60] ^= 0xFF
    assert code_of(bytes(data)) in ("truncated", "xml")


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><x>&j;</x>"
)


@pytest.mark.parametrize(
    "xml",
    [
        LAUGHS,
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "<x>" * 5000,
        "<x>" * 5000 + "</x>" * 5000,
        "<x",
        "",
        "<x>\0</x>",
        "<x>&undefined;</x>",
    ],
)
def test_hostile_xml_is_refused(xml: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_xml(xml.encode())
    assert caught.value.code == "xml"
    assert code_of(packed({"word/document.xml": xml})) == "xml"


def test_an_archive_is_read_by_name() -> None:
    archive = Archive(packed({"a/b.xml": "<x>1</x>"}))
    assert archive.xml("a/b.xml").text == "1"
    with pytest.raises(UnreadableError, match="缺少"):
        archive.read("c.xml")


def test_the_door_opens_without_heavy_libraries() -> None:
    code = (
        "import sys, gongkai.report.read\n"
        "names = ('lxml', 'selectolax', 'python_calamine', 'pdf_oxide', 'numpy', 'openpyxl')\n"
        "heavy = [name for name in names if name in sys.modules]\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
