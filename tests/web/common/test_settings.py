import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.web.common import keys
from gongkai.web.settings.environment import database
from gongkai.web.settings.local import local_keys


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.production",
        "GONGKAI_SECRET_KEY": secrets.token_urlsafe(50),
        "GONGKAI_ENCRYPTION_KEYS": keys.generate("k1"),
        "GONGKAI_HASH_KEYS": keys.generate("k1"),
        "GONGKAI_HOSTS": "www.example.gov.cn",
        "GONGKAI_DATA": str(tmp_path),
    }


def manage(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "gongkai.web.manage", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_production_is_clean_for_deployment(environment: dict[str, str]) -> None:
    done = manage(environment, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


@pytest.mark.parametrize(
    "name",
    ["GONGKAI_SECRET_KEY", "GONGKAI_ENCRYPTION_KEYS", "GONGKAI_HASH_KEYS", "GONGKAI_HOSTS", "GONGKAI_DATA"],
)
def test_production_does_not_start_without_its_own(environment: dict[str, str], name: str) -> None:
    del environment[name]
    done = manage(environment, "check")
    assert done.returncode != 0
    assert f"缺少 {name}" in done.stderr
    served = subprocess.run(
        [sys.executable, "-c", "import gongkai.web.wsgi"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.returncode != 0
    assert name in served.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_SECRET_KEY", "short"),
        ("GONGKAI_SECRET_KEY", "a" * 60),
        ("GONGKAI_SECRET_KEY", "django-insecure-" + "0123456789abcdefghij" * 3),
        ("GONGKAI_ENCRYPTION_KEYS", "k1:" + "A" * 43 + "="),
        ("GONGKAI_ENCRYPTION_KEYS", "k1:c2hvcnQ="),
        ("GONGKAI_HOSTS", "*"),
        ("GONGKAI_HOSTS", ".gov.cn"),
        ("GONGKAI_DATABASE", "mysql://localhost/gongkai"),
        ("GONGKAI_MAIL_TLS", "yes"),
    ],
)
def test_production_does_not_start_with_what_is_none(
    environment: dict[str, str], name: str, value: str
) -> None:
    assert manage(environment | {name: value}, "check").returncode != 0


def test_what_is_missing_is_said_without_a_traceback(environment: dict[str, str]) -> None:
    del environment["GONGKAI_HASH_KEYS"]
    done = manage(environment, "migrate")
    assert done.returncode == 1
    assert done.stderr.startswith("设置不全或有误：缺少 GONGKAI_HASH_KEYS")
    assert "Traceback" not in done.stderr
    assert "Traceback" in manage(environment, "migrate", "--traceback").stderr


def test_one_key_is_not_used_for_two_things(environment: dict[str, str]) -> None:
    environment["GONGKAI_HASH_KEYS"] = environment["GONGKAI_ENCRYPTION_KEYS"]
    assert "不能相同" in manage(environment, "check").stderr


def test_a_server_without_settings_starts_as_production_or_not_at_all(environment: dict[str, str]) -> None:
    bare = {
        name: value for name, value in environment.items() if not name.startswith(("GONGKAI_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", "import gongkai.web.wsgi"],
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "GONGKAI_SECRET_KEY" in done.stderr


def test_secrets_may_come_from_files(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(environment.pop("GONGKAI_SECRET_KEY") + "\n", encoding="utf-8")
    assert (
        manage(environment | {"GONGKAI_SECRET_KEY_FILE": str(tmp_path / "secret")}, "check").returncode == 0
    )


def test_generated_keys_start_production(environment: dict[str, str], tmp_path: Path) -> None:
    unset = {
        name: value for name, value in environment.items() if not name.startswith(("GONGKAI_", "DJANGO_"))
    }
    asked_by_production = unset | {"DJANGO_SETTINGS_MODULE": environment["DJANGO_SETTINGS_MODULE"]}
    assert manage(asked_by_production, "generate_keys").returncode == 0
    done = manage(unset | {"GONGKAI_DATA": str(tmp_path / "data")}, "generate_keys")
    assert not (tmp_path / "data").exists(), "nothing is stored"
    lines = done.stdout.splitlines()
    made = dict(line.split("=", 1) for line in lines)
    assert set(made) == {"GONGKAI_SECRET_KEY", "GONGKAI_ENCRYPTION_KEYS", "GONGKAI_HASH_KEYS"}
    assert manage(environment | made, "check").returncode == 0


def test_production_answers_by_https_with_safe_cookies(environment: dict[str, str]) -> None:
    script = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
client = Client(headers={"host": "www.example.gov.cn", "x-forwarded-for": "1.2.3.4"})
print(client.get("/accounts/login/")["Location"])
answer = client.get("/accounts/login/", headers={"x-forwarded-proto": "https"})
print(answer.status_code, answer["Strict-Transport-Security"])
for name, cookie in answer.cookies.items():
    print(name, bool(cookie["secure"]), cookie["samesite"], cookie["path"], cookie["domain"] or "-")
print(Client().get("/accounts/login/", headers={"host": "other.example"}).status_code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "https://www.example.gov.cn/accounts/login/", done.stderr
    assert lines[1] == "200 max-age=31536000; includeSubDomains; preload"
    assert "__Host-csrftoken True Lax / -" in lines
    assert lines[-1] == "400"


def test_keys_of_development_are_made_once_and_read_by_their_owner_only(tmp_path: Path) -> None:
    made = local_keys(tmp_path)
    assert local_keys(tmp_path) == made
    assert (tmp_path / "keys.env").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "keys.env"]
    assert local_keys(tmp_path / "other") != made


def test_no_settings_file_holds_a_secret_but_the_tests() -> None:
    import gongkai.web.settings

    folder = Path(gongkai.web.settings.__file__).parent
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "test.py":
            assert 'SECRET_KEY = "' not in text
            assert "django-insecure-" not in text.replace('("django-insecure", "tests-only")', "")


def test_addresses_of_databases() -> None:
    sqlite = database("sqlite:////srv/gongkai/gongkai.sqlite3")
    assert sqlite["NAME"] == "/srv/gongkai/gongkai.sqlite3"
    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in sqlite["OPTIONS"]["init_command"]
    postgresql = database("postgresql://user:p%40ss@127.0.0.1:5433/gongkai?sslmode=require")
    assert (postgresql["USER"], postgresql["PASSWORD"], postgresql["PORT"]) == ("user", "p@ss", "5433")
    assert postgresql["OPTIONS"] == {"sslmode": "require"}
    with pytest.raises(ImproperlyConfigured):
        database("mysql://localhost/gongkai")
