"""Plain text: characters, lines, and cells that separators set apart."""
