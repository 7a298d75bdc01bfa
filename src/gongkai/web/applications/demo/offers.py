"""Citizens of the demo who were about to apply: what was offered to them, and one who needed nothing more."""

from dataclasses import replace
from typing import Final

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import OpenOffer, PrepareDraft, RecordOffers, TakeOffer
from gongkai.web.applications.receiving import intake
from gongkai.web.common import published
from gongkai.web.common.actor import Actor
from gongkai.web.common.published import Wanted

_VISITOR: Final = Actor.of(None)
#: What they were about to ask for, and whether the first offer was it.
_ASKED: Final = (
    ("2024年高标准农田建设项目", True),
    ("青石镇2025年困难群众救助资金发放情况", True),
    ("农村供水管网改造的合同", False),
)


def load(town: Agency, request: intake.Request) -> None:
    """Count what the town's catalogue offers them; ``request`` says who they are."""
    for subject, answered in _ASKED:
        found = published.search(town.pk, Wanted(subject))
        if not found:
            continue
        token = PrepareDraft(_VISITOR, agency=town, request=replace(request, subject=subject)).run()
        RecordOffers(_VISITOR, token=token, offers=found).run()
        OpenOffer(_VISITOR, token=token, key=found[0].key).run()
        if answered:
            TakeOffer(_VISITOR, token=token, key=found[0].key).run()
