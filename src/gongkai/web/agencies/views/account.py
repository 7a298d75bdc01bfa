"""The account page: how the back office looks to oneself, and the way to password and second factor."""

from typing import Any

from django.utils.decorators import method_decorator
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView as CmsAccountView
from wagtail.admin.views.account import ThemeSettingsPanel


@method_decorator(require_admin_access, name="dispatch")
class AccountView(CmsAccountView):
    """The CMS's page without what an action must change (name, mail), and without pictures of people."""

    def get_panels(self) -> list[Any]:
        """Only the look."""
        return [panel for panel in super().get_panels() if isinstance(panel, ThemeSettingsPanel)]
