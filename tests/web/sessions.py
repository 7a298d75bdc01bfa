"""Clients who are signed in, and what an authenticator shows for it."""

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from gongkai.web.agencies.models import Person


def totp_code(secret: str, ahead: int = 0) -> str:
    """What the authenticator shows now, or ``ahead`` steps of half a minute later.

    Of the steps that are tolerated the middle one is now; the first may be refused when the code arrives.
    """
    tolerated = list(totp.yield_hotp_counters_from_time())
    now = tolerated[len(tolerated) // 2]
    return str(totp.format_hotp_value(totp.hotp_value(secret, now + ahead)))


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
