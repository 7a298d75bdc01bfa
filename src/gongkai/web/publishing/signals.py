"""Told in the transaction of a change to what the public sees of any catalogue."""

from django.dispatch import Signal

catalogue_changed = Signal()
