from typing import Any

import pytest
from django.db import connection

from gongkai.web.common import permissions
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied, Outrun
from gongkai.web.common.models import AuditEntry, QueuedTask
from gongkai.web.common.tasks import enqueue

pytestmark = pytest.mark.django_db
CLERK = Actor("person", 7, "张三")


class Ask(Action[QueuedTask]):
    code = "tests.ask"
    permission = "tests.ask"

    def __init__(
        self, actor: Actor, *, agency: int = 3, allowed_now: bool = True, fails: bool = False
    ) -> None:
        super().__init__(actor)
        self.agency, self.allowed_now, self.fails = agency, allowed_now, fails

    def agency_id(self) -> int:
        return self.agency

    def check(self) -> None:
        if not self.allowed_now:
            raise ActionRefused("已经发布", place="2024年年报", remedy="先撤下")

    def apply(self) -> QueuedTask:
        queued = enqueue("common.tidy")
        if self.fails:
            raise RuntimeError("broken")
        return queued

    def audit_details(self) -> dict[str, Any]:
        return {"task": 1}


def traces() -> tuple[int, int]:
    return AuditEntry.objects.count(), QueuedTask.objects.count()


def test_an_action_that_is_allowed_changes_and_is_recorded(resolver: Any) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    Ask(CLERK).run()
    entry = AuditEntry.objects.get(agency_id=3)
    assert (entry.agency_id, entry.code, entry.actor_id, entry.details) == (3, "tests.ask", 7, {"task": 1})
    assert entry.actor_name == ""
    assert traces() == (2, 1)  # with the chain's own beginning


def test_without_a_resolver_everything_is_denied() -> None:
    permissions._resolvers.clear()
    with pytest.raises(Denied):
        Ask(CLERK).run()
    assert permissions.visible_agencies(CLERK) == frozenset()
    assert traces() == (0, 0)


def test_another_agency_is_denied(resolver: Any) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    with pytest.raises(Denied) as caught:
        Ask(CLERK, agency=4).run()
    assert "权限" in str(caught.value)
    assert traces() == (0, 0)


@pytest.mark.parametrize("nobody", [None, object(), 7])
def test_without_an_actor_everything_is_denied(resolver: Any, nobody: Any) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    with pytest.raises(Denied):
        Ask(nobody).run()
    assert traces() == (0, 0)


def test_a_resolver_that_answers_something_but_true_denies(resolver: Any) -> None:
    odd = resolver()
    odd.allows = lambda *_: "yes"
    permissions.register_resolver(odd)
    assert not permissions.allowed(CLERK, "tests.ask", 3)


def test_a_refusal_leaves_nothing_behind(resolver: Any) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    with pytest.raises(ActionRefused) as caught:
        Ask(CLERK, allowed_now=False).run()
    assert str(caught.value) == "2024年年报：已经发布（先撤下）"
    assert traces() == (0, 0)


def test_an_error_while_applying_leaves_nothing_behind(resolver: Any) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    with pytest.raises(RuntimeError):
        Ask(CLERK, fails=True).run()
    assert traces() == (0, 0)


class Race(Ask):
    """Prepares a word for a number, which others may have taken by then."""

    def __init__(self, actor: Actor, *, faster: int) -> None:
        super().__init__(actor)
        self.faster, self.prepared, self.inside = faster, 0, -1

    def prepare(self) -> None:
        self.prepared += 1
        self.inside = len(connection.savepoint_ids)

    def apply(self) -> QueuedTask:
        assert len(connection.savepoint_ids) == self.inside + 1, "it is prepared before the transaction"
        queued = super().apply()
        if self.faster >= self.prepared:
            raise Outrun("编号已给了别人")
        return queued


def test_what_was_prepared_in_vain_is_prepared_anew_three_times_at_most(resolver: Any) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    race = Race(CLERK, faster=2)
    race.run()
    assert (race.prepared, traces()) == (3, (2, 1))
    lost = Race(CLERK, faster=3)
    with pytest.raises(Outrun):
        lost.run()
    assert (lost.prepared, traces()) == (3, (2, 1))


def test_an_audit_entry_that_cannot_be_written_undoes_the_change(
    resolver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    permissions.register_resolver(resolver(("tests.ask", 3)))
    monkeypatch.setattr(Ask, "audit_details", lambda _: {"share": 0.5})
    with pytest.raises(TypeError):
        Ask(CLERK).run()
    assert traces() == (0, 0)


def test_an_action_lacking_a_part_cannot_be_made() -> None:
    class Half(Action[None]):
        code = permission = "tests.half"

        def agency_id(self) -> int:
            return 1

    with pytest.raises(TypeError):
        Half(CLERK)  # type: ignore[abstract]


def test_a_person_and_only_a_person_has_an_id() -> None:
    with pytest.raises(ValueError, match="id"):
        Actor("person", None, "无名")
    with pytest.raises(ValueError, match="id"):
        Actor("system", 3, "reader")
    assert Actor.of(None).kind == "public"
