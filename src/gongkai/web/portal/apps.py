"""Start-up of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Reads what the other apps published; it has no models and changes nothing."""

    name = "gongkai.web.portal"
    label = "portal"
    verbose_name = "公开网站"
    default_auto_field = "django.db.models.BigAutoField"
