"""Start-up of the common app."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Registers the tasks of its own and carries the CMS's edits into the audit log."""

    name = "gongkai.web.common"
    label = "common"
    verbose_name = "公共部分"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import what registers itself."""
        from gongkai.web.common import checks, cms_audit, outbox, second_factor, tidy  # noqa: F401
        from gongkai.web.common.sms import checks as sms_checks  # noqa: F401
        from gongkai.web.common.sms import outbox as sms_outbox  # noqa: F401
