"""What the guides name exists, and what can be set is in them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def check_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_docs", ROOT / "scripts" / "check_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_documents_hold(check_docs: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_docs.main() == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("设 `GONGKAI_NOWHERE=1`", "GONGKAI_NOWHERE: no such setting"),
        ("```sh\nM dance --now\n```", "dance: no such management command"),
        ("```sh\npython -P -m gongkai.web.manage dance\n```", "dance: no such management command"),
        ("运行 `make coffee`", "make coffee: no such target"),
        ("见 `/nowhere/{slug}/`", "/nowhere/{slug}/: no such address"),
    ],
)
def test_what_is_not_there_is_named(check_docs: ModuleType, text: str, said: str) -> None:
    assert list(check_docs.unknown_names(text)) == [said]


def test_what_is_there_is_not(check_docs: ModuleType) -> None:
    text = (
        "`GONGKAI_HOSTS`、`GONGKAI_HASH_KEYS_FILE`，`make run`，`/srv/gongkai`，`/api/v1/agencies/{slug}`\n"
        "```sh\nM verify_audit --ends\n```\n"
    )
    assert list(check_docs.unknown_names(text)) == []


def test_a_setting_that_the_guide_leaves_out_is_named(check_docs: ModuleType) -> None:
    assert "GONGKAI_HOSTS: a setting that is not in the guide" in list(check_docs.missing_settings(""))
