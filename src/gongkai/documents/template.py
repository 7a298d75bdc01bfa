"""Templates that an office edits in Word: their fields, filling them, and the PDF LibreOffice makes of it."""

import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

from gongkai.kernel import GongkaiError

_SECONDS: Final = 60
#: Where a file is converted, in the system's folder for such; no conversion takes that many seconds.
_FOLDER: Final = "gongkai-letter-"
_LEFT_OVER: Final = 10 * _SECONDS
#: A template's parts together, unpacked; letterheads with their pictures are far below.
_UNPACKED: Final = 50 * 2**20
#: Held while a file is converted.
_TURN: Final = Lock()
#: A paragraph that is one field, perhaps behind its label: 联系电话：{{ 联系电话 }}.
_LABELLED: Final = re.compile(r"\s*(?:[^{}：:。]{0,20}[：:])?\s*\{\{\s*(\w+)\s*\}\}\s*")
#: What an expression somebody wrote into a template can end in, beside faults of the template language.
_FAULTS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class TemplateError(GongkaiError):
    """A template that cannot be used, or not be filled."""

    code = "template"


def fields(template: bytes) -> frozenset[str]:
    """The names between double braces. Raises TemplateError where the file is no template."""
    from jinja2 import TemplateError as SyntaxFault

    try:
        return frozenset(_open(template).get_undeclared_template_variables(_plain()))
    except SyntaxFault as fault:
        raise TemplateError(
            f"模板中的字段写法有误：{fault}", remedy="字段写作 {{ 字段名 }}，两边各两个花括号"
        ) from fault


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """The DOCX with each field in its place; what is filled in is text and never markup or a field.

    A paragraph that is a label and one field is left out where the field is empty: no label stands bare.
    Raises TemplateError where the template asks for a field that is not there (no letter goes out with a
    gap), and where what else is written in it cannot be worked out.
    """
    from jinja2 import TemplateError as RenderFault
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
    try:
        document.render(dict(values), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    except (RenderFault, *_FAULTS) as fault:
        raise TemplateError(
            f"模板不能填写：{fault}", remedy="模板中只写字段，不写计算；请对照字段表修改"
        ) from fault
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _open(template: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - docxtpl has no types
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(BytesIO(template)) as package:
            _refuse_odd(package)
        document = DocxTemplate(BytesIO(template))
        document.init_docx()
    except (zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise TemplateError(
            "这不是 DOCX 文件，或已损坏", remedy="请在 Word 或 WPS 中打开后另存为 DOCX"
        ) from error
    return document


def _refuse_odd(package: zipfile.ZipFile) -> None:
    """What a letter's template has no need of, and what harms whoever opens or converts it."""
    if sum(part.file_size for part in package.infolist()) > _UNPACKED:
        raise TemplateError(f"模板解开后超过{_UNPACKED // 2**20}MB", remedy="请去掉大的图片后另存")
    for name in package.namelist():
        if name.endswith("vbaProject.bin"):
            raise TemplateError("模板含有宏", remedy="请另存为不含宏的 DOCX")
        if name.endswith(".rels") and _fetches(package.read(name)):
            raise TemplateError(
                "模板链接了外部的图片、模板或对象", remedy="请把图片直接插入文件，取消链接后另存"
            )


def _fetches(relations: bytes) -> bool:
    """Whether a part names something outside that is fetched when it is opened; links to click on are not."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in etree.fromstring(relations, parser)
    )


def _plain() -> Any:
    """An environment that takes fields and conditions: what computes could take the machine's memory."""
    from jinja2 import TemplateSyntaxError, nodes
    from jinja2.sandbox import SandboxedEnvironment

    refused = (
        nodes.BinExpr, nodes.UnaryExpr, nodes.Call, nodes.Filter, nodes.For, nodes.Macro, nodes.Include,
        nodes.Import, nodes.FromImport, nodes.Extends, nodes.Assign, nodes.Concat,
    )  # fmt: skip

    class Plain(SandboxedEnvironment):
        def parse(self, source: str, name: str | None = None, filename: str | None = None) -> nodes.Template:
            tree = super().parse(source, name, filename)
            for node in tree.find_all(refused):
                if not isinstance(node, nodes.And | nodes.Or | nodes.Not):
                    raise TemplateSyntaxError("只能写字段和条件，不能计算或引用其他文件", node.lineno)
            return tree

    return Plain()


def office() -> str | None:
    """The program that makes PDFs of DOCX files; None where none is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(docx: bytes, *, wait: float = _SECONDS) -> bytes | None:
    """The DOCX as LibreOffice prints it; None where it is not installed or does not answer.

    A process converts one file at a time, or some requests would take the machine from everybody; None where
    the turn has not come within ``wait`` seconds.
    """
    program = office()
    if program is None or not _TURN.acquire(timeout=wait):
        return None
    try:
        return _converted(program, docx)
    finally:
        _TURN.release()


def _remove_left_over() -> None:
    """The files of a conversion whose process was killed: letters bear names, nobody else removes them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _LEFT_OVER:
                shutil.rmtree(folder)


def _converted(program: str, docx: bytes) -> bytes | None:
    _remove_left_over()
    with tempfile.TemporaryDirectory(prefix=_FOLDER) as name:
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
