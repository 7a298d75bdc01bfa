"""Clients who are signed in."""

from django.test import Client

from gongkai.web.agencies.models import Person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
