"""Start-up of the reporting app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Adds its permissions to the table and registers its tasks."""

    name = "gongkai.web.reporting"
    label = "reporting"
    verbose_name = "年度报告"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from gongkai.web.agencies import permissions as agency_permissions
        from gongkai.web.common import demo, registry
        from gongkai.web.reporting import desk, related, tasks  # noqa: F401
        from gongkai.web.reporting.labels import ACTION_LABELS
        from gongkai.web.reporting.permissions import TABLE

        agency_permissions.extend(TABLE)
        registry.of("desk").register("reporting", desk.waiting, order=20)
        registry.of("duties").register("reporting.intakes", desk.INTAKES)
        registry.of("supervision").register("reporting", related.rollups_changed)
        registry.of("action_labels").register("reporting", ACTION_LABELS)
        registry.of("back_office").register("reporting", "reporting")
        registry.of(demo.PARTS).register("reporting", "gongkai.web.reporting.demo.part.PART", order=30)
