"""A small writer of OFD for the tests: text at places, lines, several pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.report.read.support import packed

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0  # millimetres


@dataclass
class Page:
    objects: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = SIZE, *, grouped: bool = True) -> None:
        """``text`` with its first character's upper left corner at (x, y)."""
        steps = [size * (0.5 if char.isascii() else 1.0) for char in text[:-1]]
        same = len(set(steps)) == 1 and len(steps) > 1
        delta = f"g {len(steps)} {steps[0]:g}" if same and grouped else " ".join(f"{s:g}" for s in steps)
        delta = f' DeltaX="{delta}"' if steps else ""
        self.objects.append(
            f'<ofd:TextObject ID="1" Font="1" Size="{size:g}" Bo'
            f'undary="{x:g} {y:g} {size * len(text):g} {size:g}">'
            f'<ofd:TextCode X="0" Y="{size * 0.88:g}"{delta}>{text}</ofd:TextCode></ofd:TextObject>'
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.objects.append(
            f'<ofd:PathObject ID="2" Boundary="{x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def grid(
        self, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], high: float = 8
    ) -> None:
        """A ruled table; text starts a millimetre inside its cell."""
        right, bottom = x + sum(widths), y + high * len(rows)
        for index in range(len(rows) + 1):
            self.line(x, y + index * high, right, y + index * high)
        at = x
        for width in [0.0, *widths]:
            at += width
            self.line(at, y, at, bottom)
        for index, row in enumerate(rows):
            at = x
            for width, text in zip(widths, row, strict=True):
                if text:
                    self.text(at + 1, y + index * high + 2, text)
                at += width


def written(pages: Sequence[Page], *, template: Page | None = None) -> bytes:
    """The OFD file."""
    entries = {
        "OFD.xml": f"<ofd:OFD {_NS} Version='1.0'><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml"
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    }
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    use = ""
    if template:
        common += '<ofd:TemplatePage ID="t" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        use = '<ofd:Template TemplateID="t"/>'
        entries["Doc_0/Tpls/Tpl_0/Content.xml"] = _content(template, "")
    entries["Doc_0/Document.xml"] = (
        f"<ofd:Document {_NS}><ofd:CommonData>{common}</ofd:Com"
        f"monData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    for number, page in enumerate(pages):
        entries[f"Doc_0/Pages/Page_{number}/Content.xml"] = _content(page, use)
    return packed(entries)


def _content(page: Page, use: str) -> str:
    objects = "".join(page.objects)
    return (
        f"<ofd:Page {_NS}>{use}<ofd:Content><ofd:Layer ID='9'>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
