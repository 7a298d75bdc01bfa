"""The command ``gongkai``: parse, call a door, print, exit code."""
