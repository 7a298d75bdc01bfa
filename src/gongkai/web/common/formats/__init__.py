"""Dates and numbers as Chinese offices write them."""
