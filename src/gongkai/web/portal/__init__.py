"""The public site: what is published, for everybody to read."""
