"""A post for every address that takes one, on a town where it is possible, to be sent twice."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.web.agencies.models import Person
from gongkai.web.applications.actions import RecordAssistance, SaveView
from gongkai.web.applications.models import Case
from gongkai.web.publishing.actions import WithdrawItem
from gongkai.web.publishing.models import Item
from tests.law.test_imported import year
from tests.web.applications.asking import IDENTITY, PDF, register, request, submit
from tests.web.applications.playing import START, Office, confirmed
from tests.web.applications.receiving.scanning import take_in
from tests.web.applications.test_old_cases import row
from tests.web.publishing.conftest import Enter
from tests.web.publishing.test_screens import GOOD, HEAD, TYPED
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

#: After the first of the catalogue was published, and before any term of a case of ``START`` is over.
DAY = date(2024, 3, 8)
TODAY = START.isoformat()
KEY = "k" * 43
COUNTER: dict[str, object] = {
    "came_by": "in_person", "received_on": TODAY, "kind": "natural_person", "name": "陈一心",
    "identity_kind": "identity_card", "identity_number": IDENTITY, "phone": "0577-63700000",
    "subject": "昆阳镇防汛预案", "form_wanted": "paper", "way_wanted": "pick_up", "once": KEY,
}  # fmt: skip


class Post(NamedTuple):
    """Who sends what where. ``data`` makes it anew each time: a file is read once."""

    client: Client
    url: str
    data: Callable[[], dict[str, Any]]


class Stage(NamedTuple):
    """The town, its office, its catalogue and the administrator of the site."""

    town: Town
    office: Office
    enter: Enter
    root: Person


Scene = Callable[[Stage], Post]
#: By address; behind a space which of the things it does.
SCENES: dict[str, Scene] = {}


def scene(name: str) -> Callable[[Scene], Scene]:
    def note(made: Scene) -> Scene:
        SCENES[name] = made
        return made

    return note


def staff(who: Person, name: str, args: list[object], /, **data: Any) -> Post:
    """A member of staff at a screen."""
    return Post(signed_in(who), reverse(name, args=args), lambda: dict(data))


def upload(name: str = "x.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fresh(case: Case) -> int:
    return Case.objects.get(pk=case.pk).revision


# --- the workbench -----------------------------------------------------------------------------------------
@scene("applications:register")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:register", [], **COUNTER, agency=s.town.agency.pk)


@scene("applications:register from a scan")
def _(s: Stage) -> Post:
    post = staff(s.town.clerk, "applications:register", [], **COUNTER, agency=s.town.agency.pk)
    return post._replace(url=f"{post.url}?scan={take_in(s.town).pk}")


@scene("applications:scan")
def _(s: Stage) -> Post:
    said = {"agency": s.town.agency.pk, "came_by": "fax", "received_on": TODAY, "once": KEY}
    from tests.web.applications.receiving.test_scans import picture

    client, jpg = signed_in(s.town.clerk), picture()
    return Post(client, reverse("applications:scan"), lambda: said | {"scanned": upload("1.jpg", jpg)})


@scene("applications:drop_scan")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:drop_scan", [take_in(s.town).pk], reason="重复扫描")


@scene("applications:scan_words")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:scan_words", [take_in(s.town).pk])


@scene("applications:assistance")
def _(s: Stage) -> Post:
    given = {"agency": s.town.agency.pk, "from_agency": "平阳县公安局", "subject": "户籍档案", "once": KEY}
    return staff(s.town.clerk, "applications:assistance", [], **given, received_on=TODAY)


@scene("applications:assistance answered")
def _(s: Stage) -> Post:
    asked = RecordAssistance(
        s.town.as_clerk, agency=s.town.agency, from_agency="某局", subject="某事", received_on=START
    ).run()
    return staff(s.town.clerk, "applications:assistance", [], answered=asked.pk, answer="已反馈")


@scene("applications:reminders")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:reminders", [], ahead=5, rhythm="daily", site_soon="on")


@scene("applications:save_view")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:save_view", [], name="快到期的", query="bucket=soon")


@scene("applications:delete_view")
def _(s: Stage) -> Post:
    view = SaveView(s.town.as_clerk, agency=s.town.agency, name="近", query="bucket=soon").run()
    return staff(s.town.clerk, "applications:delete_view", [view.pk])


@scene("applications:holidays")
def _(s: Stage) -> Post:
    return staff(s.root, "applications:holidays", [], text=json.dumps(year()), step="import")


@scene("applications:take_over")
def _(s: Stage) -> Post:
    client, content = signed_in(s.town.head), json.dumps([row("1"), row(" ")]).encode()
    given = {"agency": s.town.agency.pk, "step": "take"}
    return Post(
        client, reverse("applications:take_over"), lambda: given | {"upload": upload("a.json", content)}
    )


@scene("applications:assign")
def _(s: Stage) -> Post:
    case = submit(s.town.agency).case
    marked = f"{case.pk}-{fresh(case)}"
    return staff(s.town.head, "applications:assign", [], case=marked, person=s.town.clerk.pk)


@scene("applications:routing")
def _(s: Stage) -> Post:
    case = submit(s.town.agency).case
    marked = f"{case.pk}-{fresh(case)}"
    return staff(s.town.clerk, "applications:routing", [], case=marked, person=s.town.clerk.pk)


@scene("applications:routing sent on")
def _(s: Stage) -> Post:
    case = confirmed(s.town)
    given = {"do": "forward", "agency_pk": s.town.neighbour.pk, "found_out": "不属于本机关"}
    more = {"agrees": "on", "consent": "电话同意", "case": f"{case.pk}-{fresh(case)}"}
    return staff(s.town.clerk, "applications:routing", [], **given, **more)


@scene("applications:settings")
def _(s: Stage) -> Post:
    given = {"pattern": "{year}-{number:04d}", "mark": "昆", "court": "某法院"}
    return staff(s.town.head, "applications:settings", [s.town.agency.pk], **given)


def templated(s: Stage) -> tuple[Client, str, bytes]:
    """The head at the settings, with the usual template of a reply."""
    client, town = signed_in(s.town.head), s.town.agency.pk
    content = client.get(reverse("applications:template", args=[town, "reply"])).content
    return client, reverse("applications:settings", args=[town]), content


@scene("applications:settings template")
def _(s: Stage) -> Post:
    client, url, content = templated(s)
    return Post(client, url, lambda: {"kind": "reply", "template": upload("模板.docx", content)})


@scene("applications:settings template dropped")
def _(s: Stage) -> Post:
    client, url, content = templated(s)
    given = {"kind": "reply", "template": upload("模板.docx", content)}
    assert client.post(url, given).status_code == 302
    return Post(client, url, lambda: {"kind": "reply", "drop": "1"})


@scene("applications:personal")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:personal", [submit(s.town.agency).case.pk], reason="核对地址")


@scene("applications:papers")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "applications:papers", [submit(s.town.agency).case.pk], reason="归档")


@scene("applications:paper")
def _(s: Stage) -> Post:
    case = submit(s.town.agency).case
    return staff(s.town.clerk, "applications:paper", [case.pk, "receipt_slip", "pdf"], reason="打印回执")


@scene("applications:new_code")
def _(s: Stage) -> Post:
    case = submit(s.town.agency).case
    given = {"reason": "遗失", "identified": "本人到场", "by_mail": "on", "revision": fresh(case)}
    return staff(s.town.clerk, "applications:new_code", [case.pk], **given)


@scene("applications:on_the_spot")
def _(s: Stage) -> Post:
    case = register(s.town.as_clerk, s.town.agency, DAY, request(channel="in_person"))
    given = {"revision": fresh(case), "outcome": "provided", "field_0": "保存有该信息。", "field_2": "当面。"}
    url = reverse("applications:on_the_spot", args=[case.pk])
    return Post(signed_in(s.town.clerk), url, lambda: given | {"disclosed": upload()})


@scene("applications:new_letter")
def _(s: Stage) -> Post:
    case = confirmed(s.town)
    given = {"revision": fresh(case), "field_0": "名称", "field_1": "10"}
    return staff(s.town.clerk, "applications:new_letter", [case.pk, "correction"], **given)


@scene("applications:letter")
def _(s: Stage) -> Post:
    from gongkai.web.applications.actions import DraftLetter

    case = confirmed(s.town)
    letter = DraftLetter(
        s.town.as_clerk, case_id=case.pk, kind="reply", typed={}, outcome="provided"
    ).run()  # fmt: skip
    given = {"revision": fresh(case), "outcome": "partial", "field_0": "改过的"}
    return staff(s.town.clerk, "applications:letter", [case.pk, letter.pk], **given)


def alike(s: Stage) -> list[Case]:
    from tests.web.applications.alike.test_groups import asked

    return [asked(s.town, number) for number in range(2)]


@scene("applications:group")
def _(s: Stage) -> Post:
    one, two = alike(s)
    given = {"case": f"{two.pk}-{fresh(two)}", "reason": "已核对", "revision": fresh(one)}
    return staff(s.town.clerk, "applications:group", [one.pk], **given)


@scene("applications:together")
def _(s: Stage) -> Post:
    from gongkai.web.applications.actions import GroupCases

    one, two = alike(s)
    GroupCases(s.town.as_clerk, case_id=one.pk, others=((two.pk, fresh(two)),), reason="已核对").run()
    given = {"case": [f"{case.pk}-{fresh(case)}" for case in (one, two)], "kind": "note", "text": "同办"}
    return staff(s.town.clerk, "applications:together", [one.pk, "note"], **given)


# --- the catalogue -----------------------------------------------------------------------------------------
@scene("publishing:add")
def _(s: Stage) -> Post:
    return staff(s.town.clerk, "publishing:add", [], **TYPED, agency=s.town.agency.pk)


@scene("publishing:item")
def _(s: Stage) -> Post:
    item = s.enter("敬老院改造方案")
    return staff(s.town.clerk, "publishing:item", [item.pk], **TYPED, revision=item.revision)


@scene("publishing:import")
def _(s: Stage) -> Post:
    client, given = signed_in(s.town.clerk), {"agency": s.town.agency.pk, "step": "take"}
    url, content = reverse("publishing:import"), f"{HEAD}\n{GOOD}".encode()
    return Post(client, url, lambda: given | {"upload": upload("目录.csv", content)})


@scene("publishing:withdraw")
def _(s: Stage) -> Post:
    item = s.enter("某方案")
    return staff(s.town.clerk, "publishing:withdraw", [item.pk], reason="有误", revision=item.revision)


@scene("publishing:restore")
def _(s: Stage) -> Post:
    item = s.enter("某方案")
    WithdrawItem(s.town.as_clerk, item_id=item.pk, reason="有误").run()
    revision = Item.objects.get(pk=item.pk).revision
    return staff(s.town.clerk, "publishing:restore", [item.pk], reason="已改正", revision=revision)
