"""Small helpers of our templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key, or None."""
    return values.get(key)


@register.simple_tag
def site_title() -> str:
    """The name of the site as its public pages have it; the system's own where nobody has set one."""
    return str(settings.PORTAL_NAME or settings.WAGTAIL_SITE_NAME)
