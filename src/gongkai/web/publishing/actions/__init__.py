"""Every change of a catalogue, one action each."""

from gongkai.web.publishing.actions.imports import ImportItems
from gongkai.web.publishing.actions.items import AddItem, ChangeItem
from gongkai.web.publishing.actions.withdraw import RestoreItem, WithdrawItem

__all__ = ["AddItem", "ChangeItem", "ImportItems", "RestoreItem", "WithdrawItem"]
