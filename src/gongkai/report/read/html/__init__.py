"""Web pages: markup to paragraphs and tables in reading order."""
