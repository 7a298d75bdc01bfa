"""A mail address: one spelling, and nothing a mail's header or a mail server could trip over."""

import re
from typing import Final

from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import half_width

LONGEST: Final = 254
#: Letters, figures and the marks of an atom (RFC 5322, 3.2.3) except the percent sign, which once routed mail
#: on and still hides breaks: no quotation marks, blanks, lists or addresses of machines.
_ATOM: Final = r"[a-z0-9!#$&'*+/=?^_`{|}~-]+"
_LOCAL: Final = rf"{_ATOM}(?:\.{_ATOM})*"
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+(?![0-9]+$){_LABEL}", re.ASCII)


def normal(typed: str) -> str:
    """The address in small letters; the mail goes to this very spelling. Raises ``ActionRefused``.

    Only ASCII: two addresses that look the same, or become the same in small letters, would be one account
    that two people open. Full-width signs, as Chinese keyboards give them, are read as the plain ones.
    """
    half = half_width(typed).strip(" \t")
    if not half:
        raise ActionRefused("没有填写电子邮箱", remedy="请填写您的电子邮箱，如 name@example.cn")
    if not half.isascii():
        raise ActionRefused(
            "电子邮箱只能用英文字母、数字和符号", remedy="暂不支持中文邮箱；不用账号也可以申请和查询"
        )
    address = half.lower()
    if len(address) > LONGEST or len(address.partition("@")[0]) > 64 or not _ADDRESS.fullmatch(address):
        raise ActionRefused("电子邮箱写得不对", remedy="应如 name@example.cn，中间没有空格，一次只写一个")
    return address
