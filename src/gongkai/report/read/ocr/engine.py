"""The recognition engine (rapidocr) with the models inside its package: nothing is ever downloaded."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.kernel import UnreadableError

HOW_TO_INSTALL = "安装扩展 gongkai[ocr]（pip install 'gongkai[ocr]'）"
_MODELS = {"Det.model_path": "*det*.onnx", "Rec.model_path": "*rec*.onnx", "Cls.model_path": "*cls*.onnx"}


class Reading(NamedTuple):
    """A recognised line and how sure the engine is of it, 0 to 1."""

    text: str
    score: float


class Area(NamedTuple):
    """A line of text found in a picture, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


def is_installed() -> bool:
    """True if the extra ``gongkai[ocr]`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def not_installed(message: str) -> UnreadableError:
    """The error for what needs the extra where it is missing."""
    return UnreadableError(message, remedy=f"请{HOW_TO_INSTALL}，或提供带文字的文件", code="needs-ocr")


@cache
def _engine() -> Any:
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    models = {}
    for key, pattern in _MODELS.items():
        found = sorted(folder.glob(pattern))
        if not found:
            raise not_installed("文字识别的模型文件缺失")
        models[key] = str(found[0])
    options = {
        **models,
        "Global.log_level": "critical",
        "Global.max_side_len": 6000,
        "Det.limit_type": "max",
        "Det.limit_side_len": 2400,
        "Rec.rec_img_shape": [3, 48, 64],
        "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return rapidocr.RapidOCR(params=options)


def find_lines(picture: Any) -> list[Area]:
    """The lines of text in a picture (numpy array, RGB), top to bottom."""
    engine = _engine()
    if min(picture.shape[:2]) < 16:
        return []
    boxes = engine._load_det_model()(picture).boxes  # noqa: SLF001 - detection alone has no public door
    areas = [] if boxes is None else [_area(box, picture.shape) for box in boxes]
    return sorted((area for area in areas if area.x1 > area.x0 and area.y1 > area.y0), key=lambda a: a[1::-1])


def _area(corners: Any, shape: Sequence[int]) -> Area:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Area(
        max(int(min(xs)), 0),
        max(int(min(ys)), 0),
        min(int(max(xs)) + 1, shape[1]),
        min(int(max(ys)) + 1, shape[0]),
    )


def read_lines(pictures: Sequence[Any]) -> list[Reading]:
    """Recognise pictures of one line each."""
    if not pictures:
        return []
    from rapidocr.ch_ppocr_rec import TextRecInput

    result = _engine()._load_rec_model()(TextRecInput(img=list(pictures)))  # noqa: SLF001 - see above
    return [Reading(str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)]
