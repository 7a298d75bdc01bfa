"""A second factor that is lost, taken away by somebody else."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from gongkai.web.agencies import actions
from gongkai.web.agencies.models import Person
from gongkai.web.common.actor import Actor
from gongkai.web.common.audit import AuditEntry
from gongkai.web.common.errors import ActionRefused, Denied


def with_second_factor(who: Person, client: Client) -> None:
    """Both kinds, and a session that is open somewhere."""
    for kind, data in (("totp", {"secret": "x"}), ("recovery_codes", {"seed": "x", "used_mask": 0})):
        Authenticator.objects.create(user=who, type=kind, data=data)
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    UserSession.objects.create(user=who, ip="127.0.0.1", session_key=client.session.session_key)


def test_who_lost_authenticator_and_codes_signs_in_with_the_password_again(
    world: SimpleNamespace, client: Client
) -> None:
    clerk, who = world.clerk, Actor.of(world.administrator)
    with_second_factor(clerk, client)
    with_second_factor(world.head, Client())
    assert client.get("/admin/").status_code == 200
    actions.RemoveSecondFactor(who, person=clerk, reason="手机遗失，已当面核实").run()
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert Authenticator.objects.filter(user=world.head).count() == 2
    assert not UserSession.objects.filter(user=clerk).exists()
    assert client.get("/admin/").status_code == 302, "signed out where they were"
    clerk.refresh_from_db()
    assert clerk.check_password("correct-horse-battery"), "the password is another matter"
    entry = AuditEntry.objects.get(code="agencies.remove_second_factor")
    assert (entry.details["person"], entry.details["factors"]) == (clerk.pk, ["recovery_codes", "totp"])
    assert "手机" not in str(entry.details)
    with pytest.raises(ActionRefused, match="没有设置"):
        actions.RemoveSecondFactor(who, person=clerk, reason="手机遗失").run()


def test_a_second_factor_goes_only_with_a_reason_and_by_somebody_else(
    world: SimpleNamespace, client: Client
) -> None:
    with_second_factor(world.clerk, client)
    with_second_factor(world.administrator, Client())
    for who, person_, reason, refusal in (
        (world.administrator, world.clerk, "  ", "没有写理由"),
        (world.administrator, world.clerk, "长" * 201, "最多200字"),
        (world.administrator, world.administrator, "手机遗失", "自己的两步验证"),
    ):
        with pytest.raises(ActionRefused, match=refusal):
            actions.RemoveSecondFactor(Actor.of(who), person=person_, reason=reason).run()
    for stranger in (world.head, world.leader, world.other_administrator):
        with pytest.raises(Denied):
            actions.RemoveSecondFactor(Actor.of(stranger), person=world.clerk, reason="手机遗失").run()
    assert Authenticator.objects.filter(user=world.clerk).count() == 2
    assert not AuditEntry.objects.exists()


def test_it_is_offered_where_there_is_one_and_done_by_a_form(
    world: SimpleNamespace, client: Client, sign_in: Callable[[Person], Client]
) -> None:
    admin, page = sign_in(world.administrator), f"/admin/people/{world.clerk.pk}/"
    form = f"{page}second-factor/"
    assert form not in admin.get(page).content.decode()
    with_second_factor(world.clerk, client)
    assert form in admin.get(page).content.decode()
    assert "当面核实身份" in admin.get(form).content.decode()
    assert "没有保存" in admin.post(form, {}).content.decode()
    assert sign_in(world.head).get(form).status_code == 403
    assert admin.post(form, {"reason": "手机遗失"}).headers["Location"] == page
    assert not Authenticator.objects.filter(user=world.clerk).exists()
