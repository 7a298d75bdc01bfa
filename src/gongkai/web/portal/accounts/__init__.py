"""A citizen's own account: optional, without a password, and nothing of the back office."""
