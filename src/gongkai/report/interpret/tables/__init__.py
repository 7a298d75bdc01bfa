"""The three statutory tables: from cells and labels to figures, or to doubts that are said."""

from gongkai.report.interpret.tables.all_three import read_tables

__all__ = ["read_tables"]
