"""The signing chain of an agency."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.agencies.actions.checks import existing, valid
from gongkai.web.agencies.models import Agency, Person, Role, SigningChain, SigningStep
from gongkai.web.agencies.signing import people_by_step, problems
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


@dataclass(frozen=True, slots=True)
class StepWanted:
    """A step to be: its name, the role that signs, and one person of that role where not any may."""

    name: str
    role: str
    person: Person | None = None


@dataclass
class SetChain(Action[SigningChain]):
    """Set the steps of one matter in one agency, in order; two different people must be able to sign."""

    code: ClassVar = "agencies.set_chain"
    permission: ClassVar = "agencies.set_chain"

    actor: Actor
    _: KW_ONLY
    agency: Agency
    matter: str
    steps: Sequence[StepWanted]

    def agency_id(self) -> int:
        """The agency."""
        return self.agency.pk

    def check(self) -> None:
        """As ``signing.problems`` says."""
        existing(self.agency)
        day = timezone.localdate()
        wanted = [(step.name, step.role, step.person.pk if step.person else None) for step in self.steps]
        unknown = [step.role for step in self.steps if step.role not in Role.values]
        if unknown:
            raise ActionRefused(f"没有这样的岗位：{'、'.join(unknown)}")
        found = problems(people_by_step(self.agency, self.matter, wanted, day))
        if found:
            raise ActionRefused("；".join(found), remedy="请调整步骤，或先任命相应岗位的人员")

    def apply(self) -> SigningChain:
        """Replace the steps; what has been signed keeps its own record of who signed."""
        self._chain, _ = SigningChain.objects.select_for_update().get_or_create(
            agency=self.agency, matter=self.matter
        )
        self._chain.steps.all().delete()
        for number, step in enumerate(self.steps, start=1):
            row = SigningStep(
                chain=self._chain, number=number, name=step.name, role=step.role, person=step.person
            )
            valid(row)
            row.save()
        self._chain.save()
        return self._chain

    def audit_details(self) -> dict[str, Any]:
        """The matter and the steps: roles and ids."""
        steps = [[str(step.role), step.person.pk if step.person else None] for step in self.steps]
        return {"matter": str(self.matter), "steps": steps}
