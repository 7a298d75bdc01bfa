"""Taking over a new year's holidays from a file, in one step."""

import json
from collections.abc import Iterator
from pathlib import Path

from gongkai.law.arrangement import Arrangement, ArrangementError, parse
from gongkai.law.calendar import FOLDER_VARIABLE, imported_folder, published


def import_year(text: str, *, place: str = "", folder: Path | None = None) -> Arrangement:
    """Examine a year's arrangement (TOML or JSON), store it, and use it from now on.

    It may add the year after the last published one, or replace a year that is there. Raises ArrangementError
    with what is wrong, also where the folder cannot be written; then nothing is stored.
    """
    arrangement = parse(text, place=place)
    published().with_year(arrangement)
    folder = folder or imported_folder()
    target = folder / f"{arrangement.year}.toml"
    draft = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(dump(arrangement), encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        raise ArrangementError(
            f"不能写入（{error.strerror}）",
            place=str(folder),
            remedy=f"请检查文件夹的权限，或用 {FOLDER_VARIABLE} 另指一个",
        ) from error
    return arrangement


def dump(arrangement: Arrangement) -> str:
    """The arrangement as the TOML that :func:`gongkai.law.arrangement.parse` reads."""
    return "\n".join(_lines(arrangement))


def _lines(arrangement: Arrangement) -> Iterator[str]:
    yield f"notice = {_text(arrangement.notice)}"
    yield f"from = {arrangement.year}-01-01"
    yield f"until = {arrangement.year}-12-31"
    yield f"source = {_text(arrangement.source)}"
    yield f"make_up = [{', '.join(day.isoformat() for day in arrangement.make_up)}]"
    if arrangement.holidays and not any(holiday.name for holiday in arrangement.holidays):
        days = (day.isoformat() for holiday in arrangement.holidays for day in holiday.days())
        yield f"holiday = [{', '.join(days)}]"
        return
    for holiday in arrangement.holidays:
        yield ""
        yield "[[holiday]]"
        yield f"name = {_text(holiday.name or '节假日')}"
        yield f"from = {holiday.start}"
        yield f"until = {holiday.end}"
        if holiday.notice != arrangement.notice:
            yield f"notice = {_text(holiday.notice)}"


def _text(value: str) -> str:
    """A TOML basic string; its escapes are those of JSON, save for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
