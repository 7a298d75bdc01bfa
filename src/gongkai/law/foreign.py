"""JSON that somebody else wrote: what it cannot be is told in Chinese, with its place."""

import json
from collections.abc import Callable
from typing import Any

from gongkai.kernel import GongkaiError

Pairs = Callable[[list[tuple[str, Any]]], Any]


def parsed(text: str, error: type[GongkaiError], remedy: str, pairs: Pairs | None = None) -> Any:
    r"""The values of a JSON text; ``pairs`` makes an object of its names and values, as in ``json.loads``.

    Raises ``error``, with ``remedy``: no JSON, nested too deeply, a number of thousands of digits, or half a
    character ("\ud800"), which can neither be printed nor stored.
    """
    try:
        values = json.loads(text, object_pairs_hook=pairs)
        json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as found:
        place = f"第{found.lineno}行第{found.colno}列"
        raise error("不是有效的 JSON", place=place, remedy=remedy) from found
    except RecursionError as found:
        raise error("不是有效的 JSON：嵌套过深", remedy=remedy) from found
    except UnicodeEncodeError as found:
        raise error("有不成对的代理字符，不是文字", remedy="请改正以 \\ud 开头的转义") from found
    except ValueError as found:
        raise error("有位数过多的数字", remedy=remedy) from found
    return values
