"""JSON of our own: told apart from text, and loaded with errors a person can act on."""

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

from gongkai.kernel import UnreadableError
from gongkai.report.read.limits import MAX_TEXT
from gongkai.report.sizes import refuse_size

#: An object or a list begins; a text that begins with a bracket does not go on like this.
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:"|\})|\[\s*(?:["{\[\]\d-]|true|false|null))')
_REMEDY = "请使用 gongkai read --json 输出的完整文件"
_DEEPEST = 40
_LONGEST_NUMBER = 30
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def is_json(data: bytes) -> bool:
    """Whether the file is JSON by how it begins."""
    head = data[:200]
    if head.startswith(_WIDE_MARKS):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    return _BEGINS.match(head) is not None


def load(data: bytes) -> Any:
    """The value of a JSON file.

    Raises UnreadableError (code ``json``) where it is cut off, not UTF-8, nested too deeply, or where a key
    stands twice or a number is none (NaN): nothing is chosen for the user.
    """
    refuse_size(len(data), MAX_TEXT)
    try:
        text = data.decode("utf-16" if data.startswith(_WIDE_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        raise _error("不是 UTF-8 编码，或内容已损坏") from None
    if _too_deep(text):
        raise _error("嵌套过深")
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_sized(int),
            parse_float=_sized(float),
        )
    except json.JSONDecodeError as error:
        if text[error.pos :].strip():
            raise _error(f"第 {error.lineno} 行第 {error.colno} 列有语法错误") from None
        raise UnreadableError("JSON 文件不完整，没有收全", remedy=_REMEDY, code="truncated") from None
    except RecursionError:
        raise _error("嵌套过深") from None


def _too_deep(text: str) -> bool:
    """Whether brackets outside of strings are nested too deeply. One report needs eight levels."""
    if text.count("[") + text.count("{") <= _DEEPEST:
        return False
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', text, re.DOTALL):
        mark = token[0]
        if mark in "[{":
            depth += 1
            if depth > _DEEPEST:
                return True
        elif mark in "]}":
            depth -= 1
    return False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _error(f"键“{twice[:60]}”出现了两次")
    return value


def _no_constant(name: str) -> NoReturn:
    raise _error(f"{name} 不是可用的数字")


def _sized(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    def number(digits: str) -> Any:
        if len(digits) > _LONGEST_NUMBER:
            raise _error("数字过长")
        return convert(digits)

    return number


def _error(what: str) -> UnreadableError:
    return UnreadableError(f"JSON 文件{what}", remedy=_REMEDY, code="json")
