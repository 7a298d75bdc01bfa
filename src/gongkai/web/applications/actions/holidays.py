"""A new year's holidays, taken over by the site's administrator; every open case is looked at again."""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar

from gongkai.kernel import GongkaiError
from gongkai.law.arrangement import Arrangement, parse
from gongkai.law.calendar import published
from gongkai.law.holiday_notice import read_notice
from gongkai.law.imported import dump, import_year
from gongkai.web.applications import permissions
from gongkai.web.common import tasks
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE


@dataclass
class ImportHolidays(Action[Arrangement]):
    """Take over the arrangement of one year, TOML or JSON as ``gongkai law import-year`` reads it."""

    code: ClassVar = "applications.import_holidays"
    permission: ClassVar = permissions.IMPORT_HOLIDAYS

    actor: Actor
    _: KW_ONLY
    text: str

    def agency_id(self) -> int:
        """The whole site's."""
        return SITE

    def check(self) -> None:
        """One year, complete, next to those there are."""
        self._arrangement = examined(self.text)

    def apply(self) -> Arrangement:
        """In force from now on; a worker looks at the open cases as soon as this is on record."""
        tasks.enqueue("applications.refresh_open", key="holidays", everything=True)
        # Last: a file is not rolled back.
        return import_year(self.text)

    def audit_details(self) -> dict[str, Any]:
        """The year and the number of its notice."""
        return {"year": self._arrangement.year, "notice": self._arrangement.notice}


def of_notice(*, year: int, notice: str, issued: date, words: str) -> tuple[str, tuple[str, ...]]:
    """A notice's words as the text ``ImportHolidays`` takes, and the sentences that arrange nothing.

    Raises ``ActionRefused`` with the sentence that is not plain.
    """
    try:
        found = read_notice(words, year=year, notice=notice.strip(), issued=issued)
    except GongkaiError as error:
        raise ActionRefused(error.message, place=error.place, remedy=error.remedy) from error
    return dump(found.arrangement), found.passed_over


def examined(text: str) -> Arrangement:
    """The arrangement a text says. Raises ``ActionRefused`` with what is wrong with it."""
    try:
        arrangement = parse(text)
        published().with_year(arrangement)
    except GongkaiError as error:
        raise ActionRefused(error.message, place=error.place, remedy=error.remedy) from error
    return arrangement
