"""Keys for a machine that only serves itself: made once, kept beside its data, never the same twice."""

import secrets
from pathlib import Path

from gongkai.web.common import keys

NAMES = ("SECRET_KEY", "ENCRYPTION_KEYS", "HASH_KEYS")


def local_keys(folder: Path) -> dict[str, str]:
    """The keys in ``folder/keys.env``, made on first use and readable by their owner only."""
    path = folder / "keys.env"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = {"SECRET_KEY": secrets.token_urlsafe(50), "ENCRYPTION_KEYS": keys.generate("dev"),
                "HASH_KEYS": keys.generate("dev")}  # fmt: skip
        temporary = path.with_suffix(f".{secrets.token_hex(4)}")
        temporary.touch(mode=0o600)
        temporary.write_text(
            "".join(f"GONGKAI_{name}={value}\n" for name, value in made.items()), encoding="utf-8"
        )
        try:
            path.hardlink_to(temporary)  # the first of two processes that start together wins
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    lines = path.read_text(encoding="utf-8").splitlines()
    found = dict(line.removeprefix("GONGKAI_").split("=", 1) for line in lines if "=" in line)
    return {name: found[name] for name in NAMES}
