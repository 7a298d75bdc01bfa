"""The command output in the READMEs and the guide is real: ``--write`` runs each command again, ``--check``
compares.

A block is a fenced ``console`` block whose first line is ``$ command``; what follows is what the command
prints on both streams. A last line ``…`` says that only the beginning is shown. Where a command ends with a
code other than 0, a line ``(exit code N)`` closes the block. The commands of a document run one after another
in one folder, which holds ``samples``. A block ``python NAME.py`` is saved there under its name, and
``<!-- run: command -->`` prepares what the next block needs.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/guide/*.md")
_BLOCK = re.compile(
    r"(?P<open>^```console\n\$ (?P<command>[^\n]+)\n)(?P<output>.*?)(?P<close>^```$)"
    r"|^```python (?P<name>\S+\.py)\n(?P<program>.*?)^```$"
    r"|^<!-- run: (?P<quiet>[^\n]+) -->$",
    re.MULTILINE | re.DOTALL,
)
_CUT = "…"


def run(command: str, folder: Path) -> list[str]:
    """The lines a command prints, with its exit code where it is not 0."""
    scripts = sysconfig.get_path("scripts")
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return [*lines, f"(exit code {done.returncode})"] if done.returncode else lines


def renewed(text: str, folder: Path) -> str:
    """A document with the output of each command as it is today."""

    def replace(match: re.Match[str]) -> str:
        if match["name"]:
            (folder / match["name"]).write_text(match["program"], encoding="utf-8")
            return match[0]
        if match["quiet"]:
            if lines := run(match["quiet"], folder):
                raise SystemExit(f"{match['quiet']}: {lines[-1]}")
            return match[0]
        old = match["output"].splitlines()
        new = run(match["command"], folder)
        if old and old[-1] == _CUT and len(old) - 1 < len(new):
            new = [*new[: max(len(old) - 1, 1)], _CUT]
        return match["open"] + "\n".join(new) + "\n" + match["close"]

    return _BLOCK.sub(replace, text)


def main(arguments: list[str]) -> int:
    """``--check`` (0: up to date, 1: not) or ``--write``."""
    stale = []
    for path in (path for pattern in DOCUMENTS for path in sorted(ROOT.glob(pattern))):
        old = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            # Commands may write beside the samples, never into the repository.
            (Path(folder) / "samples").symlink_to(ROOT / "samples")
            new = renewed(old, Path(folder))
        if new == old:
            continue
        if "--write" in arguments:
            path.write_text(new, encoding="utf-8")
        else:
            stale.append(str(path.relative_to(ROOT)))
    if stale:
        print(
            f"{', '.join(stale)}: command output is not what the commands print; run `make docs`",
            file=sys.stderr,
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
