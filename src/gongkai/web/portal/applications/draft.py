"""One address for a filled-in application of this browser: its summary, then its receipt, or how it ended."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import SendDraft, TakeBackOffer, TakeOffer
from gongkai.web.applications.models import Case, OfferedItem, Purpose
from gongkai.web.applications.receiving import drafts, intake
from gongkai.web.applications.statistics import offers
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import pages
from gongkai.web.portal.accounts import at_the_form
from gongkai.web.portal.applications import challenge, in_hand, offering
from gongkai.web.portal.applications.in_hand import InHand
from gongkai.web.portal.applications.views import page_of, summary


@method_decorator(never_cache, name="dispatch")
class DraftPage(View):
    """What the draft has become is shown; each step answers with a redirect to the same address."""

    hand: InHand

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only in the browser that filled it in."""
        hand = in_hand.of(request, kwargs["key"])
        if hand is None:
            return _not_here(request)
        self.hand = hand
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG002
        """Sent: the receipt. Ended by what was found: that. Else the summary, while the draft waits."""
        return self.page(request)

    def page(
        self, request: HttpRequest, refusal: ActionRefused | None = None, *, status: int = 200
    ) -> HttpResponse:
        """What the draft is now."""
        case = drafts.case_of_token(self.hand.token)
        if case is not None:
            return self._receipt(request, case)
        taken = offers.taken(self.hand.token)
        if taken is not None:
            return self._not_needed(request, taken)
        return self._summary(request, refusal, status=status)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Send it, end it by what was found or go on after all, or forget it on this device."""
        step, token = request.POST.get("step", ""), self.hand.token
        if step == "put_away":
            response = HttpResponseRedirect(reverse("portal:apply"))
            in_hand.put_away(response, key)
            return response
        if step == "found":
            TakeOffer(Actor.of(None), token=token, key=request.POST.get("offer", "")).run()
            return HttpResponseRedirect(request.path)
        if step == "not_found":
            TakeBackOffer(Actor.of(None), token=token).run()
            return HttpResponseRedirect(request.path)
        try:
            return self._send(request)
        except ActionRefused as refusal:
            if refusal.code != "too-many":
                raise
            return self.page(request, refusal, status=429)

    def _send(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(request.path)
        token = self.hand.token
        if drafts.case_of_token(token) is not None:  # a second click
            return response
        admit = partial(challenge.admit, request, proven=self.hand.proven)
        sending = SendDraft(Actor.of(None), token=token, admit=admit)
        submitted = sending.run()
        if sending.told is not None:  # not the second of two clicks at once
            at_the_form.list_sent(request, submitted)
            in_hand.put(request, response, replace(self.hand, mailed=sending.told))
        return response

    def _summary(self, request: HttpRequest, refusal: ActionRefused | None, *, status: int) -> HttpResponse:
        wanted, agency = drafts.of_token(self.hand.token), drafts.agency_of_token(self.hand.token)
        if wanted is None or agency is None:
            raise drafts.gone()
        context = {
            "agency": agency, "rows": summary(wanted), "key": self.hand.key, "refusal": refusal,
            "offers": offering.counted(self.hand.token, agency, wanted), **at_the_form.shown(request),
            "unauthorised": wanted.requester.agent_name and not _authorised(wanted),
        }  # fmt: skip
        return self._page(request, "summary", "核对申请", context, status=status)

    def _receipt(self, request: HttpRequest, case: Case) -> HttpResponse:
        hand = self.hand
        context = {
            "agency": case.agency, "case": case, "key": hand.key, "mailed": hand.mailed,
            "code": case.code if hand.shows_code and case.purged_at is None else "",
            "minutes": in_hand.REPLAY.seconds // 60,
        }  # fmt: skip
        if at_the_form.lists(request, case):
            context |= at_the_form.shown(request)
        response = self._page(request, "receipt", "申请回执", context)
        in_hand.put(request, response, hand.seen())
        return response

    def _not_needed(self, request: HttpRequest, item: OfferedItem) -> HttpResponse:
        context: dict[str, Any] = {
            "agency": item.offering.agency, "item": item, "key": self.hand.key,
            "until": drafts.waits_until(self.hand.token),
        }  # fmt: skip
        return self._page(request, "not_needed", "不再申请", context)

    @staticmethod
    def _page(
        request: HttpRequest, template: str, title: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        agency: Agency = context["agency"]
        return pages.render(
            request, f"applications/{template}", page_of(agency, title), context, status=status
        )


def _authorised(wanted: intake.Request) -> bool:
    """Whether an authorisation came with it, so far as files tell."""
    return any(one.purpose == Purpose.AUTHORISATION for one in wanted.uploads)


def again(request: HttpRequest, key: str, refusal: ActionRefused) -> HttpResponse:
    """The page of a draft whose step was refused before anybody looked at it."""
    view = DraftPage()
    hand = in_hand.of(request, key)
    if hand is None:
        return _not_here(request, status=403)
    view.hand = hand
    return never_cache(lambda asked: view.page(asked, refusal, status=403))(request)


def _not_here(request: HttpRequest, *, status: int = 404) -> HttpResponse:
    page = pages.Page("不能在这里查看", None, menu="apply", indexed=False)
    return pages.render(request, "applications/not_here", page, status=status)
