"""DOCX: the document's XML to paragraphs and tables."""
