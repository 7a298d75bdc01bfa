"""PDF files written operator by operator, for what no layout program writes on purpose."""

from collections.abc import Sequence


def bare_pdf(*contents: bytes, box: Sequence[float] = (0, 0, 595, 842), rotate: int = 0) -> bytes:
    """A file of one page per content stream. Fonts: /F1 Latin, /F2 Chinese by Unicode (:func:`show`)."""
    font = 3 + 2 * len(contents)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * i) for i in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
    ]
    media = b" ".join(b"%g" % v for v in box)
    for i, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Rotate %d/Resources<</Font<</F1 %d 0 R/F2 %d 0 R>>>>"
            b"/Contents %d 0 R>>" % (media, rotate, font, font + 1, 4 + 2 * i)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects += [
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[%d 0 R]>>"
        % (font + 2),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor %d 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>" % (font + 3),
        (
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
            b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
        ),
    ]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(data),
        )
    )


def show(text: str, x: float, y: float, size: float = 12, mode: int = 0) -> bytes:
    """Operators that draw ``text`` with its baseline at (x, y): Latin in /F1, Chinese in /F2."""
    if text.isascii():
        return b"BT %d Tr /F1 %g Tf %g %g Td (%s) Tj ET\n" % (mode, size, x, y, text.encode())
    codes = text.encode("utf-16-be").hex().encode()
    return b"BT %d Tr /F2 %g Tf %g %g Td <%s> Tj ET\n" % (mode, size, x, y, codes)


def grid(xs: Sequence[float], ys: Sequence[float]) -> bytes:
    """Operators that rule all lines of a grid."""
    lines = [b"%g %g m %g %g l S\n" % (xs[0], y, xs[-1], y) for y in ys]
    lines += [b"%g %g m %g %g l S\n" % (x, ys[0], x, ys[-1]) for x in xs]
    return b"0.5 w\n" + b"".join(lines)
