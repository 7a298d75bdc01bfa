"""Management commands: ``python -m gongkai.web.manage COMMAND``.

Without DJANGO_SETTINGS_MODULE the settings for development are used, which serve only this machine; a
production machine sets it to ``gongkai.web.settings.production``.
"""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
