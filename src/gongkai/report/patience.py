"""Some steps of reading need minutes, not seconds. Who enforces a time limit may listen for them.

A reader calls ``announce("ocr")`` or ``announce("office")`` just before it begins such a step.
"""

from collections.abc import Callable

_listeners: list[Callable[[str], None]] = []


def listen(listener: Callable[[str], None]) -> None:
    """Call ``listener`` with the name of every slow step from now on."""
    _listeners.append(listener)


def announce(step: str) -> None:
    """Say that a slow step begins: ``ocr`` (characters from a picture) or ``office`` (another program)."""
    for listener in _listeners:
        listener(step)
