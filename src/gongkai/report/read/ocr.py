"""Pictures by optical recognition (extra ``gongkai[ocr]``)."""

from importlib.util import find_spec

from gongkai.kernel import UnreadableError

HOW_TO_INSTALL = "安装扩展 gongkai[ocr]（pip install 'gongkai[ocr]'）"


def is_installed() -> bool:
    """True if the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def not_installed(message: str) -> UnreadableError:
    """The error for what needs the extra where it is missing."""
    return UnreadableError(message, remedy=f"请{HOW_TO_INSTALL}，或提供带文字的文件", code="needs-ocr")
