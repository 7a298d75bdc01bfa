"""Gongkai 公开: the open system for government-information disclosure in China."""

__version__ = "0.1.0"
