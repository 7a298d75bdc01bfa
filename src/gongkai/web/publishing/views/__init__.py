"""Screens of the catalogue in the back office."""
