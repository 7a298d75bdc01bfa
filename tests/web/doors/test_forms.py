"""Numbers and names of other agencies' things, typed into every form that takes one."""

import inspect
import pkgutil
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import gongkai.web
from gongkai.web.agencies.fields import AgencyField
from gongkai.web.reporting.actions.base import RecordAction
from tests.web import days
from tests.web.agencies.conftest import person
from tests.web.doors.conftest import Ground, everything

SignIn = Callable[..., Client]
pytestmark = pytest.mark.usefixtures("still_today")
TODAY = days.TODAY.isoformat()
SOON = (days.TODAY + timedelta(days=9)).isoformat()

#: Form and field -> the address it is posted to and what else is filled in. What is typed is the town's.
Typed = Callable[[Ground], tuple[str, dict[str, object]]]
FORMS: dict[str, Typed] = {
    "NewAgencyForm.supervisor": lambda g: ("/admin/agencies/new/", {
        "full_name": "苍南县新镇人民政府", "short_name": "新镇", "kind": "town", "region": "330327",
        "agency_code": "new", "slug": "new", "supervisor": g.here.full_name,
    }),
    "MoveForm.supervisor": lambda g: (f"/admin/agencies/{g.there.pk}/move/", {
        "supervisor": g.here.code, "region": "330327",
    }),
    "AppointForm.person": lambda g: (f"/admin/agencies/{g.there.pk}/appoint/", {
        "person": g.clerk.pk, "role": "clerk", "from_day": TODAY,
    }),
    "LeaveForm.deputy": lambda g: (f"/admin/people/{g.other_clerk.pk}/leave/", {
        "from_day": TODAY, "until_day": SOON, "deputy": g.clerk.pk,
    }),
    "HandOverForm.successor": lambda g: (f"/admin/people/{g.other_clerk.pk}/hand-over/", {
        "successor": g.clerk.pk, "last_day": TODAY,
    }),
    "OfficeForm.office": lambda g: (f"/admin/agencies/{g.next_county.pk}/office/", {"office": g.here.pk}),
    "StepForm.person": lambda g: (f"/admin/agencies/{g.there.pk}/chain/report/", {
        "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0,
        "form-0-name": "拟稿", "form-0-role": "clerk", "form-0-person": g.clerk.pk,
        "form-1-name": "签发", "form-1-role": "leader", "form-1-person": g.leader.pk,
    }),
    "UploadForm.agency": lambda g: ("/admin/annual-reports/upload/", {
        "agency": g.here.pk, "year": 2023, "files": SimpleUploadedFile("年报.txt", "一、总体情况".encode()),
    }),
}  # fmt: skip


def choosing() -> set[str]:
    """Every field of our forms that takes an agency, a person or another thing on record."""
    found = set()
    for module in pkgutil.walk_packages(gongkai.web.__path__, "gongkai.web."):
        if not module.name.endswith("forms"):
            continue
        for name, form in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(form, forms.BaseForm) and form.__module__ == module.name:
                found |= {
                    f"{name}.{field}"
                    for field, kind in form.base_fields.items()
                    if isinstance(kind, forms.ModelChoiceField | AgencyField)
                }
    return found


def test_every_field_that_takes_a_thing_is_tried() -> None:
    assert choosing() == set(FORMS)


@pytest.mark.parametrize("field", sorted(FORMS))
def test_what_belongs_to_another_agency_is_not_taken(ground: Ground, signed_in: SignIn, field: str) -> None:
    person("there-leader", ground.there, "leader")
    for who in (ground.other_administrator, ground.other_clerk, ground.other_office):
        client = signed_in(who)
        client.get("/admin/")
        before = everything()
        address, data = FORMS[field](ground)
        response = client.post(address, data)
        assert response.status_code in {200, 403, 404, 409}, (who, response.status_code)
        assert everything() == before, who


def test_the_same_forms_take_what_is_the_own(ground: Ground, signed_in: SignIn) -> None:
    """The refusals above are about whose it is, not about how the form was filled in."""
    leader = person("there-leader", ground.there, "leader")
    own = {ground.here.full_name: ground.next_county.full_name, ground.here.code: ground.next_county.code,
           ground.clerk.pk: ground.other_clerk.pk, ground.leader.pk: leader.pk}  # fmt: skip
    changed = set()
    for field in ("NewAgencyForm.supervisor", "StepForm.person", "LeaveForm.deputy"):
        client = signed_in(ground.other_administrator)
        client.get("/admin/")
        before = everything()
        address, data = FORMS[field](ground)
        filled = {key: own.get(value, value) for key, value in data.items()}  # type: ignore[call-overload]
        if field == "LeaveForm.deputy":
            filled["deputy"] = leader.pk
        client.post(address, filled)
        if everything() != before:
            changed.add(field)
    assert changed == {"NewAgencyForm.supervisor", "StepForm.person", "LeaveForm.deputy"}


def test_a_report_is_changed_under_its_own_address_only(ground: Ground, signed_in: SignIn) -> None:
    """Nothing in the body of a post names another report: its number stands in the address alone."""
    from gongkai.web.reporting.views.acts import ACTS

    client = signed_in(ground.other_clerk)
    client.get("/admin/")
    before = everything()
    for name, act in ACTS.items():
        assert issubclass(act.action, RecordAction)
        assert "record_id" not in {*act.fields, *act.hidden}
        data = {
            "revision": ground.record.revision, "record_id": ground.record.pk, "reason": "x", "value": "1",
            "path": "applications.total.total", "key": "0" * 32, "opinion": "",
        }  # fmt: skip
        response = client.post(f"/admin/annual-reports/{ground.record.pk}/do/{name}/", data)
        assert response.status_code == 404, name
    assert everything() == before
