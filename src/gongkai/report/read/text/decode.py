"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030. What was garbled before is named, not repaired.

A garbled character is harmless beside the figures; a garbled file is not. So up to :data:`FEW` lost
characters become a note, and more refuse the file.
"""

import re
from typing import NamedTuple

from gongkai.kernel import UnreadableError

#: Lost characters up to this number are noted; a file with more is refused.
FEW = 10
#: ... and this share of the text.
_FEW_SHARE = 0.005

#: Large files are looked at by their beginning first.
_PROBE = 1 << 16

_AGAIN = "请重新下载或重新导出完整的文件"
_REMEDY = "请用原始文件，或在原软件中重新另存为 UTF-8 编码"
#: Words nearly every document of an agency has; a text with one of them was decoded rightly.
_SURE = re.compile("政府|公开|信息|单位|机关|年度|网站|首页|登录|通知")
_COMMON = frozenset(
    "的一是在有和为本年日月不人大中上了以及等对第二三四五"
    "工作信息公开政府申请行政机关情况数件未无其他条项结果总计"
)
_LOST = re.compile(r"\ufffd+|(?:锟斤拷)+|(?:ï¿½)+|烫烫烫+|屯屯屯+")
#: UTF-8 shown as Western European: a lead byte and its followers, each as a letter of that code page.
_AS_WESTERN = re.compile("(?:[\u00e2-\u00ef][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2})+")
#: One pass that finds nothing in a clean text: the first letters of all that is looked for below.
_SUSPECT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\u00e2-\u00ef\ufffd锟烫屯]")
#: What garbled texts have, and the first byte of U+00C0 to U+00FF, the letters of the Western code pages.
_MARKS = ("\ufffd", "锟", "烫", "屯", "\x80", "\x9d")
_WESTERN_BYTE = 0xC3
_MARK = b"\xef\xbb\xbf"
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


class Decoded(NamedTuple):
    """The text without its byte-order mark, the encoding found, and Chinese notes on lost characters.

    ``utf8`` is the text in UTF-8 where the file held just that, else empty.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    utf8: bytes = b""


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of ``data``; ``declared`` is what the file says of its own encoding (may be wrong).

    Raises UnreadableError (codes ``encoding``, ``mojibake``, ``truncated``, ``binary``).
    """
    text, encoding = _decode(data, declared)
    if encoding == "UTF-8" and _is_clean(data, text) and _SURE.search(text):
        return Decoded(text, encoding, (), data.removeprefix(_MARK))
    return Decoded(text, encoding, _examine(text, encoding))


def _is_clean(data: bytes, text: str) -> bool:
    """Whether UTF-8 holds nothing that a garbled text has.

    A character is found fastest in the text, a byte in the data: searched for one by one they take a tenth
    of the time that a search for all at once does.
    """
    if _WESTERN_BYTE in data or any(mark in text for mark in _MARKS):
        return False
    return not any(control in data for control in _CONTROL_BYTES)


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    marked = _by_mark(data)
    if marked:
        return marked
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        failure = error
    if b"\x00" in data:
        raise _without_mark(data)
    if len(data) > _PROBE:
        _refuse_hopeless(data[:_PROBE], declared)
    lenient = data.decode("utf-8", "replace")
    if _is_few(lenient.count("\ufffd"), len(lenient)):
        if failure.end >= len(data) and "unexpected end" in failure.reason:
            raise UnreadableError("文件在一个字的中间断开，没有收全", remedy=_AGAIN, code="truncated")
        return lenient, "UTF-8"
    return _chinese(data, declared)


def _refuse_hopeless(head: bytes, declared: str) -> None:
    """Raise where the beginning of a large file is no text at all, before all of it is decoded."""
    if not _is_few(head.decode("utf-8", "replace").count("\ufffd"), _PROBE):
        _chinese(head[: head.rfind(b"\n") + 1] or head[:-4], declared)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    """By the byte-order mark; None where there is none."""
    for mark, codec, name in (
        (_MARK, "utf-8", "UTF-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32"),
        (b"\xff\xfe", "utf-16-le", "UTF-16"),
        (b"\xfe\xff", "utf-16-be", "UTF-16"),
    ):
        if data.startswith(mark):
            body = data[len(mark) :]
            if name == "UTF-16" and len(body) % 2:
                raise UnreadableError(
                    "UTF-16 编码的文件字节数不完整，没有收全", remedy=_AGAIN, code="truncated"
                )
            return body.decode(codec, "replace"), name
    return None


def _without_mark(data: bytes) -> UnreadableError:
    """Bytes with zeros: the name of the encoding if it is UTF-16 after all."""
    for codec in ("utf-16-le", "utf-16-be"):
        if _SURE.search(data[:20_000].decode(codec, "ignore")):
            return UnreadableError("文件是没有标记（BOM）的 UTF-16 编码", remedy=_REMEDY, code="encoding")
    return _binary()


def _binary() -> UnreadableError:
    return UnreadableError(
        "这不是文本，也不是能识别的文件格式",
        remedy="请提供文本、网页、DOCX、PDF、XLSX 或 OFD 文件",
        code="binary",
    )


def _chinese(data: bytes, declared: str) -> tuple[str, str]:
    """Not UTF-8: GB18030 if it reads as Chinese, else an error that names the likeliest encoding."""
    lenient = data.decode("gb18030", "replace")
    bad = lenient.count("\ufffd")
    # One lost byte shifts the pairs behind it up to the next ASCII character: two such places are enough.
    if bad <= 2 and _reads_as_chinese(lenient):
        return lenient, "GB18030"
    big5 = data.decode("big5hkscs", "replace")
    if _is_few(big5.count("\ufffd"), len(big5)) and _reads_as_chinese(big5):
        raise _unknown("文件是 Big5（繁体中文）编码，不在可读的编码之列")
    if _is_few(bad, len(lenient)) and not declared:
        raise _unknown("文字编码不能识别：按 GB18030 解出的不是通顺的中文")
    said = f"（文件自称 {declared[:20]}）" if declared else ""
    raise _unknown(f"文字编码不能识别{said}：不是 UTF-8、UTF-16 或 GB18030，或内容已损坏")


def _unknown(message: str) -> UnreadableError:
    return UnreadableError(message, remedy=_REMEDY, code="encoding")


def _is_few(bad: int, length: int) -> bool:
    return bad <= FEW and bad <= max(1, length * _FEW_SHARE)


def _reads_as_chinese(text: str) -> bool:
    """Whether the letters are those of Chinese texts; short ones get the benefit of the doubt."""
    if _SURE.search(text):
        return True
    letters = _HAN.findall(text)
    outside = sum(1 for char in text if ord(char) > 0x7F) - len(letters)
    if outside > 2 * len(letters) + 10:
        return False
    return len(letters) < 8 or sum(char in _COMMON for char in letters) >= 0.04 * len(letters)


def _examine(text: str, encoding: str) -> tuple[str, ...]:
    """Notes on lost characters; raises where the text is garbled as a whole."""
    if not _SURE.search(text):
        _refuse_garbled(text)
    if not _SUSPECT.search(text):
        return ()
    controls = len(_CONTROL.findall(text))
    if controls > FEW and controls > 0.01 * len(text):
        raise _binary()
    lost = list(_LOST.finditer(text))
    western = [match for match in _AS_WESTERN.finditer(text) if not match[0].startswith("ï¿½")]
    count = sum(_count_lost(match[0]) for match in lost) + sum(len(match[0]) // 3 for match in western)
    if not count:
        return ()
    if not _is_few(count, len(text)):
        raise UnreadableError(
            f"文字有乱码：约 {count} 个字在以前的编码转换中丢失，无法还原", remedy=_REMEDY, code="mojibake"
        )
    first = (lost or western)[0].start()
    around = text[max(0, first - 8) : first + 8].replace("\n", " ").strip()
    return (f"文中约有 {count} 处乱码（按 {encoding} 解码，第一处在“{around}”），未作修补",)


def _count_lost(piece: str) -> int:
    if piece[0] in "锟ï":
        return max(1, len(piece) // 3)
    return len(piece)


def _refuse_garbled(text: str) -> None:
    """Raise where undoing a known wrong decoding gives Chinese and the text itself does not."""
    sample = text[:20_000]
    if sample.isascii() or len(sample) < 4:
        return
    for codec, name in (("gb18030", "GBK"), ("cp1252", "西文（Latin-1）"), ("latin-1", "西文（Latin-1）")):
        raw = _encode(sample, codec)
        for truth, truth_name in (("utf-8", "UTF-8"), ("gb18030", "GBK")):
            if codec == truth:
                continue
            undone = raw.decode(truth, "ignore")
            if len(_SURE.findall(undone)) >= 1 and not _reads_well(sample):
                raise UnreadableError(
                    f"文字是乱码：像是把 {truth_name} 的文件当作{name}打开后又保存了",
                    remedy=_REMEDY,
                    code="mojibake",
                )


def _encode(text: str, codec: str) -> bytes:
    """Back to bytes; the five holes of Windows-1252 hold the control characters they come from."""
    if codec == "gb18030":
        return text.encode("gb18030", "ignore")
    if codec == "latin-1":
        return text.encode("latin-1", "ignore")
    return b"".join(
        char.encode("latin-1") if char < "\u00a0" else char.encode("cp1252", "ignore") for char in text
    )


def _reads_well(text: str) -> bool:
    letters = _HAN.findall(text)
    return len(letters) >= 8 and sum(char in _COMMON for char in letters) >= 0.1 * len(letters)
