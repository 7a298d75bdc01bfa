"""Templates that an office edits in Word: their fields, filling them, and the PDF LibreOffice makes of it."""

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from gongkai.kernel import GongkaiError

_SECONDS: Final = 60
#: A paragraph that is one field, perhaps behind its label: 联系电话：{{ 联系电话 }}.
_LABELLED: Final = re.compile(r"\s*(?:[^{}：:。]{0,20}[：:])?\s*\{\{\s*(\w+)\s*\}\}\s*")


class TemplateError(GongkaiError):
    """A template that cannot be used, or not be filled."""

    code = "template"


def fields(template: bytes) -> frozenset[str]:
    """The names between double braces. Raises TemplateError where the file is no template."""
    from jinja2 import TemplateError as SyntaxFault

    try:
        return frozenset(_open(template).get_undeclared_template_variables())
    except SyntaxFault as fault:
        raise TemplateError(
            f"模板中的字段写法有误：{fault}", remedy="字段写作 {{ 字段名 }}，两边各两个花括号"
        ) from fault


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """The DOCX with each field in its place; what is filled in is text and never markup or a field.

    A paragraph that is a label and one field is left out where the field is empty: no label stands bare.
    Raises TemplateError where the template asks for a field that is not there: no letter goes out with a gap.
    """
    from jinja2.sandbox import SandboxedEnvironment

    missing = fields(template) - values.keys()
    if missing:
        raise TemplateError(
            f"模板中有未知的字段：{'、'.join(sorted(missing))}", remedy="请对照字段表修改模板"
        )
    document = _open(template)
    for paragraph in list(document.docx.paragraphs):
        alone = _LABELLED.fullmatch(paragraph.text)
        if alone and not values[alone[1]].strip():
            paragraph._element.getparent().remove(paragraph._element)  # noqa: SLF001 - docx has no way of its own
    document.render(dict(values), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _open(template: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - docxtpl has no types
    from docxtpl import DocxTemplate

    try:
        with zipfile.ZipFile(BytesIO(template)) as package:
            names = package.namelist()
        document = DocxTemplate(BytesIO(template))
        document.init_docx()
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TemplateError("这不是 DOCX 文件", remedy="请在 Word 或 WPS 中另存为 DOCX") from error
    if any(name.endswith("vbaProject.bin") for name in names):
        raise TemplateError("模板含有宏", remedy="请另存为不含宏的 DOCX")
    return document


def office() -> str | None:
    """The program that makes PDFs of DOCX files; None where none is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(docx: bytes) -> bytes | None:
    """The DOCX as LibreOffice prints it; None where it is not installed or does not answer."""
    program = office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="gongkai-letter-") as name:
        folder = Path(name)
        source = folder / "letter.docx"
        source.write_bytes(docx)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
        except (subprocess.SubprocessError, OSError):
            return None
        made = folder / "letter.pdf"
        return made.read_bytes() if made.is_file() else None
