"""How labels, headings, titles and the text around the tables vary."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

AGENCIES = (
    "青石镇人民政府", "云溪县应急管理局", "白鹭市人民政府", "临江区文化广电和旅游局",
    "长岭县人力资源和社会保障局",
    "南屏街道办事处", "安平市自然资源和规划局", "松河区教育体育局", "柳泉乡人民政府", "武宁县水利局",
    "东湖新区管理委员会", "北塘区住房和城乡建设局", "石门县市场监督管理局", "金沙市公安局", "望江县信访局",
)  # fmt: skip
Change = Callable[[str], str]


def half_width(text: str) -> str:
    """Half-width brackets, colons and commas, straight quotes."""
    return text.translate(str.maketrans("（）：，“”", '(),,""')).replace("单位,", "单位:")


def full_width_ordinals(text: str) -> str:
    """``1．`` for ``1.``."""
    return re.sub(r"^(\d)\.", lambda m: chr(ord("０") + int(m[1])) + "．", text)


def listed_ordinals(text: str) -> str:
    """``1、`` for ``1.``."""
    return re.sub(r"^(\d)\.", r"\1、", text)


def spaced_ordinals(text: str) -> str:
    """A space behind the ordinal, full-width brackets made half."""
    return re.sub(r"^(（.）|\d\.|.、)", r"\1 ", text).replace("（", "(").replace("）", ")")


def spaced_short(text: str) -> str:
    """``总 计``, ``结果 维持``."""
    if len(text) == 2:
        return " ".join(text)
    return f"{text[:2]} {text[2:]}" if len(text) == 4 else text


def broken_short(text: str) -> str:
    """A line break inside four-character headers."""
    return f"{text[:2]}\n{text[2:]}" if len(text) == 4 and "、" not in text else text


def no_ordinals(text: str) -> str:
    """Ordinals lost."""
    return re.sub(r"^(（[一二三四五六七]）|\d\.|[一二三四]、)", "", text)


def short_name(text: str) -> str:
    """规范性文件 for 行政规范性文件, the unit in front lost its word."""
    return text.replace("行政规范性文件", "规范性文件").replace("（单位：万元）", "（万元）")


def noted(text: str) -> str:
    """A note in brackets behind a label."""
    notes = {
        "行政许可": "行政许可（含变更）",
        "行政处罚": "行政处罚（件）",
        "规章": "规章（本机关无规章制定权）",
    }
    return notes.get(text, text)


def year_named(text: str) -> str:
    """``本年(2023)制发件数``."""
    return re.sub(r"^本年(?=制发|废止|处理)", "本年(2023)", text)


#: Changes that leave every label exactly matchable once spaces, brackets and ordinals are set aside.
HARMLESS: tuple[Change, ...] = (
    half_width, full_width_ordinals, listed_ordinals, spaced_ordinals, spaced_short,
)  # fmt: skip
#: Changes of wording seen in print.
WORDINGS: tuple[Change, ...] = (short_name, noted, year_named)
_TYPOS = {
    "本年废止件数": ("本年度止件数", "年废止件数", "本年废止数"),
    "本年制发件数": ("本年制发数", "年制发件数"),
    "现行有效件数": ("现行有效数", "现行有效件"),
    "行政许可": ("政许可", "行政许"),
    "本年处理决定数量": ("本年处理决定数", "年处理决定数量"),
    "一、本年新收政府信息公开申请数量": ("一、本年新收政府信息公开申请数", "本年新收政府信息公开申请数量"),
    "二、上年结转政府信息公开申请数量": ("二、上年结转政府信息公开申清数量",),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (
        "（二）部分公开（区分处理的，只计这一情况，不计其他情形）",
        "（二）部分公开",
    ),
    "2.其他法律行政法规禁止公开": ("2.其他法律行政止公开", "2.其他法律法规禁止公开"),
    "6.属于四类过程性信息": ("6.属于四类过程信息",),
    "4.无正当理由大量反复申请": ("4.无正当理由大量反复中请",),
    "5.要求行政机关确认或重新出具已获取信息": ("5.要求行政机关确认或重新出具已获取的信息",),
    "四、结转下年度继续办理": ("四、结转下年度续办理", "四、结转下年继续办理"),
    "结果维持": ("结果维",),
}


def typing_errors(rng: Random) -> Change:
    """A change that puts a typing error or a lost character into about one label in four."""

    def change(text: str) -> str:
        return rng.choice(_TYPOS[text]) if text in _TYPOS and rng.random() < 0.25 else text

    return change


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the report: ``kind`` is title, heading, text, table or sign; a table's text is its name."""

    kind: str
    text: str


_TITLES = (
    "{a}{y}年政府信息公开工作年度报告", "{y}年{a}政府信息公开工作年度报告", "{a}政府信息公开工作{y}年度报告",
    "{a}{y}年政府信息公开年报", "{a}\n{y}年政府信息公开工作年度报告", "{a} {y} 年政府信息公开工作年度报告",
)  # fmt: skip
_HEADINGS = (
    ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
     "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"),
    ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
     "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "五、政府信息公开工作存在的主要问题及改进情况",
     "六、其他需要报告的事项"),
    ("一、 总体情况", "二、 主动公开政府信息情况", "三、 收到和处理政府信息公开申请情况",
     "四、 政府信息公开行政复议、行政诉讼情况", "五、 存在的主要问题和改进情况", "六、 其他需要报告的事项"),
    ("第一部分 总体情况", "第二部分 主动公开政府信息情况", "第三部分 收到和处理政府信息公开申请情况",
     "第四部分 政府信息公开行政复议和行政诉讼情况",
     "第五部分 存在的主要问题及改进情况", "第六部分 其他需要报告的事项"),
)  # fmt: skip
_KEYS = ("overview", "proactive", "applications", "disputes", "problems", "others")
_DUTIES = {
    "主动公开": (
        "围绕重点领域及时发布工作动态、政策文件和财政预决算，回应群众关切。",
        "健全主动公开目录，明确公开主体、时限和方式，做到应公开尽公开。",
        "重大决策作出前征求社会意见，决策后公布理由和依据，让群众知道为什么这样定、怎么办、找谁问。",
        "对涉农补贴、临时救助、保障性住房分配等与群众利益直接相关的事项，逐项公布对象、标准和结果。",
        "政策文件发布时同步准备解读材料，由起草科室说明背景、主要内容和办理方式，配以图示和问答。",
        "及时公布机构职能、领导分工、办事指南和联系方式，人员变动当月更新，保持内容准确。",
        "行政执法依据、程序和结果按规定公示，自由裁量标准随规章调整同步修改。",
    ),
    "依申请公开": (
        "规范登记、审核、办理、答复、归档流程，畅通当面、信函、网络申请渠道。",
        "实行专人受理、会商研判和法制审核，答复文书格式统一、依据明确。",
        "对内容不明确的，一次告知需要补充的事项，并当面或者电话说明，减少群众来回跑。",
        "涉及第三方权益的依法征求意见，能够区分处理的区分处理，不以内部信息为由简单拒绝。",
        "答复前由法律顾问审查依据和救济途径，答复后整理归档，定期评查文书质量。",
        "加强与申请人沟通，了解真实需求，属于咨询、信访事项的引导到相应渠道办理。",
    ),
    "政府信息管理": (
        "落实“三审三校”和先审后发，定期清理失效信息，加强个人信息保护。",
        "对历年政策文件开展梳理，标注有效性，方便群众查询使用。",
        "文件起草时确定公开属性，不予公开的说明理由，经办公室复核后报分管领导审定。",
        "建立信息台账，记录来源、审核人和发布时间，做到每条信息都有出处、有人负责。",
        "对涉密、敏感和个人信息实行发布前检查，证件号码、住址等内容隐去后再发布。",
        "按月检查已经发布的内容，发现错字、失效链接和过期信息，当日改正并记录。",
    ),
    "政府信息公开平台建设": (
        "以门户网站为第一平台，优化栏目设置，配合办好政务新媒体和便民服务中心查阅点。",
        "完善检索功能和无障碍浏览，定期检查链接，保持页面稳定可用。",
        "按照统一规范调整公开专栏，分类更清楚，层级更少，手机上也能方便查看。",
        "政务新媒体实行备案管理，发布内容与网站一致，评论留言由专人查看并转有关科室办理。",
        "在图书馆、档案馆和便民服务中心设置查阅场所，配备终端和纸质材料，安排人员引导。",
        "做好网络安全防护和数据备份，重要时段安排值守，保证信息公开不中断。",
    ),
    "监督保障": (
        "将公开工作列入年度考核，听取社会评议，全年没有发生责任追究的情形。",
        "明确分管负责人和工作人员，组织业务学习，按季度开展自查。",
        "邀请群众代表、企业代表到场了解工作情况，听取意见，逐条研究并反馈办理结果。",
        "对照上级通报的问题逐项整改，明确责任人和完成时间，整改情况在内部公布。",
        "把公开要求写进科室职责和办文流程，新进人员先培训后上岗，骨干人员轮流讲课。",
        "公布监督电话和邮箱，对群众反映的公开问题及时核实，属实的立即改正并说明情况。",
    ),
}
_PROBLEMS = (
    "部分信息更新不够及时，解读形式比较单一。下一步将加强业务学习，丰富图解和问答形式，提高公开质量。",
    "公开内容与群众需求还有差距，基层人员经验不足。今后将细化公开事项，加强指导检查，补齐短板。",
    "依申请公开办理经验不多，对疑难申请的研究不够深入。下一步将完善会商机制，学习优秀案例，提高答复质量。",
    "栏目维护不够细致，个别信息重复发布、分类不准。下一步将明确栏目责任人，发布前核对分类，定期抽查。",
)
_OTHERS = (
    "本年度未收取政府信息公开信息处理费，没有其他需要报告的事项。",
    "按照《政府信息公开信息处理费管理办法》的规定，本年度没有产生信息处理费。",
)


def parts(rng: Random, agency: str, year: int, new_total: int | None) -> tuple[Part, ...]:
    """A whole report's pieces in order. ``new_total`` is stated in the text where it is given."""
    headings = dict(zip(_KEYS, rng.choice(_HEADINGS), strict=True))
    pieces = [Part("title", rng.choice(_TITLES).format(a=agency, y=year))]
    pieces.append(Part("text", _head(rng, agency, year)))
    pieces.append(Part("heading", headings["overview"]))
    pieces += _overview(rng, year, new_total)
    for key in ("proactive", "applications", "disputes"):
        pieces += [Part("heading", headings[key]), Part("table", key)]
    pieces += [Part("heading", headings["problems"])]
    pieces += [Part("text", text) for text in rng.sample(_PROBLEMS, rng.randint(1, len(_PROBLEMS)))]
    pieces += [Part("heading", headings["others"]), Part("text", rng.choice(_OTHERS))]
    if rng.random() < 0.6:
        pieces += [Part("sign", agency), Part("sign", f"{year + 1}年1月{rng.randint(5, 29)}日")]
    return tuple(pieces)


def _head(rng: Random, agency: str, year: int) -> str:
    house, number = rng.randint(1, 99), rng.randint(1000, 9999)
    contact = f"如对本报告有疑问，请与{agency}联系（地址：新华路{house}号，电话：0577-6000{number}）。"
    return (
        f"本报告依据《中华人民共和国政府信息公开条例》的要求编制。报告中所列数据的统计期限为"
        f"{year}年1月1日至{year}年12月31日。{contact}"
    )


def _overview(rng: Random, year: int, new_total: int | None) -> list[Part]:
    pieces = []
    for ordinal, (duty, sentences) in zip("一二三四五", _DUTIES.items(), strict=True):
        text = "".join(rng.sample(sentences, rng.randint(2, 5)))
        if duty == "依申请公开" and new_total is not None:
            said = f"收到政府信息公开申请{new_total}件" if new_total else "未收到政府信息公开申请"
            text = f"{year}年，本机关{said}。{text}"
        pieces.append(Part("text", f"（{ordinal}）{duty}。{text}"))
    return pieces
