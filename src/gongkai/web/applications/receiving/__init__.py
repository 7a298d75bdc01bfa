"""Taking applications in: what they say, their numbers and codes, scanned mail, cases of an older system."""
