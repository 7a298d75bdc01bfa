"""EVENTS.json: what is read, what is refused and how it is told, and the account as JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import GongkaiError
from gongkai.law.calendar import shipped
from gongkai.law.case import Channel, Event, Kind, Party
from gongkai.law.clock import account
from gongkai.law.wire import EventsError, account_to_dict, read_case

RECEIVED = {"on": "2024-01-31", "kind": "received"}


def text(*events: Any, **changed: Any) -> str:
    return json.dumps({"channel": "in_person", "events": list(events), **changed})


def test_every_field_is_read() -> None:
    full = {
        "on": "2024-02-01", "kind": "consultation_started", "workdays": 20, "party": "agency", "ref": "乙局",
        "to": "2024-06-28", "excused": True,
    }  # fmt: skip
    case = read_case(text(RECEIVED, full, channel="fax"))
    assert case.channel is Channel.FAX
    assert case.events == (
        Event(date(2024, 1, 31), Kind.RECEIVED),
        Event(date(2024, 2, 1), Kind.CONSULTATION_STARTED, 20, Party.AGENCY, "乙局", date(2024, 6, 28), True),
    )


def test_what_no_case_can_hold_is_refused_before_it_is_counted() -> None:
    with pytest.raises(EventsError, match="事件有10001个，最多10000个"):
        read_case(text(*[RECEIVED] * 10_001))
    with pytest.raises(EventsError, match="workdays 的数字过大") as refused:
        read_case(text({**RECEIVED, "workdays": 10**4000}))
    assert len(str(refused.value)) < 100


def test_what_a_kind_has_no_use_for_is_left_aside() -> None:
    more = {**RECEIVED, "workdays": 20, "to": None, "ref": 7}
    assert account(read_case(text(more)), None, shipped()).limit == 20
    assert read_case(text(more)).events[0].ref == "7"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "不是有效的 JSON"),
        ("{", "第1行第2列：不是有效的 JSON"),
        ("[]", "内容应是一个对象"),
        ("null", "内容应是一个对象"),
        ("[" * 100_000, "不是有效的 JSON"),
        ('{"channel": "fax", "channel": "in_person", "events": []}', "“channel”写了两次"),
        ('{"events": []}', "缺少 channel"),
        ('{"channel": "fax"}', "缺少 events"),
        (text(RECEIVED, channel="telegram"), "channel 不能是“telegram”（可以是：in_person、signed_mail"),
        (text(RECEIVED, channel=["fax"]), "channel 不能是"),
        (text(RECEIVED, events={}), "events 应是一列事件"),
        (text(RECEIVED, 3), "第2个事件：事件应是一个对象"),
        (text({"kind": "received"}), "第1个事件：缺少 on"),
        (text({"on": "2024-01-31"}), "第1个事件：缺少 kind"),
        (
            text({"on": "2024-01-31", "kind": "recieved"}),
            "kind 不能是“recieved”（可以是：received、confirmed",
        ),
        (text({"on": "2024-02-30", "kind": "received"}), "没有2024-02-30这一天"),
        (text({"on": "20240131", "kind": "received"}), "“20240131”不是日期"),
        (text({"on": "2024-W05-3", "kind": "received"}), "不是日期"),
        (text({"on": "9999-12-31", "kind": "received"}), "on：9999-12-31超出了可以计算的范围"),
        (text({"on": "0202-04-01", "kind": "received"}), "on：0202-04-01超出了可以计算的范围"),
        (text({"on": 20240131, "kind": "received"}), "“20240131”不是日期"),
        (text({"on": "２０２４-０１-３１", "kind": "received"}), "不是日期（应写成 2024-01-31 这样）"),
        (text({**RECEIVED, "workday": 5}), "不认识的项目：workday（可用的项目：on、kind、workdays"),
        (text({**RECEIVED, "workdays": "5"}), "workdays 不能是“5”（应是整数"),
        (text({**RECEIVED, "workdays": 5.0}), "workdays 不能是“5.0”（应是整数"),
        (text({**RECEIVED, "workdays": True}), "workdays 不能是“true”（应是整数"),
        (text({**RECEIVED, "workdays": float("nan")}), "workdays 不能是“NaN”"),
        (text(RECEIVED)[:-3] + ', "workdays": ' + "9" * 5000 + "}]}", "位数过多的数字"),
        (text({**RECEIVED, "party": "citizen"}), "party 不能是“citizen”（可以是：third_party、agency）"),
        (text({**RECEIVED, "ref": ["甲"]}), 'ref 不能是“["甲"]”（应是文字'),
        (text({**RECEIVED, "ref": "\ud800"}), "不成对的代理字符"),
        (text({**RECEIVED, "kind": "\udfff"}), "不成对的代理字符"),
        (text({**RECEIVED, "\ud800": 1}), "不成对的代理字符"),
        ('{"\\ud800": 1, "\\ud800": 2}', "“?”写了两次"),
        (text({**RECEIVED, "kind": "收" * 99}), f"“{'收' * 40}…”"),
        (text({**RECEIVED, "to": "soon"}), "to：“soon”不是日期"),
        (text({**RECEIVED, "excused": "yes"}), "excused 不能是“yes”（应是 true 或 false"),
    ],
)
def test_a_mistake_is_told_in_chinese(written: str, words: str) -> None:
    with pytest.raises(EventsError) as raised:
        read_case(written)
    assert words in str(raised.value)
    assert raised.value.remedy
    str(raised.value).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from([*Kind, "2024-03-04"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["on", "kind", "channel", "events", "workdays", "to"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from([*Channel]))
@settings(deadline=None)
def test_nothing_but_our_own_errors_comes_out(value: Any, channel: str) -> None:
    for written in (value, {"channel": channel, "events": value}, {"channel": channel, "events": [value]}):
        try:
            account(read_case(json.dumps(written)), None, shipped())
        except GongkaiError as error:
            assert error.message  # noqa: PT017 - either it is answered or it is told what is wrong


def test_the_account_as_json() -> None:
    case = read_case(
        text(
            RECEIVED,
            {"on": "2024-02-05", "kind": "consultation_started", "party": "third_party", "ref": "甲"},
            {"on": "2024-02-07", "kind": "consultation_ended", "ref": "甲"},
        )
    )
    told = account_to_dict(account(case, None, shipped()))
    days = told.pop("account")
    assert told == {
        "schema": "gongkai.account/1", "on": "2024-02-07", "state": "running", "received": "2024-01-31",
        "start": "2024-01-31", "due": "2024-03-06", "not_before": None, "provisional": False, "limit": 20,
        "used": 4, "left": 16, "late": None, "closed_on": None,
        "terms": [{
            "kind": "consultation_started", "party": "third_party", "ref": "甲", "since": "2024-02-05",
            "until": "2024-03-01", "ended": "2024-02-07", "article": "《政府信息公开条例》第三十二条",
        }],
        "notes": [],
    }  # fmt: skip
    assert days[4] == {
        "on": "2024-02-04", "counted": True, "number": 3, "why": "调休上班",
        "article": "《政府信息公开条例》第三十三条", "notice": "国办发明电〔2023〕7号", "ahead": False,
    }  # fmt: skip
    assert days[-1]["on"] == "2024-03-06"
    assert json.loads(json.dumps({"account": days})) == {"account": days}


def test_a_provisional_term_names_no_day() -> None:
    asked = {"on": "2026-12-22", "kind": "fee_notified"}
    told = account_to_dict(
        account(read_case(text({"on": "2026-12-21", "kind": "received"}, asked)), None, shipped())
    )
    assert told["terms"][0]["until"] is None
    running = account_to_dict(
        account(read_case(text({"on": "2026-12-21", "kind": "received"})), None, shipped())
    )
    assert (running["due"], running["not_before"], running["provisional"]) == (None, "2027-01-18", True)
