"""Which characters a PDF's text layer may hold, and which betray a broken one."""

import re
import unicodedata
from collections import Counter

#: Characters of radicals that some fonts map to where the character itself is meant.
_RADICALS = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{
        ord(radical): character
        for radical, character in zip(
            "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
            "母民西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
            strict=True,
        )
    },
}
#: What does not occur in a Chinese official report: letters of other scripts, lost characters, controls.
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\xa0¡-¦¨ª-¯²-¶¸-ÖØ-öø-ʯ\u0400-\u1fff\ufffd\ufffe\uffff]")
_COMMON = frozenset("的公开政府信息年月日和在了工作主动申请行政不为上本一二三四五有对理管机关数件总计")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def unified(text: str) -> str:
    """Text with radicals (⼀, ⻅) as the characters they stand for."""
    return text.translate(_RADICALS) if "\u2e80" <= text <= "\u2fd5" else text


def strange(text: str) -> int:
    """How many characters of ``text`` do not belong into a Chinese report."""
    return len(_STRANGE.findall(text))


def is_garbled(text: str) -> bool:
    """True if a text layer cannot be what is printed: strange characters, or Chinese of no common one."""
    if not text:
        return False
    odd = strange(text)
    if odd > 10 and odd * 25 > len(text):
        return True
    common = sum(map(text.count, _COMMON))
    if common * 25 >= len(text):
        return False
    chinese = len(_CHINESE.findall(text))
    return chinese > 80 and common * 25 < chinese


def characters(text: str) -> Counter[str]:
    """Characters of a text with their number, spaces and marks of the engine left out."""
    return Counter(c for c in text.translate(_RADICALS) if c > " " and c not in "\u00a0\u00ad\u3000\ufffe")


def digits(counted: Counter[str]) -> dict[str, int]:
    """The digits among counted characters."""
    return {c: n for c, n in counted.items() if c.isdecimal()}
