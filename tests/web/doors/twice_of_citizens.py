"""What a citizen sends, to be sent twice; beside ``twice``, which has what the staff sends."""

from typing import Any

from django.test import Client
from django.urls import reverse

from gongkai.web.applications.actions import Submitted
from gongkai.web.applications.models import Applicant, Case
from tests.web.applications.asking import submit
from tests.web.applications.by_form import FORM, look
from tests.web.applications.playing import confirmed
from tests.web.doors.twice import DAY, KEY, SCENES, Post, Stage, scene, upload
from tests.web.portal.accounts.holder import CODE, MINE, Holder, last_code
from tests.web.publishing.conftest import entry

__all__ = ["SCENES"]


@scene("portal:apply_to")
def _(s: Stage) -> Post:
    s.enter(entry().title)
    given = FORM | {"subject": entry().title, "once": KEY}
    return Post(Client(), "/apply/to/kunyang/", lambda: given | {"request_files": upload()})


@scene("portal:draft sent")
def _(s: Stage) -> Post:
    client = Client()
    address = look(client, email="chen@example.cn")
    return Post(client, address, lambda: {"step": "send"})


@scene("portal:draft not needed")
def _(s: Stage) -> Post:
    item, client = s.enter(entry().title), Client()
    address = look(client, subject=item.title)
    return Post(client, address, lambda: {"step": "found", "offer": f"catalogue:{item.pk}"})


def following(case: Case) -> Client:
    client = Client()
    client.post("/apply/track/", {"number": case.register_no, "code": case.code})
    return client


def acting(case: Case, name: str, **data: Any) -> Post:
    return Post(
        following(case), reverse("portal:act_on_case", args=[name]), lambda: {"case": case.pk, **data}
    )


@scene("portal:act_on_case correct")
def _(s: Stage) -> Post:
    case = confirmed(s.town)
    s.office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, DAY)
    post = acting(case, "correct")
    return post._replace(data=lambda: {"case": case.pk, "text": "补正如下", "files": upload()})


@scene("portal:act_on_case reasons")
def _(s: Stage) -> Post:
    case = confirmed(s.town)
    s.office.send(case, "reasons", {"数量频次": "今年已提出30件", "期限": "7"}, DAY)
    post = acting(case, "reasons")
    return post._replace(data=lambda: {"case": case.pk, "text": "用于研究", "files": upload()})


@scene("portal:act_on_case withdraw")
def _(s: Stage) -> Post:
    return acting(confirmed(s.town), "withdraw", sure="1", text="不需要了")


@scene("portal:act_on_case rate")
def _(s: Stage) -> Post:
    case = confirmed(s.town)
    s.office.reply(case, "provided", DAY)
    return acting(case, "rate", stars="5", text="很快")


@scene("portal:act_on_case sms")
def _(s: Stage) -> Post:
    case = confirmed(s.town)
    Applicant.objects.filter(case=case).update(tell_by_sms=True)
    return acting(case, "sms", wanted="0")


@scene("portal:account")
def _(s: Stage) -> Post:
    return Post(Client(), MINE, lambda: {"email": "chen@example.cn", "once": KEY})


@scene("portal:account_code")
def _(s: Stage) -> Post:
    holder = Holder("chen@example.cn")
    holder.ask()
    code = last_code()
    return Post(holder.client, CODE, lambda: {"code": code})


def holding(s: Stage) -> tuple[Holder, Submitted]:
    return Holder("chen@example.cn").sign_in(), submit(s.town.agency)


@scene("portal:account_add")
def _(s: Stage) -> Post:
    holder, sent = holding(s)
    given = {"number": sent.case.register_no, "code": sent.code}
    return Post(holder.client, f"{MINE}add/", lambda: dict(given))


@scene("portal:account_remove")
def _(s: Stage) -> Post:
    holder, sent = holding(s)
    holder.add(sent)
    return Post(holder.client, f"{MINE}{sent.case.pk}/remove/", dict)


@scene("portal:account_undo")
def _(s: Stage) -> Post:
    holder, sent = holding(s)
    holder.add(sent)
    holder.client.post(f"{MINE}{sent.case.pk}/remove/")
    return Post(holder.client, f"{MINE}undo/", dict)


@scene("portal:account_particulars")
def _(s: Stage) -> Post:
    given = {"kind": "natural_person", "name": "陈一心", "identity_kind": "other", "phone": "0577-63700000"}
    return Post(holding(s)[0].client, f"{MINE}particulars/", lambda: dict(given))


@scene("portal:account_particulars dropped")
def _(s: Stage) -> Post:
    client = holding(s)[0].client
    client.post(f"{MINE}particulars/", {"kind": "natural_person", "name": "陈一心", "identity_kind": "other"})
    return Post(client, f"{MINE}particulars/", lambda: {"step": "drop"})


@scene("portal:account_leave")
def _(s: Stage) -> Post:
    return Post(holding(s)[0].client, f"{MINE}leave/", dict)


@scene("portal:account_delete")
def _(s: Stage) -> Post:
    return Post(holding(s)[0].client, f"{MINE}delete/", lambda: {"sure": "1"})
