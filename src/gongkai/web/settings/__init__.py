"""Settings: ``dev`` and ``test`` for this machine, ``production`` which starts only with its own keys and hosts."""
