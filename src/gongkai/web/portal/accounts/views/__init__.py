"""Pages of a citizen's account."""
