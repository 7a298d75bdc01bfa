"""The signatures on a version against its agency's signing chain: who signs next, and whether one may."""

from datetime import date
from typing import NamedTuple

from gongkai.web.agencies.models import Agency, Matter, SigningChain
from gongkai.web.agencies.signing import DEFAULT_STEPS, Step, may_sign, people_by_step, problems, steps_of
from gongkai.web.reporting.models import ReportVersion, Signature


class Progress(NamedTuple):
    """The steps of the chain, and the signatures in force on the first of them."""

    steps: list[Step]
    signatures: list[Signature]

    @property
    def next_step(self) -> Step | None:
        """The step that is asked for now."""
        done = len(self.signatures)
        return self.steps[done] if done < len(self.steps) else None

    @property
    def is_last(self) -> bool:
        """Whether the step asked for now is the one that publishes."""
        return len(self.signatures) == len(self.steps) - 1

    def refusal(self, person_id: int) -> str | None:
        """Why a person may not sign now, in Chinese; None where they may."""
        faults = problems(self.steps)
        if faults:
            return "；".join(faults)
        return may_sign(self.steps, [row.person_id for row in self.signatures], person_id)


def chain_of(agency: Agency, day: date) -> list[Step]:
    """The steps a report of the agency takes, with the people who may sign each on a day."""
    chain = SigningChain.objects.filter(agency=agency, matter=Matter.REPORT).first()
    if chain is not None:
        return steps_of(chain, day)
    return people_by_step(agency, [(name, role, None) for name, role in DEFAULT_STEPS], day)


def progress(version: ReportVersion, day: date) -> Progress:
    """How far the signing of a version is."""
    signatures = version.signatures.filter(void_at=None).select_related("person").order_by("step")
    return Progress(chain_of(version.record.agency, day), list(signatures))
