"""The catalogue of what an agency has published (公开目录)."""
