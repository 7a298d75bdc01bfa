"""Checks of an annual report: one function per rule, named by its code."""

from gongkai.kernel import Finding, Level
from gongkai.report.check.registry import RULES, Context

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


def run(context: Context) -> tuple[Finding, ...]:
    """Every finding of every rule that applies to the report's edition, gravest first."""
    found: list[Finding] = []
    for rule in RULES.values():
        if context.report.edition in rule.editions:
            found.extend(rule.function(context))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.level]))
