"""The list of one's applications, and the particulars one keeps."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import pages
from gongkai.web.portal.accounts import listing, particulars, secret, signed_in
from gongkai.web.portal.accounts.actions import (
    DropParticulars,
    KeepParticulars,
    ListAgain,
    ListCase,
    UnlistCase,
)
from gongkai.web.portal.accounts.forms import ParticularsForm
from gongkai.web.portal.accounts.models import ListedCase
from gongkai.web.portal.accounts.views.base import for_holder, page, terms, to_account, visitor
from gongkai.web.portal.applications import challenge, tracking
from gongkai.web.portal.applications.posted import only_posted

_DONE = {
    "added": "已加入列表。",
    "removed": "已移出列表。申请仍由受理机关办理，凭登记号和查询码可以查询。",
    "back": "已放回列表。",
}
_UNDO: Final = "citizen-undo"
_UNDO_WITHIN: Final = timedelta(minutes=10)
_KEPT = {"kept": "已保存。下次填写申请表时会自动填入。", "dropped": "已删除保存的个人资料。"}


def show(
    request: HttpRequest, refusal: ActionRefused | None = None, number: str = "", *, status: int = 200
) -> HttpResponse:
    """The list of whoever is signed in."""
    account = signed_in.account(request)
    if account is None:
        return to_account()
    found = listing.page_of(account, request.GET.get("page", ""))
    context = {
        "account": signed_in.masked(request),
        "lines": listing.lines(found),
        "found": found,
        "number": number,
        "refusal": refusal,
        "done": _DONE.get(request.GET.get("done", ""), ""),
        "may_undo": request.GET.get("done") == "removed" and _UNDO in request.COOKIES,
        "keeps_particulars": bool(particulars.of(account)),
        **terms(),
    }
    if request.method == "POST":  # what was refused: its own address answers no GET
        context["here"] = reverse("portal:account")
    return pages.render(request, "accounts/mine", page("我的申请", below=False), context, status=status)


@never_cache
@sensitive_post_parameters("code")
@only_posted("portal:account")
@for_holder
def add(request: HttpRequest) -> HttpResponse:
    """Put a case on the list by number and code, under the limits of the tracking page."""
    number = request.POST.get("number", "").replace("\0", "").strip()[:60]
    try:
        challenge.limit_guessing(request)
        ListCase(
            visitor(), token=signed_in.token(request), number=number, typed=request.POST.get("code", "")[:60]
        ).run()
    except ActionRefused as refusal:
        if refusal.code == "signed-out":
            raise
        if refusal.code == "wrong-code":
            refusal = challenge.wrong_code(request, number)
        return show(request, refusal, number, status=429 if refusal.code == "too-many" else 403)
    return to_account("added")


@never_cache
@only_posted("portal:account")
@for_holder
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case off the list. What puts it back is kept in this browser for a while."""
    token = signed_in.token(request)
    try:
        proof = UnlistCase(visitor(), token=token, case_id=pk).run()
    except ActionRefused as refusal:
        if refusal.code == "signed-out":
            raise
        return show(request, refusal, status=409)
    response = to_account("removed")
    response.set_cookie(
        _UNDO, signing.dumps({"case": pk, "proof": proof}, salt=_undo_salt(token)),
        max_age=int(_UNDO_WITHIN.total_seconds()), path=reverse("portal:account"), httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@never_cache
@only_posted("portal:account")
@for_holder
def undo(request: HttpRequest) -> HttpResponse:
    """Put back what was taken off last, by the same session in the same browser."""
    token = signed_in.token(request)
    try:
        taken = signing.loads(request.COOKIES.get(_UNDO, ""), salt=_undo_salt(token), max_age=_UNDO_WITHIN)
        ListAgain(visitor(), token=token, case_id=taken["case"], proof=taken["proof"]).run()
    except signing.BadSignature:
        late = ActionRefused("不能再撤销", remedy="请用登记号和查询码重新加入")
        return show(request, late, status=409)
    except ActionRefused as refusal:
        if refusal.code == "signed-out":
            raise
        return show(request, refusal, status=409)
    response = to_account("back")
    response.delete_cookie(_UNDO, path=reverse("portal:account"), samesite="Lax")
    return response


def _undo_salt(token: str) -> str:
    """Another session's cookie opens nothing here."""
    return f"portal.accounts.undo:{secret.hashed(token)}"


@never_cache
@only_posted("portal:account")
@for_holder
def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the tracking page of a case on the list, as number and code would."""
    row = (
        ListedCase.objects.select_related("case")
        .filter(account=signed_in.account(request), case_id=pk)
        .first()
    )
    if row is None or not listing.opens(row):
        refusal = ActionRefused("不能打开这件申请", remedy="请用登记号和查询码重新加入，或与受理机关联系")
        return show(request, refusal, status=409)
    tracking.open_case(request, row.case, browser=signed_in.browser_id(request))
    return HttpResponseRedirect(reverse("portal:followed"))


@method_decorator([never_cache, sensitive_post_parameters(), for_holder], name="dispatch")
class ParticularsPage(View):
    """What is filled in for one: kept, changed, deleted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The fields as they are kept."""
        account = signed_in.account(request)
        kept = particulars.of(account) if account else {}
        return self._page(request, ParticularsForm(initial=particulars.initial() | kept), kept=bool(kept))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what is right, or delete all of it."""
        token = signed_in.token(request)
        if request.POST.get("step") == "drop":
            DropParticulars(visitor(), token=token).run()
            return self._done("dropped")
        form = ParticularsForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            KeepParticulars(visitor(), token=token, given=form.cleaned_data).run()
        except ActionRefused as refusal:
            if refusal.code == "signed-out":
                raise
            return self._page(request, form, refusal, status=422)
        return self._done("kept")

    @staticmethod
    def _done(what: str) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse('portal:account_particulars')}?done={what}")

    @staticmethod
    def _page(
        request: HttpRequest,
        form: ParticularsForm,
        refusal: ActionRefused | None = None,
        *,
        kept: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        done = _KEPT.get(request.GET.get("done", ""), "")
        context = {"form": form, "refusal": refusal, "done": done, "kept": kept}
        return pages.render(request, "accounts/particulars", page("个人资料"), context, status=status)
