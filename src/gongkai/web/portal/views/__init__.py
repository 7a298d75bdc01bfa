"""Views of the public site: they read through ``selectors`` and decide nothing."""
