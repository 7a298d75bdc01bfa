import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from gongkai.report import patience
from gongkai.report.read import office, read_document
from gongkai.report.read.ole2 import MAGIC
from tests.report.read.support import code_of, paragraphs, rows, tables


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A document and a workbook in the old formats, as LibreOffice writes them."""
    program = shutil.which("soffice")
    assert program
    folder = tmp_path_factory.mktemp("office")
    document = docx.Document()
    document.add_paragraph("某镇2024年政府信息公开工作年度报告")
    table = document.add_table(2, 3)
    for index, text in enumerate(["规章", "0", "1", "许可", "", "3"]):
        table.cell(index // 3, index % 3).text = text
    document.add_paragraph("三、")
    document.save(str(folder / "a.docx"))
    workbook = openpyxl.Workbook()
    for row in (["规章", 0, 1.5], ["许可", None, 3]):
        workbook.active.append(row)
    workbook.save(folder / "b.xlsx")
    for source, target in (
        ("a.docx", "doc"),
        ("a.docx", "rtf"),
        ("a.docx", "odt"),
        ("b.xlsx", "xls"),
        ("b.xlsx", "ods"),
    ):
        profile = (folder / "profile").as_uri()
        options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
        command = [program, *options, "--outdir", folder, folder / source]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {path.suffix[1:]: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_documents_by_way_of_libreoffice(converted: dict[str, bytes], kind: str) -> None:
    document = read_document(converted[kind])
    assert document.format == kind
    assert paragraphs(document)[0] == "某镇2024年政府信息公开工作年度报告"
    assert rows(tables(document)[0]) == [["规章", "0", "1"], ["许可", "", "3"]]
    assert "LibreOffice" in document.notes[0]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_workbooks(converted: dict[str, bytes], kind: str) -> None:
    document = read_document(converted[kind])
    assert document.format == kind
    assert rows(tables(document)[0]) == [["规章", "0", "1.5"], ["许可", "", "3"]]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "xls", "ods"])
def test_files_cut_off_are_never_read_in_part(converted: dict[str, bytes], kind: str) -> None:
    data = converted[kind]
    for end in (len(data) // 3, len(data) * 2 // 3, len(data) - 600):
        assert code_of(data[:end]) == "truncated"


@pytest.mark.libreoffice
def test_it_says_that_it_will_take_long(converted: dict[str, bytes]) -> None:
    steps: list[str] = []
    patience.listen(steps.append)
    read_document(converted["rtf"])
    assert steps == ["office"]


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert code_of(b"{\\rtf1 text}") == "office-missing"


def test_a_converter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 & wait\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    monkeypatch.setattr(office, "_SECONDS", 0.3)
    assert code_of(b"{\\rtf1 text}") == "time-limit"


def test_a_converter_that_fails_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    assert code_of(b"{\\rtf1 text}") == "office"


def compound(*names: str) -> bytes:
    """A compound file with these names in its directory; no more than the reader looks at."""
    header = bytearray(512)
    header[:8] = MAGIC
    header[30:32] = (9).to_bytes(2, "little")
    header[76:] = b"\xff" * (512 - 76)
    header[76:80] = (0).to_bytes(4, "little")
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * 504
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in names)
    return bytes(header) + table + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (("PowerPoint Document",), "format"),
        (("Something",), "format"),
        (("Workbook",), "truncated"),
    ],
)
def test_other_compound_files(names: tuple[str, ...], code: str) -> None:
    assert code_of(compound(*names)) == code


def test_an_encrypted_word_document_is_named() -> None:
    stream = b"\xec\xa5" + b"\0" * 8 + (0x0100).to_bytes(2, "little")
    assert code_of(compound("WordDocument") + stream.ljust(512, b"\0")) == "encrypted"
