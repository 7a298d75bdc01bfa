"""Readers: bytes in any format to one neutral grid. The format is found by content, not by name."""

from gongkai.report.read.sniff import read_document

__all__ = ["read_document"]
