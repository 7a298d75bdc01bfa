"""The one interpreter: a neutral grid and the form make a report; what is uncertain is said."""

from gongkai.report.interpret.report import interpret

__all__ = ["interpret"]
