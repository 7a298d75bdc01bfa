"""Applications in the same words: found, put into groups by hand, answered together, each its own."""
