"""Templates that an office edits in Word: their fields, filling them, and the PDF LibreOffice makes of it."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from threading import Lock
from typing import Any, Final

from gongkai.documents.paper import printable
from gongkai.kernel import GongkaiError
from gongkai.kernel import office as kernel_office

_SECONDS: Final = 60
#: A template's parts together, unpacked; letterheads with their pictures are far below.
_UNPACKED: Final = 50 * 2**20
#: Held while a file is converted.
_TURN: Final = Lock()
#: A paragraph that is one field, perhaps behind its label: 联系电话：{{ 联系电话 }}.
_LABELLED: Final = re.compile(r"\s*(?:[^{}：:。]{0,20}[：:])?\s*\{\{\s*(\w+)\s*\}\}\s*")
#: Parts that hold what no field list shows and no check reads: other documents, and programs.
_ODD_PARTS: Final = ("/aFChunk", "/subDocument", "/control")
#: What Word notes of a file beside its text: who made and changed it, where they work, how it looked.
_ABOUT_THE_FILE: Final = ("/extended-properties", "/custom-properties", "/thumbnail")
_FOOTNOTES: Final = "wordprocessingml.footnotes+xml"
#: What an expression somebody wrote into a template can end in, beside faults of the template language.
_FAULTS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class TemplateError(GongkaiError):
    """A template that cannot be used, or not be filled."""

    code = "template"


def fields(template: bytes) -> frozenset[str]:
    """The names between double braces, also in footnotes. Raises TemplateError for what is no template."""
    from jinja2 import TemplateError as SyntaxFault
    from jinja2 import meta

    document, plain = _open(template), _plain()
    try:
        found = set(document.get_undeclared_template_variables(plain))
        for notes in _footnotes(document):
            found |= meta.find_undeclared_variables(plain.parse(notes))
        return frozenset(found)
    except SyntaxFault as fault:
        raise TemplateError(
            f"模板中的字段写法有误：{fault}", remedy="字段写作 {{ 字段名 }}，两边各两个花括号"
        ) from fault


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """The DOCX with each field in its place; what is filled in is text and never markup or a field.

    A paragraph that is a label and one field is left out where the field is empty: no label stands bare. Each
    line of a field is a paragraph like the one it stands in, indented as that is.
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
    _forget_who_wrote_it(document)
    for paragraph in list(document.docx.paragraphs):
        alone = _LABELLED.fullmatch(paragraph.text)
        if alone and not values[alone[1]].strip():
            paragraph._element.getparent().remove(paragraph._element)  # noqa: SLF001 - docx has no way of its own
    try:
        said = {name: _paragraphs(text) for name, text in values.items()}
        document.render(said, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    except (RenderFault, *_FAULTS) as fault:
        raise TemplateError(
            f"模板不能填写：{fault}", remedy="模板中只写字段，不写计算；请对照字段表修改"
        ) from fault
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraphs(text: str) -> str:
    """A text of several lines with the sign that docxtpl begins a paragraph at."""
    return "\a".join(line for line in map(printable, text.splitlines()) if line.strip())


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


def _footnotes(document: Any) -> Iterator[str]:
    """The parts with footnotes, as they are filled in."""
    for part in document.docx.part.package.iter_parts():
        if part.content_type.endswith(_FOOTNOTES):
            yield document.patch_xml(part.blob.decode("utf-8"))


def _forget_who_wrote_it(document: Any) -> None:
    """The letter is the agency's: who wrote its template, and for whom they work, is nobody's business.

    What stands there is filled in like the text, and unlike the text nobody has looked at it.
    """
    properties = document.docx.core_properties
    title = properties.title
    element = properties._element  # noqa: SLF001 - python-docx has no way to remove a property
    for child in list(element):
        element.remove(child)
    properties.language = "zh-CN"
    properties.title = "" if "{" in title else title
    relations = document.docx.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith(_ABOUT_THE_FILE)]:
        del relations[key]


def _refuse_odd(package: zipfile.ZipFile) -> None:
    """What a letter's template has no need of, and what harms whoever opens or converts it."""
    if sum(part.file_size for part in package.infolist()) > _UNPACKED:
        raise TemplateError(f"模板解开后超过{_UNPACKED // 2**20}MB", remedy="请去掉大的图片后另存")
    for name in package.namelist():
        if name.endswith("vbaProject.bin"):
            raise TemplateError("模板含有宏", remedy="请另存为不含宏的 DOCX")
        if name.endswith(".rels"):
            _refuse_relations(package.read(name))


def _refuse_relations(relations: bytes) -> None:
    """What is fetched when the file is opened, links to click on are not; and other files within the file."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for one in etree.fromstring(relations, parser):
        kind = one.get("Type", "")
        if one.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
            raise TemplateError(
                "模板链接了外部的图片、模板或对象", remedy="请把图片直接插入文件，取消链接后另存"
            )
        if kind.endswith(_ODD_PARTS):
            raise TemplateError("模板中嵌有其他文件或控件", remedy="请把其中的文字直接写入模板后另存")


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
    return kernel_office.program()


def to_pdf(docx: bytes, *, wait: float = _SECONDS) -> bytes | None:
    """The DOCX as LibreOffice prints it; None where it is not installed or does not answer.

    A process converts one file at a time, or some requests would take the machine from everybody; None where
    the turn has not come within ``wait`` seconds.
    """
    program = office()
    if program is None or not _TURN.acquire(timeout=wait):
        return None
    try:
        return kernel_office.convert(program, docx, "docx", "pdf", seconds=_SECONDS)
    except OSError:  # the time is over, too
        return None
    finally:
        _TURN.release()
