"""The pictures of ``docs/guide``: pages made from the samples, papers, a terminal, and the demo site.

Needs the dev requirements, Debian's chromium, LibreOffice, poppler-utils and fonts-noto-cjk::

    .venv/bin/python scripts/guide_pictures.py [NAME ...]

With names (``check-page``) only those are made again. What a picture shows the program made a moment ago;
for pictures of the site the demo is set up anew (about a minute), so that only its dates differ.
"""

import sys
from collections.abc import Callable

import guide_ways as ways
from guide_site import (
    BOARD,
    CASES,
    CLERK,
    COUNTY_MANAGER,
    HEAD,
    MANAGER,
    OFFICE,
)
from guide_studio import DESK, PHONE, Studio, studio, terminal

#: The finding of the samples that a leader would want to see: 122 in the text, 3 in the table.
_LITIGATION = "li:has(.rule:text('TEXT-LITIGATION')) .open"
_WORD = "li:has(.rule:text('LANG-LATIN')) .open"

#: The way from the start page to one's own agency.
_TO_AGENCY = "main a[href^='/admin/agencies/']"
#: The case of the demo whose reply is being signed, and the way to that letter.
_CASE = f"main tr:has-text('青石镇行政执法案卷目录') a[href^='{CASES}']"
_LETTER = f"main a[href^='{CASES}'][href*='/letters/']:not([href*='new'])"

SHOTS: dict[str, Callable[[Studio], None]] = {
    "terminal": lambda s: s.page(
        "terminal", terminal(s.folder, "check", "samples/docx/dakou.docx"), (1000, 200), whole=True
    ),
    "check-page": lambda s: s.page("check-page", s.check_page("html/kunyang.html"), DESK, click=_LITIGATION),
    "check-page-phone": lambda s: s.page("check-page-phone", s.check_page("html/kunyang.html"), PHONE),
    "check-page-pdf": lambda s: s.page(
        "check-page-pdf", s.check_page("pdf/dakou-typeset.pdf"), DESK, click=_WORD, scroll=".picture .hit"
    ),
    "check-page-uncertain": lambda s: s.page(
        "check-page-uncertain",
        s.check_page("txt/kunyang-pipes-blanks-at-end.txt"),
        DESK,
        scroll=".reading table.form.applications",
    ),
    "index-page": lambda s: s.page("index-page", s.index_page(), DESK),
    "report-page": lambda s: s.page(
        "report-page", s.written("html"), DESK, scroll="table.form.applications tr:nth-child(6)"
    ),
    "report-page-phone": lambda s: s.page("report-page-phone", s.written("html"), PHONE),
    "paper-docx": lambda s: s.papers("paper-docx", s.written_docx_as_pdf(), 1, 3),
    "paper-pdf": lambda s: s.papers("paper-pdf", s.written("pdf"), 1, 3),
    "site-home": lambda s: s.screen("site-home", "/"),
    "site-report": lambda s: s.screen(
        "site-report", "/agencies/kunyang/reports/2024/", scroll="#correction-applications\\.total\\.total"
    ),
    "site-report-phone": lambda s: s.screen(
        "site-report-phone", "/agencies/shili-jiaoyu/reports/2024/", size=PHONE
    ),
    "site-charts": lambda s: s.screen("site-charts", "/agencies/shili-jiaoyu/", scroll="svg"),
    "site-compare": lambda s: s.screen(
        "site-compare", "/compare/?a=shili-jiaoyu&a_year=2023&b=shili-jiaoyu&b_year=2024", scroll="table"
    ),
    "office-board": lambda s: s.screen("office-board", BOARD, OFFICE),
    "office-upload": lambda s: s.screen("office-upload", f"{BOARD}upload/", CLERK),
    "office-review": lambda s: s.screen("office-review", "", CLERK, state="待核查", keys="jo"),
    "office-correct": lambda s: s.screen("office-correct", "", CLERK, state="待核查", keys="je"),
    "office-conflict": lambda s: s.screen("office-conflict", "", "shili-weijian-clerk", state="待确认"),
    "office-sign": lambda s: s.screen(
        "office-sign", "", "shili-shuili-leader", state="待签发", links=[".rp-buttons a.button"]
    ),
    "office-versions": lambda s: s.screen(
        "office-versions", "versions/", "kunyang-clerk", (1280, 640), state="已发布"
    ),
    "office-home": lambda s: s.screen("office-home", "/admin/", CLERK, (1280, 640)),
    "apply-form": lambda s: s.screen("apply-form", "/apply/to/shili-qingshi/"),
    "apply-receipt": lambda s: s.visit("apply-receipt", ways.apply, (1280, 860)),
    "apply-track": lambda s: s.visit("apply-track", ways.follow, (1280, 960)),
    "cases-due": lambda s: s.screen("cases-due", CASES, CLERK),
    "cases-case": lambda s: s.screen("cases-case", CASES, CLERK, (1280, 720), links=[_CASE]),
    "cases-letter": lambda s: s.screen("cases-letter", CASES, CLERK, (1280, 960), links=[_CASE, _LETTER]),
    "apply-offers": lambda s: s.visit("apply-offers", ways.see_offers, (1280, 860), scroll=".offers"),
    "apply-sms-phone": lambda s: s.visit(
        "apply-sms-phone", ways.ask_for_messages, PHONE, scroll="[name=tell_by_sms]"
    ),
    "apply-mine-phone": lambda s: s.visit("apply-mine-phone", ways.list_own, PHONE, scroll="ul.my-cases h2"),
    "cases-routing": lambda s: s.screen("cases-routing", f"{CASES}routing/", HEAD),
    "cases-reminders": lambda s: s.screen("cases-reminders", f"{CASES}reminders/", CLERK, (1280, 860)),
    "cases-scan": lambda s: s.visit("cases-scan", ways.enter_scanned),
    "cases-on-the-spot": lambda s: s.visit("cases-on-the-spot", ways.answer_on_the_spot, (1280, 900)),
    "cases-group": lambda s: s.visit("cases-group", ways.group, (1280, 860)),
    "cases-together": lambda s: s.visit("cases-together", ways.sign_together, (1280, 640)),
    "cases-papers": lambda s: s.case_papers("cases-papers", _CASE),
    "cases-templates": lambda s: s.visit(
        "cases-templates", ways.choose_template, scroll="th:text('接收回执')"
    ),
    "catalogue-import": lambda s: s.visit("catalogue-import", ways.look_at_import, (1280, 840)),
    "office-government": lambda s: s.screen(
        "office-government", "/admin/", COUNTY_MANAGER, links=[_TO_AGENCY]
    ),
    "cases-figures": lambda s: s.screen("cases-figures", f"{CASES}figures/", CLERK, (1280, 900)),
    "office-agency": lambda s: s.screen("office-agency", "/admin/", MANAGER, links=[_TO_AGENCY]),
}


def main(names: list[str]) -> int:
    """Make the pictures named, or all."""
    unknown = [name for name in names if name not in SHOTS]
    if unknown:
        print(f"no such picture: {', '.join(unknown)}; there are {', '.join(SHOTS)}", file=sys.stderr)
        return 2
    with studio() as made:
        for name in names or SHOTS:
            SHOTS[name](made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
