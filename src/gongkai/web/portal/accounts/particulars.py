"""What of the application form an account may keep: who somebody is and how they are reached.

What is asked for, why, an agent and needs belong to one application and are not kept.
"""

import json
from collections.abc import Mapping
from typing import Final

from gongkai.web.applications.models import ApplicantKind, IdentityKind
from gongkai.web.applications.receiving import intake
from gongkai.web.common.typed import one_line
from gongkai.web.portal.accounts.models import Account, Particulars

#: Fields of ``intake.Requester`` and of the form.
TYPED: Final = ("name", "identity_number", "phone", "email", "address", "postcode", "contact_name")
FIELDS: Final = ("kind", "name", "identity_kind", "identity_number", *TYPED[2:])


def filled(given: Mapping[str, str]) -> dict[str, str]:
    """What is filled in, as one sees it; empty where nothing was typed."""
    kept = {name: one_line(str(given.get(name, ""))) for name in FIELDS}
    return {name: text for name, text in kept.items() if text} if any(kept[name] for name in TYPED) else {}


def faults(kept: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what is filled in, by the rules of the form; what is missing is not wrong."""
    who = intake.Requester(**{name: kept.get(name, "") for name in FIELDS})
    wrong = intake.faults(intake.Request(who, subject="-"))
    return {name: text for name, text in wrong.items() if kept.get(name)}


def written(kept: Mapping[str, str]) -> str:
    """As the row holds it, to be encrypted."""
    return json.dumps(dict(kept), ensure_ascii=False)


def of(account: Account) -> dict[str, str]:
    """What an account keeps; empty where its holder chose nothing."""
    row = Particulars.objects.filter(account=account).first()
    return dict(json.loads(row.content)) if row else {}


def initial() -> dict[str, str]:
    """What an empty form begins with."""
    return {"kind": ApplicantKind.NATURAL_PERSON.value, "identity_kind": IdentityKind.IDENTITY_CARD.value}
