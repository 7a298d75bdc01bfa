"""What can be done with a report on its page: for each, its action, its words and its fields, as data."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from gongkai.web.reporting import actions
from gongkai.web.reporting.actions.base import RecordAction

REASON: Final = "reason"
OPINION: Final = "opinion"
VALUE: Final = "value"


class Act(NamedTuple):
    """One thing to do. ``hidden`` are fields that say on what, ``fields`` those that are typed.

    ``explain`` says what will happen and how it can be taken back.
    """

    action: type[RecordAction[Any]]
    title: str
    explain: str
    hidden: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    reason_label: str = "理由"
    done: str = "已办理。"
    grave: bool = False

    @property
    def reworks(self) -> bool:
        """Whether the findings are worked out anew, so that the page says how many there are now."""
        return VALUE in self.fields or self.action.code.endswith(("_correction", "_suggested", ".recheck"))


ACTS: Final[Mapping[str, Act]] = {
    "correct": Act(
        actions.Correct,
        "更正数字",
        "原文的数字永久保留；更正及理由在内部和公开页面上都会标明。更正后立即重新核查。",
        ("path",),
        (VALUE, REASON),
        "更正理由",
        "已更正。",
    ),
    "correct-as-suggested": Act(
        actions.CorrectAsSuggested,
        "按建议全部更正",
        "把建议的数字逐格填入，每格各留一条更正记录，理由相同；填错的可以逐格撤销。请先核对确无遗漏。",
        ("key",),
        (REASON,),
        "更正理由",
        "已按建议更正。",
    ),
    "undo-correction": Act(
        actions.UndoCorrection,
        "撤销更正",
        "恢复为原文的数字。这次更正及撤销都留有记录。",
        ("path",),
        (REASON,),
        "撤销理由",
        "已恢复为原文的数字。",
    ),
    "accept": Act(
        actions.AcceptFinding,
        "认可问题",
        "问题照原文保留，不再要求处理；以后数字有变、问题有变时，会重新提出。",
        ("key",),
        (REASON,),
        "认可理由",
        "已认可。",
    ),
    "unaccept": Act(
        actions.UnacceptFinding,
        "取消认可",
        "这个问题重新列为未处理。",
        ("key",),
        done="已取消认可。",
    ),
    "confirm": Act(
        actions.ConfirmConflict,
        "确认归属",
        "确认这个文件就是所选机关和年度的报告。文件写明的机关和年度仍留有记录。",
        fields=(REASON,),
        reason_label="确认理由",
        done="已确认，可以核查。",
    ),
    "discard": Act(
        actions.DiscardVersion,
        "放弃这一版",
        "回到上一版；没有上一版的，回到未上传。放弃的一版仍可在版本记录中查看。",
        done="已放弃这一版。",
        grave=True,
    ),
    "reread": Act(
        actions.Reread,
        "重新读取",
        "用现在的程序从原文件再读一次。结果相同的，一切不变；结果不同的，列为新的一版并标明不同之处，公开页面不变。",
        done="已安排重新读取。",
    ),
    "recheck": Act(
        actions.Recheck,
        "重新核查",
        "按现在的上年报告和所属单位报告再核查一次。数字不变，更正和认可都保留；有不同的问题会标明。",
        done="已重新核查。",
    ),
    "amend": Act(
        actions.Amend,
        "修订",
        "复制为新的一版供更正。公开页面在新版签发前不变。",
        done="已建立新的一版，可以更正。",
    ),
    "sign": Act(
        actions.Sign,
        "签批",
        "签批后报告内容不能改动，如需修改须先退回。",
        fields=(OPINION,),
        done="已签批。",
    ),
    "return": Act(
        actions.ReturnForChanges,
        "退回修改",
        "已有的签批作废（留有记录），修改后从第一步重新签批。",
        fields=(REASON,),
        reason_label="退回理由",
        done="已退回修改。",
    ),
    "publish": Act(
        actions.Publish,
        "签发并发布",
        "这是最后一步。签发后报告立即在公开页面上可见；需要时可申请撤回。",
        fields=(OPINION,),
        done="已发布。",
    ),
    "request-withdrawal": Act(
        actions.RequestWithdrawal,
        "申请撤回",
        "由另一人确认后，报告从公开页面撤下；确认前仍然公开。",
        fields=(REASON,),
        reason_label="撤回理由",
        done="已申请撤回，等待另一人确认。",
        grave=True,
    ),
    "keep": Act(actions.KeepPublished, "不予撤回", "报告继续公开，撤回申请取消。", done="报告继续公开。"),
    "withdraw": Act(
        actions.Withdraw,
        "确认撤回",
        "报告立即从公开页面撤下，该页改为说明已撤回。修订后可以再次发布。",
        done="已撤回。",
        grave=True,
    ),
}
