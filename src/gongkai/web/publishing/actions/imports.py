"""A whole catalogue from a file: new index numbers are added, known ones brought up to date."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, NamedTuple

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.publishing import catalogue_file, entries, finding, permissions, personal
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.signals import catalogue_changed

_BATCH = 500


class Imported(NamedTuple):
    """How many items were added and changed; the others were the same already."""

    added: int
    changed: int


@dataclass
class ImportItems(Action[Imported]):
    """Take the sound rows of a file (``catalogue_file.compare`` says which) over into the catalogue.

    What the catalogue holds beyond the file stays: a file may hold one year alone. Rows with numbers of
    persons are taken over for a reason alone (``personal_because``), which the log keeps with line and field.
    """

    code: ClassVar = "publishing.import_items"
    permission: ClassVar = permissions.EDIT

    actor: Actor
    _: KW_ONLY
    agency: Agency
    rows: Sequence[catalogue_file.Row]
    personal_because: str = ""
    _done: Imported = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency whose catalogue it is."""
        return self.agency.pk

    def check(self) -> None:
        """There is something to take over."""
        if self.personal_because:
            self.personal_because = personal.reason(self.personal_because)
        # Two imports of the same file wait for each other here.
        Agency.objects.select_for_update().get(pk=self.agency.pk)
        compared = catalogue_file.compare(
            self.agency, self.rows, timezone.localdate(), confirmed=bool(self.personal_because)
        )
        self._new = [one.entry for one in compared if one.verdict is catalogue_file.Verdict.NEW]
        self._changed = [one.entry for one in compared if one.verdict is catalogue_file.Verdict.CHANGED]
        taken = (catalogue_file.Verdict.NEW, catalogue_file.Verdict.CHANGED)
        self._of_persons = {one.entry.index_key for one in compared if one.of_persons}
        self._personal = {
            str(one.line): personal.counted(one.of_persons)
            for one in compared
            if one.of_persons and one.verdict in taken
        }
        if not self._new and not self._changed:
            raise ActionRefused("文件中没有可以新增或更新的目录", remedy="请按核对结果改正文件后再导入")

    def apply(self) -> Imported:
        """All sound rows, or none."""
        new = [entries.fill(Item(agency=self.agency), entry) for entry in self._new]
        known = {one.index_key: one for one in self._known()}
        now = timezone.now()
        changed = [entries.fill(known[entry.index_key], entry) for entry in self._changed]
        for item in changed:
            item.revision += 1
            item.changed_at = now
        Item.objects.bulk_create(new, batch_size=_BATCH)
        keys = [*entries.NAMES, "index_key", "number_key", "revision", "changed_at"]
        Item.objects.bulk_update(changed, keys, batch_size=_BATCH)
        finding.index([*new, *changed])
        self._passed = [item.pk for item in (*new, *changed) if item.index_key in self._of_persons]
        catalogue_changed.send(type(self))
        self._done = Imported(len(new), len(changed))
        return self._done

    def _known(self) -> list[Item]:
        keys = [entry.index_key for entry in self._changed]
        found: list[Item] = []
        for start in range(0, len(keys), _BATCH):
            locked = Item.objects.select_for_update().filter(agency=self.agency)
            found += locked.filter(index_key__in=keys[start : start + _BATCH])
        return found

    def audit_details(self) -> dict[str, Any]:
        """How many; of numbers of persons line, field and kind, and why they are public."""
        done = {"added": self._done.added, "changed": self._done.changed, "rows": len(self.rows)}
        if not self._personal:
            return done
        return {
            **done, "personal": self._personal, "items": self._passed, "because": self.personal_because,
        }  # fmt: skip
