"""Composing papers: one :class:`Paper`, printed as DOCX or as typeset PDF.

A paper is a title and blocks (headings, paragraphs, lines, tables, notes) in the official layout: A4, margins
37/35/28/26 mm, title 22 pt, body 16 pt at 28 lines a page, tables 10.5 pt with hairlines and repeated
header rows, page numbers ``— 1 —`` on the outer side. Knows nothing of what the paper says.
"""

from gongkai.documents.paper import Block, Grid, GridCell, Heading, Line, Note, Paper, Text

__all__ = ["Block", "Grid", "GridCell", "Heading", "Line", "Note", "Paper", "Text"]
