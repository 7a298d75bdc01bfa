"""Settings: ``dev`` and ``test`` for this machine, ``production`` with keys and hosts of its own."""
