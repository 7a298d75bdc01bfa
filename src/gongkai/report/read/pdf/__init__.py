"""PDF with a text layer: characters and ruling lines to paragraphs and tables."""
