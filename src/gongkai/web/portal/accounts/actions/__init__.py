"""Every change of a citizen's account, one action each."""

from gongkai.web.portal.accounts.actions.cases import ListAgain, ListCase, UnlistCase
from gongkai.web.portal.accounts.actions.keeping import EraseAccount, WarnAccount
from gongkai.web.portal.accounts.actions.leaving import DeleteAccount, SignOut
from gongkai.web.portal.accounts.actions.particulars import DropParticulars, KeepParticulars
from gongkai.web.portal.accounts.actions.sign_in import AskForCode, EnterCode, Mailing

__all__ = [
    "AskForCode",
    "DeleteAccount",
    "DropParticulars",
    "EnterCode",
    "EraseAccount",
    "KeepParticulars",
    "ListAgain",
    "ListCase",
    "Mailing",
    "SignOut",
    "UnlistCase",
    "WarnAccount",
]
