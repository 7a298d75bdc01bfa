"""Start-up of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Reads what the other apps published; its own are citizens' accounts and the mark of kept pages."""

    name = "gongkai.web.portal"
    label = "portal"
    verbose_name = "公开网站"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes the public pages; add the permissions and tasks of accounts."""
        from gongkai.web.agencies import permissions as agency_permissions
        from gongkai.web.common import demo, published, registry
        from gongkai.web.portal import offers, public_state
        from gongkai.web.portal.accounts import permissions, rotation, tasks  # noqa: F401

        public_state.connect()
        registry.of(published.PROVIDERS).register(offers.SOURCE, offers.find, order=20)
        agency_permissions.extend(permissions.TABLE)
        registry.of("action_labels").register("portal", permissions.LABELS)
        registry.of("key_rotation").register("portal.ListedCase.proof", rotation.rotate)
        registry.of(demo.PARTS).register("portal", "gongkai.web.portal.accounts.demo.PART", order=50)
