"""What waits for whom, and who is reminded of it."""
