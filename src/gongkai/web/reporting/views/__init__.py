"""Screens of the reports in the back office. They ask selectors, call actions and decide nothing."""
