"""Settings that come from the environment, each with a message that says what to do where it is missing."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# FULL: what was acknowledged, such as the receipt of an application, is on disk even when the power fails.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000"


def required(name: str, meaning: str) -> str:
    """The value of a variable, or of the file ``NAME_FILE`` names; raises where both are missing."""
    value = optional(name)
    if not value:
        raise ImproperlyConfigured(
            f"缺少 {name}（{meaning}）。请在环境变量中给出，或把内容写入文件并用 {name}_FILE 给出路径。"
            "密钥用 python -m gongkai.web.manage generate_keys 生成。"
        )
    return value


def optional(name: str, default: str = "") -> str:
    """The value of a variable or of the file ``NAME_FILE`` names, else the default."""
    path = os.environ.get(f"{name}_FILE", "")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A variable that says yes or no; anything but ``1`` and ``0`` raises."""
    value = optional(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} 应为 1 或 0")
    return value == "1"


def listed(text: str) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's settings of a database from ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST:PORT/NAME``.

    SQLite runs in WAL mode and begins each transaction with the write lock, so that two writers wait for each
    other instead of failing in the middle.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:] if parts.path.startswith("//") else unquote(parts.path),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": _PRAGMAS,
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured("数据库地址应为 sqlite:///路径 或 postgresql://用户:密码@主机:端口/库名")
