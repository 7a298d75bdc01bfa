"""Management commands: ``python -m gongkai.web.manage COMMAND``.

Without DJANGO_SETTINGS_MODULE the settings for development are used, which serve only this machine; a
production machine sets it to ``gongkai.web.settings.production``.
"""

import os
import sys

#: Commands that come before there are any settings: they make what the settings of a server ask for.
_WITHOUT_SETTINGS = frozenset({"generate_keys"})


def main() -> None:
    """Run the command named on the command line; settings that are missing are named, without a traceback."""
    if _WITHOUT_SETTINGS.intersection(sys.argv[1:2]):
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.settings.base"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"设置不全或有误：{error}")


if __name__ == "__main__":
    main()
