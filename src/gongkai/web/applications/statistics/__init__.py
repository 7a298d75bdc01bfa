"""Table 3 and the other figures of a period, with the cases behind them, and tables to save."""
