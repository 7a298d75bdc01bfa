"""An applicant who follows a case with its number and code."""

from django.test import Client
from django.urls import reverse

from gongkai.web.applications.models import Case

TRACK, FOLLOWED = "/apply/track/", "/apply/case/"
CORRECT = reverse("portal:act_on_case", args=["correct"])
RATE = reverse("portal:act_on_case", args=["rate"])


def key(case: Case, code: str = "") -> dict[str, str]:
    return {"number": case.register_no, "code": code or case.code}


def of(case: Case, **given: object) -> dict[str, object]:
    """What a form on the page of a case brings."""
    return {"case": case.pk, "number": case.register_no, **given}


def opened(case: Case) -> Client:
    client = Client()
    assert client.post(TRACK, key(case)).headers["Location"] == FOLLOWED
    return client
