"""Signing in by a mailed code, signing out, deleting the account."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gongkai.web.applications.privacy import masking
from gongkai.web.common import once
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import pages
from gongkai.web.portal.accounts import address, limits, secret, selectors, signed_in
from gongkai.web.portal.accounts.actions import AskForCode, DeleteAccount, EnterCode, SignOut
from gongkai.web.portal.accounts.actions.sign_in import gone
from gongkai.web.portal.accounts.views import mine
from gongkai.web.portal.accounts.views.base import for_holder, page, terms, to_account, visitor
from gongkai.web.portal.applications import tracking
from gongkai.web.portal.applications.posted import only_posted

#: What the sign-in says has happened, by the word in its address.
_DONE: Final = {
    "left": "已退出登录。",
    "everywhere": "已在所有设备上退出登录。",
    "deleted": "账号已删除，申请列表和保存的个人资料一并删除。"
    "已提出的申请由受理机关保存，凭登记号和查询码仍可查询。",
}


@method_decorator([never_cache, sensitive_post_parameters("email")], name="dispatch")
class AccountPage(View):
    """The list of applications; who is not signed in may ask for a code here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, or the one field of the sign-in."""
        if signed_in.account(request) is not None:
            return mine.show(request)
        return self._sign_in(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mail a code. The answer is the same for every address, with an account and without."""
        email, form = request.POST.get("email", "")[:300], request.POST.get(once.FIELD, "")
        try:
            # Sent twice, a form is neither counted nor answered by another code than the first time.
            browser = selectors.asked_with(form, address.normal(email), timezone.now())
            if not browser:
                mailing = limits.ask(request, email, request.POST.get("altcha", ""))
                before = signed_in.asking(request)
                browser = AskForCode(visitor(), email=email, before=before, form=form, mailing=mailing).run()
        except ActionRefused as refusal:
            return self._sign_in(request, email, refusal, status=429 if refusal.code == "too-many" else 422)
        response = HttpResponseRedirect(reverse("portal:account_code"))
        signed_in.put_asking(response, browser)
        return response

    @staticmethod
    def _sign_in(
        request: HttpRequest, email: str = "", refusal: ActionRefused | None = None, *, status: int = 200
    ) -> HttpResponse:
        done = _DONE.get(request.GET.get("done", ""), "")
        context = {
            "email": email, "refusal": refusal, "done": done, "once": once.token(request),
            "hard": refusal is not None and refusal.code == "too-many", **terms(),
        }  # fmt: skip
        return pages.render(
            request, "accounts/sign_in", page("我的申请", below=False), context, status=status
        )


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodePage(View):
    """Where the code is typed; the link in the mail leads here and signs nobody in by itself."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The field, filled in by the link; in another browser the reason why not."""
        if signed_in.account(request) is not None:
            return to_account()
        return self._page(request, request.GET.get("code", "")[:20])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign in, or say that the code is wrong."""
        typed, asking = request.POST.get("code", "")[:60], signed_in.asking(request)
        try:
            limits.enter(request)
            entered = EnterCode(visitor(), token=asking, typed=typed, before=signed_in.token(request)).run()
        except ActionRefused as refusal:
            return self._page(request, typed, refusal, status=429 if refusal.code == "too-many" else 403)
        if not entered.token:
            return self._page(request, typed, _wrong(entered.tries_left), status=403)
        response = to_account()
        signed_in.put(response, entered.token)
        rotate_token(request)
        tracking.close(request)
        return response

    @staticmethod
    def _page(
        request: HttpRequest, typed: str, refusal: ActionRefused | None = None, *, status: int = 200
    ) -> HttpResponse:
        waiting = selectors.waiting_for(secret.hashed(signed_in.asking(request)), timezone.now())
        context = {
            "typed": typed,
            "refusal": refusal or (None if waiting else gone()),
            "to_address": masking.email(waiting.email) if waiting else "",
            "shared": waiting.shared if waiting else None,
            **terms(),
        }
        return pages.render(request, "accounts/code", page("输入登录码"), context, status=status)


def _wrong(left: int) -> ActionRefused:
    if not left:
        return ActionRefused("登录码不对，已输错多次，这个登录码作废", remedy="请重新获取登录码")
    return ActionRefused(f"登录码不对，还可以试{left}次", remedy="请核对最近一封邮件中的登录码")


@never_cache
@only_posted("portal:account")
@for_holder
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out here or everywhere; what was opened from the list closes too."""
    everywhere = request.POST.get("everywhere") == "1"
    SignOut(visitor(), token=signed_in.token(request), everywhere=everywhere).run()
    return _gone(request, "everywhere" if everywhere else "left")


@method_decorator([never_cache, for_holder], name="dispatch")
class Delete(View):
    """Says what goes and what stays, then deletes the account."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What will happen."""
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Once it is confirmed."""
        if request.POST.get("sure") != "1":
            refusal = ActionRefused("没有勾选确认", remedy="确要删除的，请勾选“确认删除账号”")
            return self._page(request, refusal, status=409)
        DeleteAccount(visitor(), token=signed_in.token(request)).run()
        return _gone(request, "deleted")

    @staticmethod
    def _page(
        request: HttpRequest, refusal: ActionRefused | None = None, *, status: int = 200
    ) -> HttpResponse:
        context = {"refusal": refusal, "account": signed_in.masked(request)}
        return pages.render(request, "accounts/delete", page("删除账号"), context, status=status)


def _gone(request: HttpRequest, done: str) -> HttpResponse:
    response = to_account(done)
    signed_in.take_away(response)
    tracking.close(request)
    return response
