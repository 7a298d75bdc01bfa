"""Replacing the code of a case; the new one is shown once, to be printed on a receipt."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.applications import selectors
from gongkai.web.applications.actions import NewCode
from gongkai.web.applications.forms.fields import area
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.models import Case
from gongkai.web.applications.views import allowed, receipts
from gongkai.web.applications.views.base import actor_of, page, revision_of
from gongkai.web.common.errors import ActionRefused


class NewCodeForm(ActForm):
    """Why, how the person was known, and how the new code is told."""

    reason = area("更换的理由（如：申请人遗失回执；查询码被他人知悉）", rows=2)
    identified = area("怎样核对了身份（如：本人持身份证到场；不要写证件号码）", rows=2)
    by_mail = forms.BooleanField(label="寄到申请表上的电子邮箱，不在页面上显示", required=False)

    def __init__(self, *args: Any, mailable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mailable:
            del self.fields["by_mail"]


@never_cache
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the form, POST replaces the code and goes on to the page that tells it."""
    case = selectors.case_for(actor_of(request), pk)
    allowed.require(actor_of(request), NewCode, case, "更换查询码")
    sent = request.POST if request.method == "POST" else None
    form = NewCodeForm(sent, mailable=bool(case.applicant.email))
    if sent is None or not form.is_valid():
        status = HTTPStatus.OK if sent is None else HTTPStatus.UNPROCESSABLE_ENTITY
        return _form(request, case, form, status=status)
    try:
        made = NewCode(
            actor_of(request), case_id=pk, revision=revision_of(request, case), **form.given()
        ).run()  # fmt: skip
    except ActionRefused as refusal:
        return _form(request, case, form, refusal, status=HTTPStatus.CONFLICT)
    if form.given().get("by_mail"):
        messages.success(request, "查询码已更换，新的查询码寄往申请人的电子邮箱；原查询码作废。")
        return redirect("applications:case", pk)
    receipts.hand_over_new(request, made)
    return redirect("applications:new_code_given", pk)


@never_cache
@require_safe
def given(request: HttpRequest, pk: int) -> HttpResponse:
    """The new code, told once, and the receipt with it."""
    case = selectors.case_for(actor_of(request), pk)
    context = {"case": case, "code": receipts.tell(request)}
    return page(request, "new_code_given.html", context, crumb="新的查询码")


def _form(
    request: HttpRequest,
    case: Case,
    form: NewCodeForm,
    refusal: ActionRefused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "refusal": refusal,
        "revision": request.POST.get("revision", "") or case.revision,
        "back": reverse("applications:case", args=[case.pk]),
    }
    return page(request, "new_code.html", context, crumb="更换查询码", status=status)
