"""Pictures: opened within limits, set upright, their ruling lines found. Arrays are numpy, RGB or grey."""

import io
import math
from collections.abc import Iterator
from typing import Any

from gongkai.kernel import UnreadableError

#: Pixels of one picture, and pictures (pages) of one file, at most.
MAX_PIXELS = 60_000_000
MAX_PAGES = 60
#: Text is recognised at about this many pixels to the width of a page; larger pictures are made smaller.
_WIDTH = 2000
#: A page as wide as A4 (points), for places in a picture that tells no size.
A4_WIDTH = 595.0


def open_pages(data: bytes) -> Iterator[Any]:
    """The pages of a picture file as RGB arrays, turned as the camera says.

    Raises UnreadableError: damaged, cut off, or too large.
    """
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            count = getattr(picture, "n_frames", 1)
            if count > MAX_PAGES:
                raise _too_large(f"图片有 {count} 页，超过 {MAX_PAGES} 页")
            for index in range(count):
                picture.seek(index)
                if picture.width * picture.height > MAX_PIXELS:
                    raise _too_large(f"图片有 {picture.width}×{picture.height} 像素")
                page = ImageOps.exif_transpose(picture)
                yield np.asarray(_on_white(page))
    except UnreadableError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(f"图片超过 {MAX_PIXELS // 10_000} 万像素") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableError(
            "图片文件已损坏或不完整，不能打开", remedy="请重新下载或重新扫描", code="damaged"
        ) from error


def _on_white(picture: Any) -> Any:
    """The picture without transparency."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        picture = ground
    return picture.convert("RGB")


def _too_large(message: str) -> UnreadableError:
    return UnreadableError(
        f"{message}，不像一份年度报告，没有读取", remedy="请缩小图片或分页提供", code="too-large"
    )


def sized(picture: Any) -> tuple[Any, float]:
    """The picture at a size good for recognition, and how many of its pixels make one of the original."""
    import cv2

    height, width = picture.shape[:2]
    scale = min(max(_WIDTH / max(width, 1), 0.3), 3.0)
    if width >= 0.7 * _WIDTH and width <= 1.5 * _WIDTH:
        scale = 1.0
    if scale == 1.0:
        return picture, 1.0
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=way), scale


def ink_of(picture: Any) -> Any:
    """A mask (uint8, 255 = ink) of what is drawn on the paper."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)


def straightened(picture: Any) -> Any:
    """The picture turned by the few degrees its long horizontal lines are off."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    found = cv2.HoughLinesP(
        ink_of(picture), 1, math.pi / 1800, 200, minLineLength=width // 5, maxLineGap=width // 100
    )
    if found is None:
        return picture
    angles = [
        math.degrees(math.atan2(y1 - y0, x1 - x0)) for x0, y0, x1, y1 in np.asarray(found).reshape(-1, 4)
    ]
    flat = sorted(angle for angle in angles if abs(angle) < 8)
    if not flat or abs(flat[len(flat) // 2]) < 0.08:
        return picture
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), flat[len(flat) // 2], 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
