"""How much of a file is read at most: sizes, ZIP archives, XML. What goes beyond is refused, not cut.

The worker process limits memory and time for what these limits do not foresee.
"""

from gongkai.kernel import UnreadableError

MEGABYTE = 1 << 20
#: A larger file is refused.
MAX_BYTES = 200 * MEGABYTE


def refuse_size(size: int) -> None:
    """Raise UnreadableError (code ``too-large``) where a file of ``size`` bytes is too large."""
    if size > MAX_BYTES:
        raise UnreadableError(
            f"文件有 {size // MEGABYTE} MB，超过 {MAX_BYTES // MEGABYTE} MB，没有读取",
            remedy="年度报告通常只有几 MB，请检查是否选错了文件",
            code="too-large",
        )
