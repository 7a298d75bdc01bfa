"""Applications in a large database: the due list, a case, and table 3 beside one bare GROUP BY."""
