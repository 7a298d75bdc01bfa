"""Addresses that every page holds by the dozen, worked out once and remembered."""

from functools import cache, lru_cache

from django.urls import reverse

#: Pages that are there in any case, as the templates call them.
_FIXED = (
    "home", "agencies", "reports", "apply", "account", "compare", "data", "accessibility", "feedback",
    "search", "display", "feed", "sitemap",
)  # fmt: skip


@cache
def fixed() -> dict[str, str]:
    """The addresses of the pages that are there in any case, by their names in ``portal.urls``."""
    return {name: reverse(f"portal:{name}") for name in _FIXED}


@lru_cache(maxsize=256)
def year(number: int) -> str:
    """The address of the column for a year."""
    return reverse("portal:reports_of_year", args=(number,))


@lru_cache(maxsize=20_000)
def report(slug: str, number: int) -> str:
    """The address of an agency's report for a year."""
    return reverse("portal:report", args=(slug, number))


@lru_cache(maxsize=20_000)
def agency(slug: str) -> str:
    """The address of an agency's page."""
    return reverse("portal:agency", args=(slug,))


@lru_cache(maxsize=20_000)
def apply_to(slug: str) -> str:
    """The address of an agency's application form."""
    return reverse("portal:apply_to", args=(slug,))
