"""The catalogue's list, and one item: entered, changed, taken down, put back."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.common.actions import Action
from gongkai.web.common.errors import ActionRefused
from gongkai.web.publishing import entries, personal, selectors
from gongkai.web.publishing.actions import AddItem, ChangeItem, RestoreItem, WithdrawItem
from gongkai.web.publishing.forms import AgencyForm, EntryForm, ReasonForm
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.views.base import actor_of, page, whole


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The items of one's agencies, newest first; searched by words of the title or by a number."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    shown = request.GET.get("shown", "")
    items = selectors.containing(selectors.for_actor(actor_of(request)), text)
    if shown in {"public", "withdrawn"}:
        items = items.filter(withdrawn_on__isnull=shown == "public")
    found = Paginator(items, selectors.PAGE).get_page(whole(request.GET.get("p", "1")) or 1)
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "text": text,
        "shown": shown,
        "page": found,
        "query": query.urlencode(),
        "may_enter": bool(selectors.editable(actor_of(request))),
        "may_check": selectors.checked_for_persons(actor_of(request)) is not None,
    }
    return page(request, "index.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new item of one of one's agencies."""
    agencies = selectors.editable(actor_of(request))
    if not agencies:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    of = AgencyForm(posted, agencies=[(one.pk, one.full_name) for one in agencies])
    form = EntryForm(posted)
    context: dict[str, Any] = {"form": form, "of": of, "button": "保存"}
    if posted is not None and _sound(form) and of.is_valid():
        agency = next(one for one in agencies if one.pk == of.cleaned_data["agency"])
        try:
            made = AddItem(
                actor_of(request),
                agency=agency,
                entry=form.entry(),
                personal_because=form.personal_because(),
            ).run()
        except ActionRefused as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, f"已录入“{made.title}”。")
            return redirect("publishing:item", made.pk)
    return _answered(request, "item_form.html", context, "录入目录")


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item; who may enter changes it here."""
    found = selectors.one(actor_of(request), pk)
    posted = request.POST if request.method == "POST" else None
    form = EntryForm(posted, item=found)
    context: dict[str, Any] = {"form": form, **_about(request, found)}
    if posted is not None and _sound(form, found):
        change = ChangeItem(
            actor_of(request),
            item_id=pk,
            revision=whole(posted.get("revision", "")) or 0,
            entry=form.entry(),
            personal_because=form.personal_because(),
        )
        try:
            change.run()
        except ActionRefused as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, "已保存。")
            return redirect("publishing:item", pk)
    return _answered(request, "item.html", context, found.title[:40])


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item down, with a reason."""
    found = selectors.one(actor_of(request), pk)
    return _with_reason(request, found, WithdrawItem, "撤下", "已撤下，公众不再看到。")


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back, with a reason; of numbers of persons in it with one more."""
    found = selectors.one(actor_of(request), pk)
    return _with_reason(
        request, found, RestoreItem, "恢复公开", "已恢复公开。", personal.found_in(entries.of(found))
    )


def _with_reason(
    request: HttpRequest,
    found: Item,
    action: type[WithdrawItem] | type[RestoreItem],
    word: str,
    done: str,
    of_persons: personal.ByField | None = None,
) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "button": word, **_about(request, found)}
    given: dict[str, Any] = {}
    if of_persons:
        form.ask_why()
        context["personal"] = personal.labelled(of_persons)
        given["personal_because"] = form.personal_because()
    if form.is_valid():
        revision = whole(request.POST.get("revision", "")) or 0
        given |= {"revision": revision, "reason": form.cleaned_data["reason"]}
        wanted: Action[Item] = action(actor_of(request), item_id=found.pk, **given)
        try:
            wanted.run()
        except ActionRefused as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, done)
            return redirect("publishing:item", found.pk)
    return _answered(request, "reason.html", context, word)


def _about(request: HttpRequest, found: Item) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "item": found,
        "revision": request.POST.get("revision", "") or found.revision,
        "may_change": ChangeItem(actor, item_id=found.pk, entry=entries.of(found)).may(),
        "may_withdraw": WithdrawItem(actor, item_id=found.pk, reason="").may(),
    }


def _sound(form: EntryForm, item: Item | None = None) -> bool:
    """Whether all of it can be entered; what cannot is said beside its field."""
    if form.is_valid():
        wrong = entries.faults(form.entry(), timezone.localdate())
        form.tell_personal(item)
        form.tell(wrong)
    return form.is_valid()


def _answered(request: HttpRequest, template: str, context: dict[str, Any], crumb: str) -> HttpResponse:
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.CONFLICT if "refusal" in context else HTTPStatus.UNPROCESSABLE_ENTITY
    return page(request, template, context, crumb=crumb, status=status)
