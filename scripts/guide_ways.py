"""What people do in the demo before a picture of the guide is taken: each takes the site and a fresh page."""

import re
import time
from typing import TYPE_CHECKING

from guide_site import CASES, CATALOGUE, CLERK, MANAGER, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

_APPLY = "/apply/to/shili-qingshi/"
_FOLLOWED = re.compile(r"登记号 (\S+)，查询码 (\S+)")
_ACCOUNT = re.compile(r"用邮箱 (\S+) 登录")
_CODE = re.compile(r"登录码：(\S+)")
#: What the town's catalogue holds, as the demo says.
_PUBLISHED = "2024年高标准农田建设项目"
#: A list as an old site exports it: its own headings, one row without a day, one that is no day.
_EXPORTED = """索引,标题,发文字号,成文日期,链接
990121011/2026-00101,青石镇2026年政务公开工作要点,青政发〔2026〕3号,2026年3月2日,https://qingshi.shili.example/zwgk/101.html
990121011/2026-00102,青石镇2026年防汛抗旱应急预案,青政办〔2026〕5号,2026-04-15,https://qingshi.shili.example/zwgk/102.html
990121011/2026-00103,青石镇农村公路养护考核办法,,,https://qingshi.shili.example/zwgk/103.html
990121011/2026-00104,青石镇2026年部门预算,,2026-02-30,https://qingshi.shili.example/zwgk/104.html
"""


def open_link(page: "Page", selector: str) -> None:
    """Follow a link and wait for what it opens."""
    page.locator(selector).first.click()
    page.wait_for_load_state()


def _fill_application(site: Site, page: "Page", subject: str, phone: str = "0990-0000000") -> None:
    page.goto(f"{site.address}{_APPLY}")
    fields = {"name": "林一帆", "identity_number": "演示-0000", "phone": phone, "subject": subject}
    page.select_option("[name=identity_kind]", "other")
    for name, text in fields.items():
        page.fill(f"[name={name}]", text)


def _press(page: "Page", button: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button, exact=True).click()


def apply(site: Site, page: "Page") -> None:
    """Send an application as a visitor, up to its receipt."""
    _fill_application(site, page, "青石镇2026年度部门预算")
    _press(page, "下一步：核对")
    _press(page, "提交申请")


def see_offers(site: Site, page: "Page") -> None:
    """Fill in an application for what is published already, up to the page that says so."""
    _fill_application(site, page, _PUBLISHED)
    _press(page, "下一步：核对")


def ask_for_messages(site: Site, page: "Page") -> None:
    """Fill in an application whose sender wants text messages; the number is an operator's own."""
    _fill_application(site, page, _PUBLISHED, "13800138000")
    page.check("[name=tell_by_sms]")


def follow(site: Site, page: "Page") -> None:
    """Look up the application whose number and code the demo prints."""
    number, code = site.printed(_FOLLOWED)
    page.goto(f"{site.address}/apply/track/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click("main button.primary")
    page.wait_for_url("**/apply/case/")


def list_own(site: Site, page: "Page") -> None:
    """Sign in to the demo's account with the code of the newest mail, and see its list."""
    (address,) = site.printed(_ACCOUNT)
    page.goto(f"{site.address}/apply/mine/")
    page.fill("[name=email]", address)
    page.wait_for_timeout(3_000)  # the form's puzzle
    asked = time.time()
    page.click("main form.apply button")
    page.wait_for_url("**/apply/mine/code/")
    page.fill("[name=code]", site.mailed(_CODE, asked))
    page.click("main form.apply button")
    page.wait_for_url("**/apply/mine/")


def enter_scanned(site: Site, page: "Page") -> None:
    """Open the entry form beside the letter the demo's counter scanned."""
    site.open(page, f"{CASES}new/scan/", CLERK)
    open_link(page, "main a[href*='?scan=']")
    page.wait_for_timeout(3_000)


def answer_on_the_spot(site: Site, page: "Page") -> None:
    """Enter somebody who asks at the counter and begin the answer."""
    site.open(page, f"{CASES}new/", CLERK)
    page.select_option("[name=identity_kind]", "other")
    said = {
        "name": "苏小满",
        "identity_number": "演示-0010",
        "phone": "0990-0000011",
        "subject": "青石镇便民服务中心窗口电话",
    }
    for name, text in said.items():
        page.fill(f"[name={name}]", text)
    _press(page, "登记")
    open_link(page, "main a:has-text('当场答复')")


def group(site: Site, page: "Page") -> None:
    """The group of the demo, with the case that can join it and the repeat."""
    site.open(page, f"{CASES}?same=grouped", CLERK)
    open_link(page, "main a[href$='/group/']")


def sign_together(site: Site, page: "Page") -> None:
    """Draft the same reply for the whole group; the page where all of it is signed."""
    group(site, page)
    open_link(page, "main a:has-text('照此给其他件各拟一份')")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    open_link(page, "main a:has-text('一起签批')")


def choose_template(site: Site, page: "Page") -> None:
    """The settings of applications, down to the templates."""
    site.open(page, "/admin/", MANAGER)
    open_link(page, "main a[href^='/admin/agencies/']")
    open_link(page, f"main a[href^='{CASES}settings/']")


def look_at_import(site: Site, page: "Page") -> None:
    """Let a list exported from an old site be checked, not yet imported."""
    site.open(page, f"{CATALOGUE}import/", CLERK)
    upload = {"name": "目录导出.csv", "mimeType": "text/csv", "buffer": _EXPORTED.encode()}
    page.locator("input[type=file]").set_input_files(upload)  # type: ignore[arg-type]
    _press(page, "核对")


def case_papers(site: Site, page: "Page", case: str) -> list[bytes]:
    """The papers of a case, each as the PDF that is downloaded once a reason is given."""
    site.open(page, CASES, CLERK)
    open_link(page, case)
    open_link(page, "main a[href$='/papers/']")
    page.fill("#ap-reason", "归档")
    page.click("form.ap-form button[type=submit]")
    page.wait_for_load_state()
    links = page.locator("main a[href$='.pdf']").all()
    addresses = [f"{site.address}{link.get_attribute('href')}" for link in links]
    return [page.request.get(address).body() for address in addresses]
