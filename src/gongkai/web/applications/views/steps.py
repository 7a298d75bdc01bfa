"""What can be done next with a case, and why the rest cannot: for its page, and for whoever opens a form."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse

from gongkai.law.case import Kind
from gongkai.web.applications import clock
from gongkai.web.applications.actions.base import ended, today
from gongkai.web.applications.alike.asked_once import ASKS
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.letters import on_the_spot, recital
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.models import ARRIVALS, Case, Consultation, Letter, LetterState
from gongkai.web.applications.workload import next_step
from gongkai.web.common.errors import ActionRefused

#: Events staff record, and the act each is.
RECORDS: Final = {
    Kind.CONFIRMED: "confirm",
    Kind.CORRECTED: "corrected",
    Kind.REASONS_GIVEN: "reasons-given",
    Kind.FEE_PAID: "paid",
    Kind.WITHDRAWN: "withdrawn",
}


class NextStep(NamedTuple):
    """A step, by the name of its act or letter; ``refusal`` says why it cannot be taken now."""

    name: str
    label: str
    url: str
    refusal: str


#: What is most often next, first; the rest in the order of the law. Ending a case without a reply comes last.
_FIRST: Final = (
    "confirm",
    "corrected",
    "paid",
    "on_the_spot",
    "reply",
    "party",
    "correction",
    "extension",
    "fee",
    "receipt",
)
_LAST: Final = ("withdrawn",)
#: Acts of ``views.acts`` that an ended case takes no more.
_OF_OPEN_CASES: Final = frozenset(
    {"assign", "decide", "errand", "forward", "party", "split", "take", "take-off-file"}
)
_DONE: Final = "这件申请已经办结"


def of(found: Case) -> Iterator[NextStep]:
    """Letters under way first, as the due list names them; then a call to make, and what the law allows now;
    then the rest with the article that stands against it.
    """
    for letter, said in next_step.waiting(found.letters.all(), today()):
        yield NextStep("letter", said, reverse("applications:letter", args=[found.pk, letter.pk]), "")
    if undelivered.to_call([found]):
        url = reverse("applications:act", args=[found.pk, "called"])
        yield NextStep("called", next_step.CALL, url, "")
    yield from _arrivals(found)
    yield from _to_ask(found)
    yield from _to_begin(found)


def _arrivals(found: Case) -> Iterator[NextStep]:
    """The receipt of a letter whose term waits for it, and nothing can lapse."""
    for event in clock.unreceived(found):
        url = reverse("applications:act_on", args=[found.pk, "arrival", event.pk])
        paper = ARRIVALS[event.kind].removeprefix("申请人收到")
        yield NextStep("arrival", f"登记{paper}收到的日期", url, "")


def _to_ask(found: Case) -> Iterator[NextStep]:
    """A party that was entered is written to before anything is decided: the first that has no letter yet."""
    if not found.is_open:
        return
    written = Exists(
        Letter.objects.filter(consultation=OuterRef("pk"), kind__in=ASKS).exclude(state="dropped")
    )
    waiting = list(found.consultations.filter(~written, sent_on=None, asked_with=None, relies_on=None))
    if waiting:
        kind = "consult_agency" if waiting[0].party == Consultation.Party.AGENCY else "consult_third_party"
        url = f"{_letter_url(found, kinds()[kind])}?party={waiting[0].pk}"
        more = f"，还有{len(waiting) - 1}个对象" if len(waiting) > 1 else ""
        told = {step.kind: step.refusal for step in clock.steps(found)}[Kind.CONSULTATION_STARTED]
        if told is None:
            yield NextStep(kind, f"拟征求意见书（致{waiting[0].name}{more}）", url, "")


def _to_begin(found: Case) -> Iterator[NextStep]:
    refusals = {step.kind: clock.told(step.refusal) if step.refusal else "" for step in clock.steps(found)}
    steps = {
        name: NextStep(name, kind.word, reverse("applications:act", args=[found.pk, name]), refusals[kind])
        for kind, name in RECORDS.items()
    }
    open_letters = found.letters.exclude(state__in=[LetterState.DELIVERED, LetterState.DROPPED])
    begun = set(open_letters.values_list("kind", flat=True))
    for kind in kinds().values():
        if kind.to != "party":
            refusal = refusals[Kind(kind.event)] if kind.event else _DONE * (not found.is_open)
            refusal = (
                refusal
                or _too_early(found, kind)
                or ("已有一份在办理，见“文书”" if kind.code in begun else "")
            )
            title = f"拟{kind.name.removeprefix('政府信息公开').removeprefix('申请')}"
            steps[kind.code] = NextStep(kind.code, title, _letter_url(found, kind), refusal)
    url = reverse("applications:on_the_spot", args=[found.pk])
    steps["on_the_spot"] = NextStep("on_the_spot", "当场答复", url, on_the_spot.refusal(found, today()))
    if found.is_open:
        url = reverse("applications:act", args=[found.pk, "party"])
        steps["party"] = NextStep("party", "征求意见", url, refusals[Kind.CONSULTATION_STARTED])
    rank = {name: number for number, name in enumerate(_FIRST)} | dict.fromkeys(_LAST, len(steps) + 1)
    order = {name: rank.get(name, len(steps)) for name in steps}
    return iter(steps[name] for name in sorted(steps, key=lambda one: (bool(steps[one].refusal), order[one])))


def _too_early(found: Case, kind: LetterKind) -> str:
    if kind.code == "consult_notice" and not recital.consulted(found):
        return "征求意见书送达以后，才能告知申请人已经征求意见"
    return ""


def _letter_url(found: Case, kind: LetterKind) -> str:
    return reverse("applications:new_letter", args=[found.pk, kind.code])


def refuse_now(found: Case, name: str) -> None:
    """Refuse a form whose step the law, or what is under way, does not allow now, before anybody fills it in.

    A step that is not listed is decided by its action alone.
    """
    if name in _OF_OPEN_CASES and not found.is_open:
        raise ended(found)
    if clock.fault(found):
        return
    step = next((one for one in of(found) if one.name == name), None)
    if step is not None and step.refusal:
        raise ActionRefused(
            step.refusal, place=f"{found}：{step.label}", remedy="请返回申请查看现在可以办理的步骤"
        )
