"""Dates and numbers as Chinese offices write them, where Django's own Chinese formats differ."""
