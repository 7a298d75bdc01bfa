"""Start-up of the publishing app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Adds its permissions to the table, and what it has published to the search of published things."""

    name = "gongkai.web.publishing"
    label = "publishing"
    verbose_name = "公开目录"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what other apps' pages show of ours."""
        from gongkai.web.agencies import permissions as agency_permissions
        from gongkai.web.common import demo, published, registry
        from gongkai.web.publishing import finding
        from gongkai.web.publishing.permissions import LABELS, TABLE

        agency_permissions.extend(TABLE)
        registry.of("action_labels").register("publishing", LABELS)
        registry.of("back_office").register("publishing", "publishing")
        registry.of(published.PROVIDERS).register(finding.SOURCE, finding.find, order=10)
        registry.of(demo.PARTS).register("publishing", "gongkai.web.publishing.demo.PART", order=20)
