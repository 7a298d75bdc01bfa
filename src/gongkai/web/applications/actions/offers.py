"""Published things offered before an application is sent, and the application that is then not needed."""

from abc import ABC
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, TypeVar

from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.models import Draft, OfferedItem, Offering
from gongkai.web.applications.receiving import drafts
from gongkai.web.applications.statistics import offers
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.published import Offer

T = TypeVar("T")
_TITLE_LENGTH = 300


@dataclass
class _DraftAction(Action[T], ABC):
    """Something about a draft that its sender has not sent, locked while it is done."""

    actor: Actor
    _: KW_ONLY
    token: str
    draft: Draft = field(init=False, repr=False)
    offering: Offering = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency the draft is for; without its token nobody learns of a draft."""
        found = self._found().values_list("agency_id", flat=True).first()
        if found is None:
            raise drafts.gone()
        return found

    def check(self) -> None:
        """Lock the draft; what was sent is with the agency and no draft any more."""
        self.draft = self._found().select_for_update().get()
        if self.draft.case_id is not None:
            raise ActionRefused("这份申请已经提交", remedy="如不再需要，请用登记号和查询码撤回")

    def _found(self) -> Any:
        return Draft.objects.filter(token_hash=drafts.token_hash(self.token))

    def audit_details(self) -> dict[str, Any]:
        """Which page of offers."""
        return {"offering": self.offering.pk}


@dataclass(kw_only=True)
class RecordOffers(_DraftAction[Offering]):
    """Count that something was offered to whoever filled in the draft; once for each draft."""

    code: ClassVar = "applications.record_offers"
    permission: ClassVar = permissions.SUBMIT

    offers: Sequence[Offer]

    def check(self) -> None:
        """Something, or nothing is counted."""
        super().check()
        if not self.offers:
            raise ActionRefused("没有可以提示的信息", remedy="请继续填写申请")

    def apply(self) -> Offering:
        """What was offered the first time stays."""
        self.offering, new = Offering.objects.get_or_create(
            draft=self.draft, defaults={"agency_id": self.draft.agency_id, "on": today()}
        )
        if new:
            OfferedItem.objects.bulk_create(
                OfferedItem(
                    offering=self.offering,
                    source=one.source,
                    reference=one.reference,
                    title=one.title[:_TITLE_LENGTH],
                    url=one.url,
                    address=one.address,
                )
                for one in self.offers
            )
        return self.offering

    def audit_details(self) -> dict[str, Any]:
        """And how many things."""
        return {**super().audit_details(), "offers": len(self.offers)}


@dataclass(kw_only=True)
class OpenOffer(_DraftAction[OfferedItem]):
    """Count that one of the offers was looked at, once for each draft however often it is opened.

    ``key`` is that of the offer. What was opened after the application was sent is not counted.
    """

    code: ClassVar = "applications.open_offer"
    permission: ClassVar = permissions.SUBMIT

    key: str

    def check(self) -> None:
        """This was offered before sending."""
        super().check()
        offering = Offering.objects.select_for_update().filter(draft=self.draft).first()
        item = _item_of(offering, self.key) if offering else None
        if offering is None or item is None:
            raise ActionRefused("没有提示过这条信息", remedy="请返回上一页重新选择")
        self.offering, self._item = offering, item

    def apply(self) -> OfferedItem:
        """Marked; of the page of offers too, so that a month counts pages of which something was opened."""
        self._item.opened = self.offering.opened = True
        self._item.save(update_fields=["opened"])
        self.offering.save(update_fields=["opened"])
        return self._item


@dataclass(kw_only=True)
class TakeOffer(_DraftAction[OfferedItem]):
    """One of the offers was what was wanted: there is no application, unless it is taken back.

    ``key`` is that of the offer. Clicked again, the same answer comes back and nothing is counted twice. The
    draft waits as long as any other, so that a wrong click costs nobody what they have written.
    """

    code: ClassVar = "applications.take_offer"
    permission: ClassVar = permissions.SUBMIT

    key: str

    def check(self) -> None:
        """It waits still, or was ended so before; and this was offered."""
        super().check()
        offering = Offering.objects.select_for_update().filter(draft=self.draft).first()
        waits = self.draft.content and self.draft.created_at >= timezone.now() - drafts.WAITS
        if offering is None or not (waits or offering.answered):
            raise drafts.gone()
        item = _item_of(offering, self.key)
        if item is None:
            raise ActionRefused("没有提示过这条信息", remedy="请返回上一页重新选择")
        self.offering, self._item = offering, item

    def apply(self) -> OfferedItem:
        """The one that was wanted first; counted."""
        if not self.offering.answered:
            self._item.answered = self.offering.answered = True
            self._item.save(update_fields=["answered"])
            self.offering.save(update_fields=["answered"])
        return self.offering.items.get(answered=True)


@dataclass(kw_only=True)
class TakeBackOffer(_DraftAction[Offering]):
    """What was found is not what was wanted after all: the draft can be sent again."""

    code: ClassVar = "applications.take_back_offer"
    permission: ClassVar = permissions.SUBMIT

    def check(self) -> None:
        """While the draft waits, after something was offered."""
        super().check()
        offering = Offering.objects.filter(draft=self.draft).first()
        if offering is None or self.draft.created_at < timezone.now() - drafts.WAITS:
            raise drafts.gone()
        self.offering = offering

    def apply(self) -> Offering:
        """Counted no longer; clicked again, nothing changes."""
        take_back(self.draft)
        return self.offering


def take_back(draft: Draft) -> None:
    """Whoever goes on with a draft has not found what they wanted: the figures no longer say so."""
    offering = Offering.objects.select_for_update().filter(draft=draft, answered=True).first()
    if offering is not None:
        offering.items.filter(answered=True).update(answered=False)
        offering.answered = False
        offering.save(update_fields=["answered"])


def _item_of(offering: Offering, key: str) -> OfferedItem | None:
    return offering.items.filter(**offers.named(key)).first()
