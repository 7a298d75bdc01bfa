"""docs/rules.md is what the registry says."""

from pathlib import Path

import pytest

from gongkai.report.check.catalogue import GROUPS, main, ordered, render
from gongkai.report.check.registry import RULES


def test_every_rule_has_its_entry_once() -> None:
    text = render()
    for code, rule in RULES.items():
        assert text.count(f"\n### {code}\n") == 1
        assert rule.title in text
        assert str(rule.law) in text


def test_rules_stand_in_groups() -> None:
    prefixes = [rule.code.partition("-")[0] for rule in ordered()]
    known = [prefix for prefix, _ in GROUPS]
    assert prefixes == sorted(prefixes, key=known.index)


def test_write_and_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.md"
    assert main(["--check", str(path)]) == 1
    assert main(["--write", str(path)]) == 0
    assert main(["--check", str(path)]) == 0
    path.write_text(path.read_text("utf-8") + "改", "utf-8")
    assert main(["--check", str(path)]) == 1
    assert "make docs" in capsys.readouterr().err


def test_other_arguments_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--paint"]) == 2
    assert "用法" in capsys.readouterr().err
    assert main([]) == 0
    assert capsys.readouterr().out == render()
