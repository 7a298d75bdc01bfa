"""The rules of a signing chain, over plain values: at least two different people sign."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from gongkai.web.agencies.models import Agency, Matter, Role, SigningChain
from gongkai.web.agencies.models.signing import OF_APPLICATIONS
from gongkai.web.agencies.selectors import deputies, holders

#: Condition of every chain: one person alone never signs a matter from end to end.
LEAST_PEOPLE = 2


class Step(NamedTuple):
    """A step and the ids of the people who may sign it."""

    name: str
    people: frozenset[int]


def problems(steps: Sequence[Step]) -> list[str]:
    """What keeps a chain from being signed by at least two different people; empty where nothing does.

    With two steps or more, each of which somebody may sign, two different people can sign exactly where two
    different people appear in the chain at all.
    """
    if len(steps) < LEAST_PEOPLE:
        return ["签批流程至少要有两个步骤"]
    found = [f"“{step.name}”步骤没有可以签批的人员" for step in steps if not step.people]
    if not found and len(frozenset[int]().union(*(step.people for step in steps))) < LEAST_PEOPLE:
        found.append("所有步骤都只能由同一人签批，至少要有两名不同的人员签批")
    return found


def may_sign(steps: Sequence[Step], signed: Sequence[int], person: int) -> str | None:
    """Why a person may not sign the next step after those who have ``signed``, in order; None where they may.

    The last step falls to somebody else where one person has signed all before it; and nobody may sign a step
    where that would leave only themselves for the rest.
    """
    if len(signed) >= len(steps):
        return "各步骤均已签批"
    step = steps[len(signed)]
    if person not in step.people:
        return f"您不是“{step.name}”步骤的签批人"
    people: set[int] = {*signed, person}
    rest = steps[len(signed) + 1 :]
    if len(people) < LEAST_PEOPLE and not any(other.people - people for other in rest):
        return "至少要有两名不同的人员签批，本步骤须由另一人签批"
    return None


def bodies(agency: Agency, matter: str) -> list[int]:
    """Ids of the agencies whose people sign a matter of an agency: itself, and the office handling it."""
    office = agency.handled_by_id if matter in OF_APPLICATIONS else None
    return [agency.pk, office] if office else [agency.pk]


def people_by_step(
    agency: Agency, matter: str, wanted: Sequence[tuple[str, str, int | None]], day: date
) -> list[Step]:
    """The people who may sign each ``(name, role, person id or None)`` of a matter in an agency on a day.

    Whoever is away is joined by their deputy; matters of applications are the handling office's too.
    """
    with_office = matter in OF_APPLICATIONS
    found: list[Step] = []
    by_role: Mapping[str, frozenset[int]] = {
        role: frozenset(holders(agency, role, day, with_office=with_office).values_list("pk", flat=True))
        for role in {role for _, role, _ in wanted}
    }
    acting = deputies(frozenset[int]().union(*by_role.values()), day) if by_role else {}
    for name, role, person_id in wanted:
        named = by_role[role] if person_id is None else by_role[role] & {person_id}
        stand_ins = frozenset(deputy for person in named for deputy in acting.get(person, ()))
        found.append(Step(name, named | stand_ins))
    return found


def steps_of(chain: SigningChain, day: date) -> list[Step]:
    """The steps of a chain with the people who may sign each on a day."""
    rows = chain.steps.order_by("number").values_list("name", "role", "person_id")
    return people_by_step(chain.agency, chain.matter, list(rows), day)


_PAPER: Sequence[tuple[str, Role]] = (
    ("拟稿", Role.CLERK),
    ("审核", Role.SECTION_HEAD),
    ("保密审查", Role.SECRECY_REVIEWER),
    ("签发", Role.LEADER),
)
#: What a matter takes where the agency has not set its own chain: name of the step and role.
_DEFAULTS: Mapping[str, Sequence[tuple[str, Role]]] = {
    Matter.REPORT: _PAPER,
    Matter.PUBLICATION: _PAPER,
    Matter.REPLY: _PAPER,
    Matter.NOTICE: (("拟稿", Role.CLERK), ("签发", Role.SECTION_HEAD)),
    Matter.ON_THE_SPOT: _PAPER,
    # 条例 33: the head of the office in charge approves.
    Matter.EXTENSION: (("拟稿", Role.CLERK), ("批准", Role.SECTION_HEAD)),
}


def default_steps(matter: str) -> Sequence[tuple[str, Role]]:
    """The steps of a matter where the agency has not set its own."""
    return _DEFAULTS[matter]


def chain_of(agency: Agency, matter: str, day: date) -> list[Step]:
    """The steps a matter takes in an agency, with the people who may sign each on a day."""
    chain = SigningChain.objects.filter(agency=agency, matter=matter).first()
    if chain is not None:
        return steps_of(chain, day)
    if matter == Matter.ON_THE_SPOT:  # approval is the agency's matter: it has to have set a shorter way
        return chain_of(agency, Matter.REPLY, day)
    return people_by_step(agency, matter, [(name, role, None) for name, role in default_steps(matter)], day)


#: Whatever is signed has its own signatures, each with ``person_id`` and ``content_sha256``.
S = TypeVar("S", bound=Any)


class Progress(NamedTuple, Generic[S]):
    """The steps of a chain, and the signatures in force on the first of them."""

    steps: list[Step]
    signatures: list[S]

    @property
    def next_step(self) -> Step | None:
        """The step that is asked for now."""
        done = len(self.signatures)
        return self.steps[done] if done < len(self.steps) else None

    @property
    def is_last(self) -> bool:
        """Whether the step asked for now is the last one."""
        return len(self.signatures) == len(self.steps) - 1

    def refusal(self, person_id: int) -> str | None:
        """Why a person may not sign now, in Chinese; None where they may."""
        faults = problems(self.steps)
        if faults:
            return "；".join(faults)
        return may_sign(self.steps, [row.person_id for row in self.signatures], person_id)
