"""The workbench in the back office."""
