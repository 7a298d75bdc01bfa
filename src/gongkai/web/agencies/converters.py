"""Parts of addresses."""

from typing import Any

from gongkai.web.agencies.models import Matter


class MatterConverter:
    """A matter that is signed, by its code; any other word is no address."""

    regex = "|".join(Matter.values)

    def to_python(self, value: str) -> str:
        """The code."""
        return value

    def to_url(self, value: Any) -> str:
        """The code."""
        return str(value)
