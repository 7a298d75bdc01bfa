"""What is allowed from which state, as data. Actions ask here; nothing else decides."""

from typing import Final, NamedTuple

from django.db import models

from gongkai.web.common.errors import ActionRefused


class State(models.TextChoices):
    """Where the work on a report stands. What the public sees is ``ReportRecord.published_version``."""

    EMPTY = "empty", "未上传"
    UPLOADED = "uploaded", "等待读取"
    READING = "reading", "正在读取"
    UNREADABLE = "unreadable", "无法读取"
    CONFLICT = "conflict", "待确认"
    READ = "read", "待核查"
    IN_REVIEW = "in_review", "签批中"
    REVIEWED = "reviewed", "待签发"
    PUBLISHED = "published", "已发布"
    WITHDRAWING = "withdrawing", "待撤回"
    WITHDRAWN = "withdrawn", "已撤回"


class Transition(NamedTuple):
    """The states an action may begin in and those it may lead to. ``name`` is what the button says."""

    name: str
    sources: frozenset[State]
    targets: frozenset[State]


def _row(name: str, sources: set[State], targets: set[State]) -> Transition:
    return Transition(name, frozenset(sources), frozenset(targets))


_S = State
#: States in which a report rests: nothing runs, nobody is asked for a signature.
RESTING: Final = frozenset({_S.EMPTY, _S.READ, _S.PUBLISHED, _S.WITHDRAWN})
SIGNING: Final = frozenset({_S.IN_REVIEW, _S.REVIEWED})
#: States in which a page asks again by itself how far the reading is.
BUSY: Final = frozenset({_S.UPLOADED, _S.READING})

#: States of a version that was read and checked.
_CHECKED: Final = frozenset(
    {_S.CONFLICT, _S.READ, _S.IN_REVIEW, _S.REVIEWED, _S.PUBLISHED, _S.WITHDRAWING, _S.WITHDRAWN}
)

TRANSITIONS: Final = {
    "reporting.upload": _row(
        "上传", {_S.EMPTY, _S.UNREADABLE, _S.CONFLICT, _S.READ, _S.PUBLISHED, _S.WITHDRAWN}, {_S.UPLOADED}
    ),
    "reporting.begin_reading": _row("开始读取", {_S.UPLOADED, _S.READING}, {_S.READING}),
    "reporting.finish_reading": _row(
        "完成读取",
        {_S.READING},
        {_S.READ, _S.CONFLICT, _S.UNREADABLE, _S.PUBLISHED, _S.WITHDRAWN},
    ),
    "reporting.fail_reading": _row("读取失败", {_S.READING}, {_S.UNREADABLE}),
    "reporting.reread": _row("重新读取", {_S.UNREADABLE, _S.READ, _S.PUBLISHED, _S.WITHDRAWN}, {_S.UPLOADED}),
    "reporting.confirm": _row("确认归属", {_S.CONFLICT}, {_S.READ}),
    "reporting.discard": _row(
        "放弃这一版",
        {_S.UNREADABLE, _S.CONFLICT, _S.READ},
        {_S.EMPTY, _S.UNREADABLE, _S.CONFLICT, _S.READ, _S.PUBLISHED, _S.WITHDRAWN},
    ),
    "reporting.correct": _row("更正", {_S.READ}, {_S.READ}),
    "reporting.correct_as_suggested": _row("按建议更正", {_S.READ}, {_S.READ}),
    "reporting.undo_correction": _row("撤销更正", {_S.READ}, {_S.READ}),
    "reporting.accept_finding": _row("认可问题", {_S.READ}, {_S.READ}),
    "reporting.unaccept_finding": _row("取消认可", {_S.READ}, {_S.READ}),
    # Findings follow the reports a report is checked against, whatever is done with the report itself.
    "reporting.recheck": _row("重新核查", set(_CHECKED), set(_CHECKED)),
    "reporting.amend": _row("修订", {_S.PUBLISHED, _S.WITHDRAWN}, {_S.READ}),
    "reporting.sign": _row("签批", {_S.READ, _S.IN_REVIEW, _S.REVIEWED}, {_S.IN_REVIEW, _S.REVIEWED}),
    "reporting.return": _row("退回修改", {_S.IN_REVIEW, _S.REVIEWED}, {_S.READ}),
    "reporting.publish": _row("签发并发布", {_S.REVIEWED}, {_S.PUBLISHED}),
    "reporting.request_withdrawal": _row("申请撤回", {_S.PUBLISHED}, {_S.WITHDRAWING}),
    "reporting.keep_published": _row("不予撤回", {_S.WITHDRAWING}, {_S.PUBLISHED}),
    "reporting.withdraw": _row("确认撤回", {_S.WITHDRAWING}, {_S.WITHDRAWN}),
}

_REMEDIES: Final = {
    _S.EMPTY: "请先上传报告文件",
    _S.UPLOADED: "请等读取完成",
    _S.READING: "请等读取完成",
    _S.UNREADABLE: "请换一个文件上传，或重新读取",
    _S.CONFLICT: "请先确认文件的机关和年度，或换一个文件",
    _S.READ: "请先核查，再签批",
    _S.IN_REVIEW: "如需修改，请先退回",
    _S.REVIEWED: "如需修改，请先退回",
    _S.PUBLISHED: "如需改动，请先“修订”，公开页面在新版发布前不变",
    _S.WITHDRAWING: "请先确认或不予撤回",
    _S.WITHDRAWN: "如需再次发布，请先“修订”",
}


def allowed(state: str, code: str) -> bool:
    """Whether an action may begin in a state."""
    return State(state) in TRANSITIONS[code].sources


def require(state: str, code: str, *, place: str = "") -> None:
    """Raise ``ActionRefused`` where the action may not begin in the state."""
    if not allowed(state, code):
        now = State(state)
        raise ActionRefused(
            f"报告现在的状态是“{now.label}”，不能“{TRANSITIONS[code].name}”",
            place=place,
            remedy=_REMEDIES[now],
            code="state",
        )


def require_target(state: str, code: str) -> None:
    """Raise ValueError where an action would lead where the table does not let it."""
    if State(state) not in TRANSITIONS[code].targets:
        message = f"{code} does not lead to {state}"
        raise ValueError(message)
