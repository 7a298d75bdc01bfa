"""Compile our Chinese messages: ``python scripts/compile_messages.py``.

The CMS's own catalogue lacks about a sixth of its texts in Chinese; what it lacks is in
``src/gongkai/web/locale``. The compiled files are committed beside their sources, so that neither the
installer nor the wheel needs gettext; a test compares the two.
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "src" / "gongkai" / "web" / "locale"


def main() -> None:
    """Write a .mo beside every .po."""
    for source in sorted(LOCALE.rglob("*.po")):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
        print(source.relative_to(LOCALE).with_suffix(".mo"))


if __name__ == "__main__":
    main()
