"""What is done by itself: forgotten accounts, codes and sessions that are over."""

import datetime as dt
from typing import Final

from django.conf import settings
from django.utils import timezone

from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.tasks import task
from gongkai.web.portal.accounts import permissions, selectors, signed_in
from gongkai.web.portal.accounts.actions import EraseAccount, WarnAccount
from gongkai.web.portal.accounts.models import SharedCode, SignedIn, SignInCode

_ACTOR: Final = Actor.system(permissions.KEEPER)


@task("portal.forgotten_accounts", daily_at=dt.time(2, 50))
def forgotten_accounts() -> None:
    """Tell who is about to lose an account, erase those whose holders were told and did not come back."""
    now = timezone.now()
    for action, due in ((EraseAccount, selectors.to_erase(now)), (WarnAccount, selectors.to_warn(now))):
        for pk in list(due.values_list("pk", flat=True)):
            try:
                action(_ACTOR, account_id=pk).run()
            except ActionRefused:
                continue  # signed in to, or dealt with, in the meantime


@task("portal.over_sessions", every=dt.timedelta(hours=1))
def over_sessions() -> None:
    """Delete codes nobody typed, with their addresses, and sessions that are over."""
    now = timezone.now()
    SignInCode.objects.filter(created_at__lt=now - settings.CITIZEN_CODE_VALID).delete()
    SharedCode.objects.filter(created_at__lt=now - settings.CITIZEN_SHARED_CODE_VALID).delete()
    SignedIn.objects.filter(signed_in.over(now)).delete()
