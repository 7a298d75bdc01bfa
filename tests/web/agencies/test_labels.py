"""The log speaks Chinese: every action has its word, and none a word of another."""

from gongkai.web.agencies.labels import of_action
from tests.web.doors.verdicts import ACTIONS


def test_every_action_has_a_word_in_the_log() -> None:
    assert [code for code in ACTIONS if of_action(code) == code] == []


def test_no_two_actions_share_a_word() -> None:
    words = [of_action(code) for code in ACTIONS]
    assert sorted({word for word in words if words.count(word) > 1}) == []
