"""Objects of an OFD page: text to characters with boxes, paths to rules and shaded areas."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.report.read.pdf.page import MAX_RULE_THICKNESS, Box, Char

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The em box stands this far below the baseline (ems).
_DESCENT = 0.12
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_OPERATOR = re.compile(r"([A-Za-z])([^A-Za-z]*)")
#: Numbers that follow each path operator; the last two are the point reached.
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
_WHITE = 250
_LARGEST = 1e6
_MOST_REPEATS = 100_000


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point (x, y) moved."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: "Matrix") -> "Matrix":
        """First this, then ``other``."""
        e, f = other.at(self.e, self.f)
        return Matrix(
            other.a * self.a + other.c * self.b,
            other.b * self.a + other.d * self.b,
            other.a * self.c + other.c * self.d,
            other.b * self.c + other.d * self.d,
            e,
            f,
        )

    @property
    def scale(self) -> float:
        """By how much lengths grow."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def numbers(text: str) -> list[float]:
    """The numbers of an attribute, absurd ones cut."""
    return [max(-_LARGEST, min(_LARGEST, float(found))) for found in _NUMBER.findall(text)]


def _placed(element: "_Element", to_points: Matrix) -> Matrix:
    """From the object's own lengths to points on the page."""
    own = numbers(element.get("CTM") or "")
    box = numbers(element.get("Boundary") or "")
    matrix = Matrix(*own) if len(own) == 6 else Matrix()
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    return matrix.then(Matrix(e=x, f=y)).then(to_points)


def text_chars(element: "_Element", to_points: Matrix) -> Iterator[Char]:
    """The characters of a TextObject in drawing order."""
    matrix = _placed(element, to_points)
    size = (numbers(element.get("Size") or "") or [0.0])[0]
    wide = (numbers(element.get("HScale") or "") or [1.0])[0] or 1.0
    if size <= 0:
        return
    turned = abs(matrix.b) > abs(matrix.a) or (element.get("CharDirection") or "0") not in ("0", "360")
    em = size * matrix.scale
    x = y = 0.0
    for code in element.iterfind("{*}TextCode"):
        text = code.text or ""
        x = (numbers(code.get("X") or "") or [x])[0]
        y = (numbers(code.get("Y") or "") or [y])[0]
        right = list(_steps(code.get("DeltaX"), len(text)))
        down = list(_steps(code.get("DeltaY"), len(text)))
        for index, char in enumerate(text):
            natural = size * wide * (0.5 if char.isascii() else 1.0)
            step_x = right[index] if index < len(right) else (0.0 if down else natural)
            step_y = down[index] if index < len(down) else 0.0
            if char.strip():
                width = min(step_x, natural) if step_x > 0 else natural
                left, base = matrix.at(x, y)
                top, bottom = base - (1 - _DESCENT) * em, base + _DESCENT * em
                yield Char(char, left, top, left + width * matrix.scale, bottom, turned)
            x += step_x
            y += step_y


def _steps(value: str | None, most: int) -> Iterator[float]:
    """Distances from one character to the next; ``g 3 5`` stands for 5 5 5."""
    words = (value or "").split()
    index = count = 0
    while index < len(words) and count < most:
        repeat, step = 1, words[index]
        if step == "g" and index + 2 < len(words):
            repeat = int(words[index + 1]) if words[index + 1].isdecimal() else 0
            step = words[index + 2]
            index += 2
        index += 1
        found = numbers(step)
        for _ in range(min(repeat, most - count, _MOST_REPEATS)):
            yield found[0] if found else 0.0
            count += 1


def path_boxes(element: "_Element", to_points: Matrix, rules: list[Box], shades: list[Box]) -> None:
    """Add the straight strokes of a PathObject to ``rules``, its visible fill to ``rules`` or ``shades``."""
    matrix = _placed(element, to_points)
    data = element.findtext("{*}AbbreviatedData") or ""
    half = (numbers(element.get("LineWidth") or "") or [0.353])[0] * matrix.scale / 2
    strokes = element.get("Stroke") != "false"
    points: list[tuple[float, float]] = []
    for line in _outlines(data, matrix):
        points.extend(line)
        if strokes and half * 2 <= MAX_RULE_THICKNESS:
            for (x0, y0), (x1, y1) in pairwise(line):
                if min(abs(x1 - x0), abs(y1 - y0)) <= 1.0:
                    rules.append(
                        Box(min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half)
                    )
    if element.get("Fill") == "true" and points and not _is_white(element.find("{*}FillColor")):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        thin = min(box.x1 - box.x0, box.y1 - box.y0) <= MAX_RULE_THICKNESS
        (rules if thin else shades).append(box)


def _outlines(data: str, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The corners of each part of a path; curves count by their ends."""
    lines: list[list[tuple[float, float]]] = []
    for operator, rest in _OPERATOR.findall(data):
        values = numbers(rest)
        if operator == "C":
            if lines and lines[-1]:
                lines[-1].append(lines[-1][0])
        elif operator in _OPERANDS and len(values) >= _OPERANDS[operator]:
            count = _OPERANDS[operator]
            point = matrix.at(values[count - 2], values[count - 1])
            if operator in "SM" or not lines:
                lines.append([])
            lines[-1].append(point)
    return lines


def _is_white(color: "_Element | None") -> bool:
    values = numbers(color.get("Value") or "") if color is not None else []
    return len(values) == 3 and min(values) >= _WHITE
