"""Personal data of cases: how it is masked, who opened it, how long it is kept."""
