"""Checks of an annual report: one function per rule, named by its code.

Every module of this package is imported here, so that a rule is registered by being written.
"""

from importlib import import_module
from pkgutil import iter_modules

from gongkai.kernel import Finding, Level
from gongkai.report.check.registry import RULES, Context

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


def run(context: Context) -> tuple[Finding, ...]:
    """Every finding of every rule that applies to the report's edition, gravest first.

    Findings of one level stand in the order of the rules' modules and, within a rule, of the form.
    """
    found: list[Finding] = []
    edition = context.report.edition
    for rule in RULES.values():
        if edition in rule.editions:
            found.extend(rule.function(context))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.level]))


for _module in sorted(module.name for module in iter_modules(__path__) if module.name != "catalogue"):
    import_module(f"{__name__}.{_module}")
