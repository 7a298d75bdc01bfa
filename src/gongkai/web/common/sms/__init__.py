"""Text messages: one typed client, templates, an outbox, quiet hours.

Without a gateway in the settings there are none, and no page offers any (``client.available``). A message
holds a register number, what to do and the site's address: never a name, never what somebody asked for.
"""
