"""Every word a file holds, shown or not: for what must not leave the house, not for figures of a report."""
