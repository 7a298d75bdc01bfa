"""How large a file may be: one limit for the worker that opens it, the readers and the site."""

from gongkai.kernel import UnreadableError

MEGABYTE = 1 << 20
#: A larger file is refused unread.
LARGEST_FILE = 64 * MEGABYTE


def refuse_size(size: int, most: int = LARGEST_FILE) -> None:
    """Raise UnreadableError (code ``too-large``) where ``size`` bytes are more than ``most``."""
    if size > most:
        raise UnreadableError(
            f"文件有 {-(-size // MEGABYTE)} MB，超过 {most // MEGABYTE} MB，没有读取",
            remedy="年度报告通常只有几 MB，请检查是否选错了文件，或压缩其中的图片",
            code="too-large",
        )
