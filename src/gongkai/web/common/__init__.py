"""What every app of the site stands on: actors, actions, permissions, audit, keys, tasks, mail."""
