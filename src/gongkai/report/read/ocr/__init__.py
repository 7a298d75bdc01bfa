"""Pictures and scans: characters by optical recognition, cells by the ruling lines."""
