"""What an agency sets: numbers, bodies of its remedy clauses, its own letter templates."""

import hashlib
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.models import LetterTemplate, Register
from gongkai.web.applications.papers import templates
from gongkai.web.applications.receiving import numbers
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


@dataclass
class SetRegister(Action[Register]):
    """Set how an agency numbers its applications, and what its letters name."""

    code: ClassVar = "applications.set_register"
    permission: ClassVar = permissions.SET_UP

    actor: Actor
    _: KW_ONLY
    agency: Agency
    pattern: str
    mark: str = ""
    reconsideration_body: str = ""
    court: str = ""
    confirm_at_once: bool = False

    def agency_id(self) -> int:
        """The agency that numbers."""
        return self.agency.pk

    def check(self) -> None:
        """A pattern that gives each case its own number, also beside those given by the pattern before."""
        if self.pattern != numbers.register_of(self.agency).pattern:
            numbers.refuse_bad_pattern(self.pattern)
            numbers.refuse_colliding(self.agency, self.pattern)

    def apply(self) -> Register:
        """For numbers to come; those given stay."""
        found, _ = Register.objects.update_or_create(
            agency=self.agency,
            defaults={
                "pattern": self.pattern,
                "mark": self.mark.strip(),
                "reconsideration_body": self.reconsideration_body.strip(),
                "court": self.court.strip(),
                "confirm_at_once": self.confirm_at_once,
            },
        )
        return found

    def audit_details(self) -> dict[str, Any]:
        """What was set."""
        return {"pattern": self.pattern, "mark": self.mark, "confirm_at_once": self.confirm_at_once}


@dataclass
class SetTemplate(Action[LetterTemplate]):
    """Take an agency's own DOCX for a kind of letter; the file in force, sent again, stays as it is."""

    code: ClassVar = "applications.set_template"
    permission: ClassVar = permissions.SET_UP

    actor: Actor
    _: KW_ONLY
    agency: Agency
    kind: str
    name: str
    content: bytes
    _unreadable: tuple[str, ...] = field(init=False, repr=False, default=())

    def agency_id(self) -> int:
        """The agency whose template it is."""
        return self.agency.pk

    def prepare(self) -> None:
        """How its pages look: LibreOffice takes seconds to draw them."""
        kind = templates.kind_of(self.kind)
        if kind is not None and self.may() and not own_templates.faults(kind, self.content):
            self._unreadable = own_templates.unreadable(kind, self.content)

    def check(self) -> None:
        """A DOCX whose fields are known, with none of the parts a letter must have left out."""
        # Two that take one at the same time wait for each other here.
        Agency.objects.select_for_update(no_key=True).get(pk=self.agency.pk)
        kind = templates.kind_of(self.kind)
        if kind is None:
            raise ActionRefused("没有这种文书", remedy="请从列表中选择")
        if wrong := own_templates.faults(kind, self.content) or self._unreadable:
            raise ActionRefused("；".join(wrong), place=self.name, remedy=own_templates.REMEDY)

    def apply(self) -> LetterTemplate:
        """From now on; the one before stays on record."""
        now, sha256 = timezone.now(), hashlib.sha256(self.content).hexdigest()
        in_force = LetterTemplate.objects.filter(agency=self.agency, kind=self.kind, replaced_at=None)
        same = in_force.filter(sha256=sha256, name=self.name[:200]).first()
        if same is not None:
            return same
        in_force.update(replaced_at=now)
        return LetterTemplate.objects.create(
            agency=self.agency, kind=self.kind, name=self.name[:200], content=self.content, sha256=sha256,
            uploaded_by_id=self.actor.person_id, uploaded_at=now,
        )  # fmt: skip

    def audit_details(self) -> dict[str, Any]:
        """The kind and the hash of the file."""
        return {"kind": self.kind, "sha256": hashlib.sha256(self.content).hexdigest()}


@dataclass
class DropTemplate(Action[int]):
    """Go back to the usual wording for a kind of letter."""

    code: ClassVar = "applications.drop_template"
    permission: ClassVar = permissions.SET_UP

    actor: Actor
    _: KW_ONLY
    agency: Agency
    kind: str

    def agency_id(self) -> int:
        """The agency whose template it is."""
        return self.agency.pk

    def check(self) -> None:
        """There is one."""
        if not LetterTemplate.objects.filter(agency=self.agency, kind=self.kind, replaced_at=None).exists():
            raise ActionRefused("本机关没有这种文书的模板", remedy="现在用的就是通用文本，不用恢复")

    def apply(self) -> int:
        """It stays on record."""
        found = LetterTemplate.objects.filter(agency=self.agency, kind=self.kind, replaced_at=None)
        return found.update(replaced_at=timezone.now())

    def audit_details(self) -> dict[str, Any]:
        """The kind."""
        return {"kind": self.kind}
