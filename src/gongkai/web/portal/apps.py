"""Start-up of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Reads what the other apps published; of its own it has only the mark under which pages are kept."""

    name = "gongkai.web.portal"
    label = "portal"
    verbose_name = "公开网站"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes the public pages."""
        from gongkai.web.portal import public_state

        public_state.connect()
