"""The site: Django and Wagtail. Statutory rules stay in ``law`` and ``report``; nothing here decides them."""
