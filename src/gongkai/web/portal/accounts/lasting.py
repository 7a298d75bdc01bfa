"""How long things last, in words."""

from datetime import timedelta


def words(lasts: timedelta) -> str:
    """2小时, 15分钟."""
    minutes = lasts // timedelta(minutes=1)
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
