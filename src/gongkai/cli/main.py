"""The entry point: arguments in, exit code out; no error reaches the user as a traceback."""

import io
import os
import sys
import traceback
from collections.abc import Sequence

from gongkai.cli.arguments import parse
from gongkai.cli.screen import Screen
from gongkai.kernel import GongkaiError

UNREADABLE = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: errors found in a report; 2: something could not be read or done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # File names need not be UTF-8; they come out as they went in.
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    options = parse(sys.argv[1:] if arguments is None else arguments)
    screen = Screen(debug=options.debug)
    try:
        code: int = options.run(options, screen)
        sys.stdout.flush()
    except GongkaiError as error:
        screen.error(error)
        return UNREADABLE
    except KeyboardInterrupt:
        screen.note("已中断")
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has stopped; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last stop before the user
        if options.debug:
            traceback.print_exc()
        screen.note(
            f"✗ 程序内部错误（{type(error).__name__}：{error}）。请加 --debug 重新运行，并把输出交给维护人员"
        )
        return UNREADABLE
    return code
