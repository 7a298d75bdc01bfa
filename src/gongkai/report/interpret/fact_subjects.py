"""What a number in a sentence counts: the words before it, behind it, or those its clause leans on."""

import re

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_scan import Number, Sentence
from gongkai.report.interpret.fact_stated import Scene

_BOTH_DISPUTES = re.compile(r"复议(?:案件|申请|案)?(?:、|和|及|与|以及|或|,)?(?:被)?(?:提起)?(?:行政)?诉讼")
ABOUT_DISCLOSURE = re.compile(r"信息公开|依申请|政务公开|申请公开|公开申请")
#: Words that only applications are spoken of with.
_AND_SO_ON = re.compile(
    r"(?:公开|发布|推送|更新|刊发)[^,]*等(?:各类|各种|各项)?(?:政府|政务|动态)?(?:信息|文章|稿件|内容)(?:共计?|累计|合计)?$"
    r"|共(?:主动)?(?:刊发|发布|公开|推送|刊登)[^,]{2,}、[^,]+等$"
)
_OF_APPLICATIONS = re.compile(r"新收|(?:上年度?|20\d\d年度?)(?:结转|转结)|结转(?:至|到)?下一?年")


def subject_of(text: str, number: Number, left: str, right: str, scene: Scene) -> str:
    """What the words right before the number, or else right behind it, say it counts."""
    found = None
    for match in words.SUBJECT.finditer(left):
        if match.lastgroup != "weak" or found is None or found == "blocked":
            found = match.lastgroup
        if match.lastgroup == "weak" and found == "weak":
            found = _weak(text[: number.start], scene)
    if found == "blocked" and _published_since(left):
        return _channel(text[: number.start]) or "publish"
    if found and _both(left):
        return "both"
    if found:
        return found
    return _subject_behind(left, right, scene, text[: number.start])


def _published_since(left: str) -> bool:
    """Whether the words end with information published, the place where it was only named before."""
    if _AND_SO_ON.search(left):
        return True
    last = [match.end() for match in words.SUBJECT.finditer(left)][-1]
    verb = words.PUBLISH.search(left, last)
    return bool(verb and words.GENERIC_NOUN.fullmatch(left, verb.end()) and re.search(r"[栏专]", left[:last]))


def _subject_behind(left: str, right: str, scene: Scene, before: str) -> str:
    """What the words behind a number say it counts: 收到5件申请, 2件被申请行政复议."""
    right = right.split("、", 1)[0]
    match = words.SUBJECT.search(right)
    sued = re.search(r"被.{0,6}(?:(复议)|诉讼|起诉)", right)
    if sued:
        return "reconsideration" if sued.group(1) else "litigation"
    if match and match.start() <= 12 and not words.VERB.match(right) and not words.PUBLISH.search(left):
        return _weak(right, scene) if match.lastgroup == "weak" else match.lastgroup or ""
    if match and match.start() <= 8 and match.lastgroup not in ("weak", None):
        return match.lastgroup or ""
    if words.PUBLISH.search(left) and not words.VERB.search(left):
        return _channel(before) or "publish"
    return ""


def _channel(before: str) -> str:
    """The social channel that the sentence speaks of last, unless it speaks of a web site since."""
    found = max(before.rfind("微信"), before.rfind("公众号"), before.rfind("官微"))
    blog = before.rfind("微博")
    if max(found, blog) <= before.rfind("网站"):
        return ""
    return "wechat" if found > blog else "weibo"


def leaning(sentence: Sentence, index: int, left: str, scene: Scene) -> str:
    """What a clause without a noun of its own counts: what the words before it are about."""
    if not words.leans(left):
        return ""
    number = sentence.numbers[index]
    start = sentence.numbers[index - 1].end if index else 0
    between = sentence.text[start : number.left]
    named = last_subject(between, scene) if between else ""
    if named:
        return named
    if not scene.subject and (scene.topic == "application" or _OF_APPLICATIONS.search(left)):
        return "application"
    return scene.subject


def last_subject(text: str, scene: Scene) -> str:
    """The last subject that words without a number name."""
    found = ""
    for match in words.SUBJECT.finditer(text):
        kind = match.lastgroup or ""
        found = _weak(text, scene) if kind == "weak" else kind
    return found


def _both(left: str) -> bool:
    return "诉讼" in left and "复议" in left and bool(_BOTH_DISPUTES.search(left))


def _weak(around: str, scene: Scene) -> str:
    """A bare 申请 is one for information where the talk is of information."""
    if scene.topic == "application" or scene.subject == "application" or ABOUT_DISCLOSURE.search(around):
        return "application"
    return "blocked"
