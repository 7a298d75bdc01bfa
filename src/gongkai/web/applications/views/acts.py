"""What can be done with a case: for each its action, its words and its form, as data."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from gongkai.law.case import Kind
from gongkai.web.applications import actions
from gongkai.web.applications.actions.base import CaseAction
from gongkai.web.applications.forms import records, workbench
from gongkai.web.applications.forms.clearance import ClearanceForm
from gongkai.web.applications.forms.correction import CorrectionForm
from gongkai.web.applications.forms.delivery import AgainForm, DeliverForm, ProofForm
from gongkai.web.applications.forms.errand import ErrandForm
from gongkai.web.applications.forms.undelivered import CallForm, ToldOtherwiseForm
from gongkai.web.applications.views import about


class Act(NamedTuple):
    """One thing to do. ``explain`` says what will happen, ``done`` that it has; ``told`` says it with what
    came of it. ``fixed`` are arguments the form does not ask for.

    ``on``: what else it is about: a letter, a party, an errand, an event; its id comes in the address.
    """

    action: type[CaseAction[Any]]
    title: str
    explain: str
    form: type[workbench.ActForm]
    done: str
    on: str = ""
    fixed: Mapping[str, Any] = {}
    grave: bool = False
    told: Callable[[Any], str] | None = None


def _event(kind: Kind, title: str, explain: str, form: type[workbench.ActForm] = workbench.PapersForm) -> Act:
    return Act(
        actions.RecordEvent, title, explain, form, f"已记录：{kind.word}。", fixed={"kind": kind.value}
    )


ACTS: Final[Mapping[str, Act]] = {
    "confirm": _event(
        Kind.CONFIRMED,
        "确认收到",
        "确认之日为收到申请之日，答复期限自次一工作日起计算（条例第三十一条）。",
        workbench.EventForm,
    ),
    "corrected": _event(
        Kind.CORRECTED,
        "登记补正",
        "申请人交来补正材料，补正的内容并入申请。答复期限自收到之日起重新计算（条例第三十条）。",
        CorrectionForm,
    ),
    "reasons-given": _event(
        Kind.REASONS_GIVEN, "登记说明的理由", "申请人说明了申请的理由（条例第三十五条）。"
    ),
    "paid": _event(
        Kind.FEE_PAID,
        "登记缴费",
        "申请人缴清信息处理费。答复期限自次日起重新计算（国办函〔2020〕109号）。",
        workbench.LateForm,
    ),
    "withdrawn": _event(Kind.WITHDRAWN, "登记撤回", "申请人书面撤回申请。撤回后不再办理，不能恢复。"),
    "take-off-file": Act(
        actions.TakeOffFile,
        "移除文件",
        "传错了的文件：内容从系统中删除，什么时候、由谁添加和移除永久保留。答复书正在签批或者已经签发的，先退回或作废。",
        workbench.ReasonForm,
        "文件已移除。",
        on="file",
    ),
    "void-event": Act(
        actions.VoidEvent,
        "撤销记录",
        "没有发生过、登记错了的事情：这条记录不再计入期限，原记录和更正都永久保留。只是日期错了的，请用“更正日期”。",
        workbench.ReasonForm,
        "已撤销，期限已重新计算。",
        on="event",
    ),
    "correct-event": Act(
        actions.CorrectEvent,
        "更正日期",
        "以实际的日期代替登记错的日期，期限随之重新计算；原记录和更正都永久保留，已送出的文书不变。",
        records.AnotherDayForm,
        "已更正，期限已重新计算。",
        on="event",
    ),
    "correct-receipt": Act(
        actions.CorrectReceipt,
        "更正收到日期、来件方式",
        "登记错了的，按实际情况更正，期限随之重新计算（条例第三十一条）；登记号不变，原记录和更正都永久保留。"
        "由这件拆分出的各件须分别更正。",
        records.ReceiptForm,
        "已更正，期限已重新计算。",
    ),
    "arrival": Act(
        actions.RecordArrival,
        "登记收到文书的日期",
        "文书定的期限（补正、缴费、说明理由、提出意见）自收件人收到之日起计算；登记之前，补正和缴费的期限不起算，不因逾期视为放弃。",
        records.ArrivalForm,
        "已登记，期限已按收到的日期计算。",
        on="event",
    ),
    "take": Act(
        actions.Take, "由我办理", "这件申请还没有经办人，由您办理。",
        workbench.ActForm, "已由您办理。"
    ),
    "assign": Act(actions.Assign, "分办", "由谁办理这件申请。", workbench.AssignForm, "已分办。"),
    "note": Act(
        actions.AddNote, "添加记录", "办理记录、联席会议记录或主动公开的建议，只供内部查看。",
        workbench.NoteForm,
        "已记录。",
    ),
    "file": Act(
        actions.AddFile, "添加文件", "拟提供给申请人的信息，在答复书送达后申请人即可下载。",
        workbench.FileForm,
        "已添加。",
    ),
    "errand": Act(
        actions.AskSection, "交科室协办", "请本机关的科室协助查找或提意见，期限照常计算。", ErrandForm,
        "已交办。",
    ),
    "errand-answer": Act(
        actions.AnswerErrand, "登记反馈", "科室反馈的意见。",
        workbench.ErrandAnswerForm, "已登记。", on="errand"
    ),
    "called": Act(
        actions.RecordCall,
        "登记电话告知",
        "什么时候给申请人打的电话、谁接听、结果怎样，记入办理记录。已告知的，这件申请等着告知的事项一并办结，"
        "只在网上送达的文书自告知之日算收到；没有告知到的，继续列在待办中。",
        CallForm,
        "已登记。",
    ),
    "told-otherwise": Act(
        actions.ToldOtherwise,
        "登记另行告知",
        "邮件或短信没有发到申请人的，写明怎样告知了申请人，记入办理记录。",
        ToldOtherwiseForm,
        "已登记。",
        on="notice",
    ),
    "mail-again": Act(
        actions.MailAgain,
        "重新发送邮件",
        "邮件服务器恢复以后，把没有发出的邮件放回待发队列，寄往原来的地址。",
        workbench.ActForm,
        "已放回待发队列；再次没有发出的，会重新显示在这里。",
        on="notice",
    ),
    "decide-publishing": Act(
        actions.DecidePublishing,
        "审核主动公开的建议",
        "多人申请相同的信息，可以公开的，可以纳入主动公开；申请人建议的，经审核属于主动公开范围的，应当及时主动公开"
        "（条例第四十四条）。公开以后再登记“已经主动公开”。",
        records.PublishingForm,
        "已登记审核结果。",
        on="note",
    ),
    "split": Act(
        actions.Split,
        "一事一申请拆分",
        "一件申请含多项内容的，拆成多件分别登记、分别答复。申请人原来写的内容保留，各件的登记号在查询页面上列出，"
        "留有邮箱的另寄回执，只留电话的请电话告知。",
        workbench.SplitForm,
        "已拆分。",
        grave=True,
    ),
    "leave-group": Act(
        actions.LeaveGroup,
        "移出同文组",
        "这件申请不再与同组的其他件一起办理；已经拟出、签批、送达的文书不变，归组和移出都留有记录。",
        workbench.ReasonForm,
        "已移出同文组。",
    ),
    "forward": Act(
        actions.ForwardCase,
        "告知或转办",
        "申请的信息不属于本机关负责公开的，拟出答复书，写明负责的机关和联系方式（条例第三十六条第（五）项）；申请人同意的，"
        "同时在该机关登记，由该机关另行计算期限：申请的内容和附件、身份证明、授权委托书、补正告知书和补正材料一并转去，"
        "本机关的内部材料、文书不转。本机关的答复书仍须签批、送达。",
        workbench.ForwardForm,
        "已拟出答复书，请核对后签批。",
        grave=True,
    ),
    "party": Act(
        actions.AddParty,
        "征求意见",
        "先登记征求的对象，再拟征求意见书；意见书送达后期限暂停，每个对象15个工作日（条例第三十二条、第三十四条）。",
        workbench.PartyForm,
        "已登记，请拟征求意见书。",
    ),
    "answer": Act(
        actions.RecordAnswer,
        "登记意见",
        "收到对方意见之日，暂停结束。",
        workbench.AnswerForm,
        "已登记。",
        on="consultation",
    ),
    "decide": Act(
        actions.DecideOnParty,
        "作出决定",
        "第三方逾期未提出意见的，不视为同意，由本机关决定（条例第三十二条）。",
        workbench.DecisionForm,
        "已记录决定。",
        on="consultation",
    ),
    "sign": Act(
        actions.SignLetter,
        "签批",
        "签批后内容不能改动，如需修改须先退回。最后一步签批时编定文号、落款日期并生成文件。",
        workbench.OpinionForm,
        "已签批。",
        on="letter",
        told=lambda done: about.after_signing(done.letter),
    ),
    "return": Act(
        actions.ReturnLetter,
        "退回修改",
        "已有的签批作废（留有记录），修改后从第一步重新签批。",
        workbench.ReasonForm,
        "已退回。",
        on="letter",
    ),
    "clear-data": Act(
        actions.ClearData,
        "说明为什么可以写入或提供",
        "文书和随同提供的文件中有像是他人的证件号码、手机号码、银行卡号或姓名的，须删除或遮盖；依法可以写入、提供的，在这里"
        "说明。图片、扫描件等不能检查的，由您打开逐页查看后确认。说明留有记录，签批人看得到。有几处的，逐处说明。",
        ClearanceForm,
        "已说明。",
        on="letter",
    ),
    "drop": Act(
        actions.DropLetter,
        "作废",
        "作废的文书留有记录；已编的文号不再使用。",
        workbench.ReasonForm,
        "已作废。",
        on="letter",
        grave=True,
    ),
    "the-usual-way": Act(
        actions.AnswerTheUsualWay,
        "改按一般程序办理",
        "没能在当天签批、交付的，改用依申请公开答复的签批流程。已有的签批作废（留有记录），内容保留，从第一步重新签批。",
        workbench.ActForm,
        "已改按一般程序办理。",
        on="letter",
    ),
    "deliver": Act(
        actions.DeliverLetter,
        "登记送达",
        "本机关的期限（如7个工作日内告知补正）看送出之日：邮寄为交邮之日，当面为签收之日。补正、缴费等收件人的期限自收到之日起"
        "计算：当面、传真、电子邮件和已发通知的网上送达即当日；邮寄的，请在收到回执后登记收到的日期。申请人可以凭登记号和查询码下载。",
        DeliverForm,
        "已登记送达。",
        on="letter",
    ),
    "deliver-again": Act(
        actions.DeliverAgain,
        "退回后再次送达",
        "邮寄的文书被退回、又用别的地址或者方式送出的，在这里登记，并保存退回的信封和再次送达的凭证。本机关的期限仍看第一次交邮之日；"
        "收件人的期限自收到之日起计算，收到以后请登记收到的日期。文书内容不变，不用重新签批。",
        AgainForm,
        "已登记再次送达。",
        on="letter",
    ),
    "add-proof": Act(
        actions.AddProof,
        "补传送达凭证",
        "登记送达时没有凭证的，在这里补上；凭证与这份文书的送达一起保存。",
        ProofForm,
        "已保存送达凭证。",
        on="letter",
    ),
}  # fmt: skip
