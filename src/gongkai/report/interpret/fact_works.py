"""Counts of what the agency did: documents, decisions, trainings, fees, and what it published."""

import re
from collections.abc import Iterator

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_clause import Clause
from gongkai.report.interpret.fact_stated import Stated

_DECISIONS = {"licence": "licences", "penalty": "penalties", "coercive": "coercive_measures"}
_NEWLY = re.compile(r"(?:本年度?|今年|其中|年内).{0,4}新增|新增")
_VOLUME = re.compile(r"(?:发布|公开|更新)(?:总)?[量数]")
#: 共刊发文稿、通知、公告等44篇: the list is of what there is, the count of all.
_SUMMED_UP = re.compile(r"共(?:主动)?(?:刊发|发布|公开|推送|刊登|更新)[^,]{2,}、[^,]+等$")
_OTHERS_PRESS = re.compile(r"(?:主流|新闻|各级|省级|中央|市级|县级)媒体|报刊|电视台?|报纸")
#: The noun after the last of a list of kinds: 采购公告、中标公告等政府采购信息.
_ONE_KIND = re.compile(
    r"(?:公开|发布|更新|推送|等)(?:的|了)?([^,、等公发更推]{2,12}(?:信息|稿件|文章|条目|消息))$"
)
_SUMMARY = re.compile(r"(?<!栏)(?:各类|各种|各项|(?:总|累|共)计|共(?!同|享))")
_DECIDED = re.compile(r"作出|做出|办理|办结|下达|实施|处理|审批|核发|颁发|发放|立案|查处|决定|开出|作出的")
_SHOWN = re.compile(r"公开|公示|发布|公布|归集|上传|推送|录入|更新")
_ISSUED = re.compile(r"制发|制定|出台|印发|新制|下发|发文|制作|公开|发布")
_ABOUT_DOCUMENT = re.compile(r"(?:解读|目录|类)\||\|(?:的)?(?:解读|目录)|解读[^|]*\|")
_IN_FORCE = re.compile(r"现行有效|继续有效|有效|保留")
#: What a review left in force is not yet what is in force at the year's end.
_CLEARED_UP = re.compile(r"(?:清理|梳理)[^。]*(?:继续|保留|仍)")
_REPEALED = re.compile(r"废止|失效|清理|修改|修订|备案|审查|审核|宣布")
_ATTENDED = re.compile(r"参加|参与|参训|出席|选派|派员")
_HELD = re.compile(r"举办|组织|开展|召开|举行|进行|主办|集中|专题|业务|安排")


def document(clause: Clause) -> Iterator[Stated]:
    """Normative documents issued or in force."""
    if clause.number.unit not in words.DOCUMENT_UNITS:
        return
    left, right = clause.left, clause.right
    if _IN_FORCE.search(left):
        whole = clause.whole() and not _CLEARED_UP.search(clause.before)
        yield clause.state("normative_documents_in_force", "现行有效", whole=whole)
    elif not _REPEALED.search(left) and not _ABOUT_DOCUMENT.search(f"{left}|{right}"):
        issued = _ISSUED.search(left)
        if issued:
            whole = clause.whole() and issued.group() not in ("公开", "发布")
            yield clause.state("normative_documents_issued", issued.group(), whole=whole)


def decision(clause: Clause) -> Iterator[Stated]:
    """Licences, penalties and coercive measures: decided, or only shown to the public."""
    if clause.number.unit not in words.DECISION_UNITS:
        return
    subjects = {m.lastgroup for m in words.SUBJECT.finditer(clause.left)} & set(_DECISIONS)
    if len(subjects) > 1:
        return
    around = clause.left + clause.right
    shown, decided = _SHOWN.search(around), _DECIDED.search(around)
    if not shown and not decided:
        return
    scope = decided.group() if decided else shown.group() if shown else ""
    yield clause.state(
        _DECISIONS[clause.subject], scope, whole=bool(decided and not shown) and clause.whole()
    )


def training(clause: Clause) -> Iterator[Stated]:
    """Trainings held, and trainings of others attended."""
    if clause.number.unit not in words.TRAINING_UNITS:
        return
    around = clause.left + clause.right
    before = clause.before[-40:] if "培训" in clause.left else around
    if "培训" not in around:
        return
    if _ATTENDED.search(clause.left) or (_ATTENDED.search(before) and not _HELD.search(clause.left)):
        yield clause.state("trainings_attended", "参加", after=_training_reach(clause.right))
    elif _HELD.search(around):
        yield clause.state("trainings_held", "举办", after=_training_reach(clause.right))


def _training_reach(right: str) -> int:
    at = right.find("培训")
    return at + 2 if 0 <= at <= 16 else 0


def channel_posts(clause: Clause) -> Iterator[Stated]:
    """What one social channel published; several channels together are published items."""
    at = max(clause.before.rfind("微信"), clause.before.rfind("公众号"), clause.before.rfind("微博"))
    about = clause.before[max(0, at - 24) :]
    if re.search(r"网站|抖音|微博.*微信|微信.*微博|两微|报纸|公示栏|公开栏|、.{0,8}等", about):
        yield from published(clause)
        return
    unit = clause.number.unit
    if clause.subject == "weibo":
        if unit in words.POST_UNITS:
            yield clause.state("weibo_posts", "微博")
    elif unit in ("期", "期次"):
        yield clause.state("wechat_issues", "微信公众号")
    elif unit in words.POST_UNITS:
        yield clause.state("wechat_posts", "微信公众号")


def fee(clause: Clause) -> Iterator[Stated]:
    """The information-processing fee, in yuan."""
    if clause.number.unit != "元" or not re.search(r"收取|收费|收|共|合计|金额|处理费", clause.left):
        return
    yield clause.state("processing_fee_yuan", "收取", whole=clause.whole())


def published(clause: Clause) -> Iterator[Stated]:
    """Published items: information in general, counted by the piece."""
    number, left, right = clause.number, clause.left, clause.right
    if number.unit not in words.ITEM_UNITS or number.unit in ("项", "次", "个"):
        return
    if clause.subject not in ("publish", "wechat", "weibo", ""):
        return
    verb = words.PUBLISH.search(left) or _VOLUME.search(left) or words.PUBLISH.search(clause.before[-60:])
    if not verb:
        return
    noun = words.NOUN_AFTER.match(right)
    if clause.scene.totalled and re.search(r"类(?:的)?(?:信息|消息|稿件)|目录信息", left):
        return
    if words.NOUN_AT_END.search(left) or (noun and words.PUBLISH.search(left)):
        whole = clause.whole() and _of_everything(clause)
        yield clause.state("published_items", verb.group(), whole=whole, after=noun.end() if noun else 0)
    elif _SUMMED_UP.search(left):
        yield clause.state("published_items", verb.group(), whole=clause.whole() and _of_everything(clause))


def _of_everything(clause: Clause) -> bool:
    """Whether published items are all of the year's: not one kind, one of a list, or somebody else's."""
    text, number, left = clause.sentence.text, clause.number, clause.left
    if "累计" in left and _NEWLY.search(text, number.end):
        return False
    if clause.scene.totalled and re.search(r"^.?(?:于|通过|在|依托)", left):
        return False
    among = "其中" in clause.before and (clause.scene.totalled or text.startswith("其中"))
    if _OTHERS_PRESS.search(left) or among:
        return False
    if "新媒体" in left and not re.search(r"网站|[、和及与]|等", left):
        return False
    if _SUMMARY.search(left):
        return True
    if re.search(r"[专栏]栏|栏目", left):
        return False
    kind = _ONE_KIND.search(left)
    return kind is None or words.GENERIC_NOUN.fullmatch(kind.group(1)) is not None
