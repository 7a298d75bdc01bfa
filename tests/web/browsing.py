"""What tests in a real browser share: signing in, what axe finds, whether a page is wider than its window."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, expect

CHROMIUM = "/usr/bin/chromium"
#: Rules of the CMS's own frame around our back-office pages: what a law asks for, not what is merely wise.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: Two processors do everything at once where these tests run: five seconds are not always enough.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def new_page(browser: Browser, width: int = 1280, height: int = 900, **options: Any) -> Page:
    """A page of its own context: nobody is signed in, nothing moves."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        bypass_csp=True,  # the pages' own rules forbid foreign scripts; the auditor's must run
        **options,
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def audit(page: Page, *, tags: Sequence[str] = (), rules: Sequence[str] = (), but: str = "") -> list[str]:
    """What axe finds on the page as it is shown now: of all rules, of those with tags, or of the named.

    ``but`` is left out: a part that was looked at before.
    """
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    options: Mapping[str, Any] = {}
    if tags:
        options = {"runOnly": {"type": "tag", "values": list(tags)}}
    if rules:
        options = {"runOnly": {"type": "rule", "values": list(rules)}}
    options = {**options, "resultTypes": ["violations"]}
    context = json.dumps({"exclude": [[but]]}) if but else "document"
    found = page.evaluate(f"() => axe.run({context}, {json.dumps(options)})")
    return sorted({_said(one, node) for one in found["violations"] for node in one["nodes"]})


def _said(one: dict[str, Any], node: dict[str, Any]) -> str:
    said = f"{one['id']}: {node['html'][:200]}"
    return f"{said} ({node['failureSummary'][:300]})" if "contrast" in one["id"] else said


def in_scheme(page: Page, scheme: str) -> None:
    """Light or dark, once the page is drawn so: what is asked at once still sees the colours of before."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def hold_still(page: Page) -> None:
    """Open whatever is folded away, so that it is audited and measured too; let nothing fade or slide.

    A click returns when the next page has begun: it may not even have a head yet. The bar of next steps lies
    where the page ends: what happens to be half below it at the height of the window is no smaller for that.
    """
    page.wait_for_load_state()
    page.add_style_tag(
        content="*, ::before, ::after { transition: none !important; animation: none !important; }"
        ".ap-next { position: static !important; }"
    )
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window, once all of it and its styles are there."""
    page.wait_for_load_state()
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    """Name and password, as far as they lead."""
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: not address.endswith("/accounts/login/"))
