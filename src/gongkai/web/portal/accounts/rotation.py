"""Proofs of codes, made anew with the hash key in force; part of ``rotate_keys``."""

from django.db import transaction

from gongkai.web.applications.receiving import codes
from gongkai.web.common import keys
from gongkai.web.portal.accounts.models import ListedCase


def rotate() -> int:
    """Renew every proof that still holds; how many were renewed. One that does not hold is left as it is."""
    count = 0
    for pk, proof in ListedCase.objects.values_list("pk", "proof").iterator(chunk_size=1000):
        if keys.outdated(proof):
            count += _renew(pk)
    return count


def _renew(pk: int) -> int:
    with transaction.atomic():
        listed = (
            ListedCase.objects.select_for_update(of=("self",)).select_related("case").filter(pk=pk).first()
        )
        if listed is None or not codes.proves(listed.proof, listed.case.code):
            return 0
        listed.proof = codes.proof(listed.case.code)
        listed.save(update_fields=["proof"])
    return 1
