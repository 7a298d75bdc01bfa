"""A gateway for development and the demo: each message becomes a file, and nothing leaves the machine."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from gongkai.web.common.sms import templates


@dataclass(frozen=True, slots=True)
class FileGateway:
    """Writes ``FOLDER/KEY.txt``: the number, then the text. The same key again writes the same file."""

    folder: str
    once: ClassVar[bool] = True

    def faults(self) -> list[str]:
        """None: it takes any text."""
        return []

    def send(self, number: str, template: str, values: Mapping[str, str], *, key: str) -> str:
        """Write it; the file's name."""
        folder = Path(self.folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, temporary = folder / f"{key}.txt", folder / f".{key}"
        text = templates.of(template).text.format_map(values)
        temporary.write_text(f"{number}\n{text}\n", encoding="utf-8")
        os.replace(temporary, path)  # noqa: PTH105 - Path.replace is the same; this says it is atomic
        return path.name
