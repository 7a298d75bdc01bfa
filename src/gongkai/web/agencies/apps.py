"""Start-up of the agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Puts the permission resolver in force; until then everything is denied."""

    name = "gongkai.web.agencies"
    label = "agencies"
    verbose_name = "机关和人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the resolver, what one app offers to another, and what keeps groups in line with posts."""
        from gongkai.web.agencies import content, duties, erasure, permissions, signals
        from gongkai.web.common import demo, registry
        from gongkai.web.common.permissions import register_resolver

        register_resolver(permissions.PostResolver())
        duties.register_own()
        erasure.register_own()
        registry.of(demo.PARTS).register("agencies", "gongkai.web.agencies.demo_part.PART", order=10)
        registry.of("cms_agency").register("agencies", content.agency_of_object)
        signals.connect()
