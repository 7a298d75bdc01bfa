"""Every layout, by name. Importing the modules registers them."""

from benchmarks.layouts import docx, html, lines, odd, ofd, pdf, pdftext, pipes, site, tabs, xlsx  # noqa: F401
from benchmarks.layouts.base import LAYOUTS, Layout, Rendered

__all__ = ["LAYOUTS", "Layout", "Rendered"]
