"""Keys for a machine that only serves itself: made once, kept beside its data, never the same twice."""

import secrets
from pathlib import Path

from gongkai.web.common import keys

NAMES = ("SECRET_KEY", "ENCRYPTION_KEYS", "HASH_KEYS")
#: Letters and digits that are not mistaken for each other.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


def local_keys(folder: Path) -> dict[str, str]:
    """The keys in ``folder/keys.env``."""
    made = {"SECRET_KEY": secrets.token_urlsafe(50), "ENCRYPTION_KEYS": keys.generate("dev"),
            "HASH_KEYS": keys.generate("dev")}  # fmt: skip
    text = _kept(folder / "keys.env", "".join(f"GONGKAI_{name}={value}\n" for name, value in made.items()))
    found = dict(line.removeprefix("GONGKAI_").split("=", 1) for line in text.splitlines() if "=" in line)
    return {name: found[name] for name in NAMES}


def demo_password(folder: Path) -> str:
    """The password of everybody in the demo, in ``folder/demo-password.txt``, in groups of four to type."""
    made = "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(3))
    return _kept(folder / "demo-password.txt", made + "\n").strip()


def _kept(path: Path, made: str) -> str:
    """What the file holds; on first use what was made just now, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{secrets.token_hex(4)}")
        temporary.touch(mode=0o600)
        temporary.write_text(made, encoding="utf-8")
        try:
            path.hardlink_to(temporary)  # the first of two processes that start together wins
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_text(encoding="utf-8")
