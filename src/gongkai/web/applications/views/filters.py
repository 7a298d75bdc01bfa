"""What the due list, its calendar and its export are asked for: it stands in the address, but for what is
looked for, which may be somebody's name or number (``search``).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.alike import same_words
from gongkai.web.applications.forms.fields import day_field
from gongkai.web.applications.models import CHANNELS
from gongkai.web.applications.workload.handlers import handlers_of
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL

#: The field of what is looked for, and the key that stands for it in an address.
TYPED: Final = "q"
LOOKED_FOR: Final = "s"
#: What of an address narrows the list down; the page of it does not.
FILTERS: Final = ("bucket", "handler", LOOKED_FOR, "channel", "same", "on")


class DueForm(forms.Form):
    """The filters that are typed or chosen; who handles it is one of the words above the list, or a name."""

    handler = forms.ChoiceField(label="经办人", required=False)
    channel = forms.ChoiceField(label="来件方式", required=False, choices=[("", "全部"), *CHANNELS])
    same = forms.ChoiceField(label="内容相同的", required=False, choices=[("", "全部"), *same_words.FILTERS])
    on = day_field("到期日", required=False)
    q = forms.CharField(label="登记号、申请人全名、证件号或电话", required=False, max_length=60)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [*selectors.HANDLERS.items(), *people]  # type: ignore[attr-defined]

    def has_error_or_value(self) -> bool:
        """Whether anything was asked for that no word above the list shows, or that cannot be."""
        asked_for = {name for name, value in self.cleaned_data.items() if value}
        return bool(self.errors or asked_for - {"handler"}) or (
            self.cleaned_data.get("handler", "") not in selectors.HANDLERS
        )


def asked(actor: Actor, given: QueryDict, day: date, typed: str = "") -> tuple[DueForm, selectors.Wanted]:
    """The form with what an address holds and what is looked for (``typed``), and what that means; what it
    cannot mean is told by the form.
    """
    data = given.copy()
    data[TYPED] = typed
    form = DueForm(data, people=_people(actor, given.get("handler", ""), day))
    form.is_valid()
    bucket, number = given.get("bucket", "all"), given.get("p", "1")
    return form, selectors.Wanted(
        bucket=bucket if bucket in selectors.BUCKETS else "all",
        text=form.cleaned_data.get("q", ""),
        handler=form.cleaned_data.get("handler", ""),
        channel=form.cleaned_data.get("channel", ""),
        same=form.cleaned_data.get("same", ""),
        on=form.cleaned_data.get("on"),
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )


def with_but(given: QueryDict, **changes: str) -> str:
    """The address's filters with some changed; an empty one is left out. For links that keep the others."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        value = changes.get(name, given.get(name, ""))
        if value and (name, value) != ("bucket", "all"):
            kept[name] = value
    return kept.urlencode()


def _people(actor: Actor, handler: str, day: date) -> list[tuple[int, str]]:
    """Who may handle what the actor sees; and whoever the address names, while cases are still theirs."""
    ids = agency_permissions.where(actor, permissions.VIEW)
    if ids is ALL:
        return []
    found = handlers_of(Agency.objects.filter(pk__in=ids), day)
    if not handler.isdecimal() or len(handler) > 12 or int(handler) in dict(found):
        return found
    theirs = selectors.cases_for(actor).filter(handler_id=int(handler))
    gone = Person.objects.filter(pk=int(handler)).first() if theirs.exists() else None
    return [*found, (gone.pk, f"{gone}（不再经办）")] if gone else found
