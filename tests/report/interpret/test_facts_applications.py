"""What the text says of applications: received, none, answered, pending, carried over, withdrawn."""

import pytest

from gongkai.report.interpret.facts import read_facts
from gongkai.report.model import Fact, Section

AGENCY = "青禾县柳溪镇人民政府"


def facts(
    text: str, *, year: int | None = 2024, agency: str | None = AGENCY, key: str = "overview"
) -> list[Fact]:
    return list(read_facts({key: Section(key, "", text)}, year, agency))


def stated(text: str, **more: object) -> dict[str, object]:
    found: dict[str, object] = {}
    for fact in facts(text, **more):  # type: ignore[arg-type]
        found.setdefault(fact.name, fact.value)
    return found


RECEIVED = [
    ("2024年，我镇共收到政府信息公开申请5件，均已按期答复。", 5),
    ("全年收到政府信息公开申请 12 件。", 12),
    ("全年共受理政府信息公开申请12件，按时答复率100%。", 12),
    ("2024年度，我局共受理依申请公开8件，均在法定期限内答复申请人。", 8),
    ("本年度新收政府信息公开申请31件。", 31),
    ("2024年新收到申请公开政府信息3件。", 3),
    ("（二）依申请公开。全年共收到申请6件，全部按时办结。", 6),
    ("（二）依申请公开情况：2024年共收到依申请公开申请2件，已依法答复。", 2),
    ("2.依申请公开情况。全年共受理依申请公开申请1件，申请主体为自然人。", 1),
    ("本年度共收到并妥善处理依申请公开信息13件。", 13),
    ("2024年收办政府信息公开申请105件。", 105),
    ("全年共办理政府信息公开申请44件。", 44),
    ("我局全年办理依申请公开事项17件。", 17),
    ("一年来，共处理政府信息公开申请9件。", 9),
    ("2024年共接收政府信息公开申请20件，其中网上申请15件，信函申请5件。", 20),
    ("今年我镇接到政府信息公开申请3件。", 3),
    ("我镇共收到12件政府信息公开申请。", 12),
    ("2024年，共受理了8件依申请公开事项。", 8),
    ("全年收到公民、法人和其他组织的政府信息公开申请15件。", 15),
    ("全年收到自然人、法人及其他组织提出的政府信息公开申请共计26件。", 26),
    ("2024年共收到政府信息公开申请二十一件。", 21),
    ("我镇收到政府信息公开申请两件，已办结。", 2),
    ("2024年我镇收到一件政府信息公开申请，已依法答复。", 1),
    ("2024年共受理政府信息公开申请1,725件。", 1725),
    ("2024年共受理政府信息公开申请1，725件。", 1725),
    ("２０２４年共收到政府信息公开申请２６件。", 26),
    ("2024 年 , 共 收 到 政府信息公开申请 6 9 件 。", None),
    ("2024 年 , 大口镇共收到政府信息公开申请 1 件, 已及时办结。", 1),
    ("全市行政机关共收到政府信息公开申请1.2万件。", 12000),
    ("2024年收到政府信息公开申请例3例。", 3),
    ("2024年共收到政府信息公开申请7例。", 7),
    ("全年受理政府信息公开申请11次。", 11),
    ("2024年收到依申请公开政府信息4条。", 4),
    ("共收到政府信息公开申请10件次。", 10),
    ("全年收到政府信息公开申请表6份。", 6),
    ("全年共收到政府信息依申请公开22宗。", 22),
    ("全年收到政府信息公开申请5起。", 5),
    ("2024年政府信息公开申请受理量为19件。", 19),
    ("2024年收到的政府信息公开申请数量为7件。", 7),
    ("依申请公开政府信息5件，予以公开3件，部分公开2件。", 5),
    ("依申请公开方面，全年共受理5件，办结5件。", 5),
    ("全年共登记政府信息公开申请33件。", 33),
    ("截至2024年12月31日，共收到政府信息公开申请5件。", 5),
    ("2024年1月1日至12月31日，昆阳镇政府共受理政府信息公开申请件21件,已办结20件(剩余1件答复中)。", 21),
    ("通过政府网站、信函、当面等渠道共收到政府信息公开申请12件。", 12),
    ("2024年共收到政府信息公开申请12件，比2023年的10件增加2件。", 12),
    ("2024年共收到政府信息公开申请12件，较上年增加2件。", 12),
    ("全年收到政府信息公开申请12件，同比下降20%。", 12),
    ("2023年收到政府信息公开申请10件，2024年收到政府信息公开申请12件。", 12),
    ("今年以来，全区累计处理政府信息依申请公开92件，其中，本年度新接收91件，2023年结转办理1件。", 92),
    ("全年共收到依申请公开0件，公开0件，不予公开0件。", 0),
    ("本年度收到政府信息公开申请：0件。", 0),
    ("政府信息公开申请、行政复议、行政诉讼均为0件。", 0),
    ("我局2024年收到政府信息公开申请零件。", 0),
    ("2024年，本机关收到政府信息公开申请45件，上年结转2件，办理结果总计46件，结转下年度1件。", 45),
    ("全年共收到政府信息公开申请1件（网络申请）。", 1),
    ("全年受理政府信息公开申请30件，全部为自然人申请。", 30),
    ("全年申请公开政府信息3件，均予以公开。", 3),
    ("依法依规办理政府信息公开申请。全年共收到22件，均在规定时限内办结。", 22),
    ("（二）依申请公开\n2024年，共收到4件，答复4件。", 4),
    ("（二）依申请公开。规范办理流程，提高答复质量。全年共收到4件。", 4),
    ("二是依申请公开有序。全年办理申请14件，办结率100%。", 14),
    ("2024年度收悉政府信息公开申请18件。", 18),
    ("本年度，共有政府信息公开申请3件。", 3),
    ("全年承办政府信息公开申请8件。", 8),
    ("2024年受理群众政府信息公开申请6件，接受群众咨询120人次。", 6),
]


@pytest.mark.parametrize(("text", "value"), RECEIVED)
def test_received(text: str, value: int | None) -> None:
    assert stated(text).get("applications_received") == value


NONE_RECEIVED = [
    "没有收到一件政府信息公开申请。",
    "一年来未接到申请公开政府信息的要求。",
    "2024年我局未收到依法申请公开的相关信息。",
    "2024年，三角镇未收到依申请公开件，未存在因政府信息公开工作被申请行政复议、提起行政诉讼情况。",
    "2024年，我局未收到政府信息公开申请。",
    "2024年我镇未收到依申请公开政府信息申请。",
    "2024年，我局没有收到政府信息公开申请。",
    "全年未受理依申请公开，未发生政府信息公开类行政复议、行政诉讼情况。",
    "2024年，我局无依申请公开事项，无针对本部门有关政府信息公开事务的行政复议、诉讼、申请案例。",
    "全年未接到信息公开申请。",
    "2024年，我镇未收到依申请公开请求。",
    "本年度未收到公民、法人或其他组织提出的政府信息公开申请。",
    "2024年没有公民、法人和其他组织向我局提出政府信息公开申请。",
    "本年度无人申请公开政府信息。",
    "（二）依申请公开：无。",
    "（二）依申请公开情况。无。",
    "（二）依申请公开\n本年度未收到任何形式的申请。",
    "（二）依申请公开。2024年，我局未收到申请。",
    "依申请公开：本年度无。",
    "2024年度，我单位未办理政府信息公开申请。",
    "全年未收到群众政府信息公开申请件。",
    "我局2024年度未收到政府信息依申请公开申请。",
    "2024年暂未收到政府信息公开申请。",
    "本机关2024年未收到要求公开政府信息的申请。",
    "本年度实现政府信息公开零申请、零复议、零诉讼。",
    "全年政府信息公开申请、行政复议、行政诉讼均无。",
    "2024年我局没有依申请公开的情况。",
    "2024年，我局未产生依申请公开事项。",
    "2024年未发生依申请公开政府信息情况。",
    "2024年全年未收到依申请公开信息。",
    "我镇不存在依申请公开的情况。",
    "2024年无政府信息公开申请。",
    "2024年未收到政府信息公开申请和行政复议申请。",
    "2024年没有收到有关依申请公开的诉求。",
]


@pytest.mark.parametrize("text", NONE_RECEIVED)
def test_none_received(text: str) -> None:
    assert stated(text).get("applications_received") == 0


NOT_RECEIVED = [
    "对任何一件政府信息公开申请都认真办理。",
    "全年无超期答复的政府信息公开申请。",
    "全年未发生逾期未答复政府信息公开申请的情况。",
    "未对公众依申请公开政府信息收取任何费用。",
    "未收到关于政府信息公开的投诉举报。",
    "2024年未收到行政许可申请。",
    "全年受理行政许可申请1200件，办结1198件。",
    "未发生因依申请公开答复不当引起的行政复议。",
    "共办理12345热线47件，已全部办结。",
    "依法办理人大代表建议12件、政协提案9件，均已答复并公开。",
    "收到群众来信35件，办结35件。",
    "回复网民留言1779条。",
    "2023年收到政府信息公开申请10件。",
    "去年收到政府信息公开申请10件。",
    "较上年同期减少3件。",
    "自条例施行以来共受理政府信息公开申请500件。",
    "根据《政府信息公开条例》第二十九条，完善申请办理流程。",
    "对依申请公开件在20个工作日内答复。",
    "申请10件以下（含10件）的不收费，11-30件的部分每件100元。",
    "依申请公开答复率达100%。",
    "共主动公开条，群众满意度较高。",
    "组织专人限时回复政务公开申请，畅通申请渠道3个。",
    "依申请公开办理流程图1份。",
    "针对政务公开申请，组织专人限时回复，加强与相关单位的交流和沟通。",
    "联系电话：0577-63882668，邮编：325400。",
    "印发《关于规范2件申请办理的通知》。",
    "收到其他机关协助查询件10件，已办结9件。",
    "没有不予公开的申请。",
    "无上年结转政府信息公开申请。",
    "我局受理行政复议案件120件。",
]


@pytest.mark.parametrize("text", NOT_RECEIVED)
def test_not_taken_for_received(text: str) -> None:
    assert "applications_received" not in stated(text)


FLOW = [
    ("收到政府信息公开申请21件，已办结20件。", "applications_completed", 20),
    ("共受理政府信息公开申请21件,已办结20件(剩余1件答复中)。", "applications_completed", 20),
    ("共受理政府信息公开申请21件,已办结20件(剩余1件答复中)。", "applications_pending", 1),
    ("收到政府信息公开申请12件，答复12件。", "applications_completed", 12),
    ("收到并答复政府信息公开申请5件。", "applications_completed", 5),
    ("收到并答复政府信息公开申请5件。", "applications_received", 5),
    ("全年答复政府信息公开申请38件。", "applications_completed", 38),
    ("受理行政许可申请30件；办结28件；结转下年度2件。", "applications_completed", None),
    ("受理政府信息公开申请30件；办结28件；结转下年度2件。", "applications_completed", 28),
    ("受理政府信息公开申请30件；办结28件；结转下年度2件。", "applications_carried_out", 2),
    (
        "新收政府信息公开申请45件，上年结转2件，办理完毕46件，结转下年度继续办理1件。",
        "applications_carried_in",
        2,
    ),
    (
        "新收政府信息公开申请45件，上年结转2件，办理完毕46件，结转下年度继续办理1件。",
        "applications_completed",
        46,
    ),
    (
        "新收政府信息公开申请45件，上年结转2件，办理完毕46件，结转下年度继续办理1件。",
        "applications_carried_out",
        1,
    ),
    (
        "全区累计处理政府信息依申请公开92件，其中，本年度新接收91件，2023年结转办理1件。",
        "applications_carried_in",
        1,
    ),
    (
        "全区处理政府信息公开申请92件。除4件转结2025年办理以外，均依法依规完成答复。",
        "applications_carried_out",
        4,
    ),
    ("收到政府信息公开申请9件，已答复8件，1件正在办理中。", "applications_completed", 8),
    ("收到政府信息公开申请9件，已答复8件，1件正在办理中。", "applications_pending", 1),
    ("收到政府信息公开申请9件，其中申请人撤回1件。", "applications_withdrawn", 1),
    ("收到政府信息公开申请9件，主动撤回申请2件。", "applications_withdrawn", 2),
    ("收到政府信息公开申请9件，2件已撤回，7件已办结。", "applications_withdrawn", 2),
    ("收到政府信息公开申请9件，2件已撤回，7件已办结。", "applications_completed", 7),
    ("收到政府信息公开申请50件，尚有3件未办结。", "applications_pending", 3),
    ("收到政府信息公开申请50件，未到答复期3件。", "applications_pending", 3),
    ("共收到政府信息公开申请7件，上年度结转1件。", "applications_carried_in", 1),
    ("上一年度结转政府信息公开申请6件。", "applications_carried_in", 6),
    ("依申请公开共受理5件，按期答复4件，结转至2025年1件。", "applications_carried_out", 1),
    ("依申请公开共受理5件，按期答复4件，结转至2025年1件。", "applications_completed", 4),
    ("收到政府信息公开申请17件，均已在法定期限内予以答复。", "applications_completed", None),
    ("收到政府信息公开申请17件，17件均已答复。", "applications_completed", 17),
    ("收到政府信息公开申请20件，其中予以公开12件，部分公开3件。", "applications_completed", None),
    ("无上年结转政府信息公开申请。", "applications_carried_in", 0),
    ("2024年受理政府信息公开申请8件，无结转下年度办理的申请。", "applications_carried_out", 0),
]


@pytest.mark.parametrize(("text", "name", "value"), FLOW)
def test_flow(text: str, name: str, value: int | None) -> None:
    assert stated(text).get(name) == value


def test_the_scope_word_is_kept() -> None:
    scopes = {
        "收到": "全年收到政府信息公开申请5件。",
        "受理": "全年受理政府信息公开申请5件。",
        "收办": "全年收办政府信息公开申请5件。",
        "新收": "全年新收政府信息公开申请5件。",
        "办理": "全年办理政府信息公开申请5件。",
    }
    for scope, text in scopes.items():
        assert facts(text)[0].scope == scope


def test_an_offices_own_count_is_not_the_districts() -> None:
    text = "2024年，区政府办代表区政府受理政府信息公开申请17件，均已在法定期限内予以答复。"
    (fact,) = facts(text, agency="淮安市洪泽区人民政府")
    assert (fact.name, fact.value, fact.whole) == ("applications_received", 17, False)


def test_a_wider_count_is_not_the_bureaus() -> None:
    (fact,) = facts("2024年，全市各级部门共受理政府信息公开申请400件。", agency="青禾市水利局")
    assert not fact.whole


def test_a_half_years_count_is_not_the_years() -> None:
    (fact,) = facts("上半年收到政府信息公开申请4件。")
    assert not fact.whole


def test_whole_statements_come_first() -> None:
    found = facts("上半年收到政府信息公开申请4件。全年收到政府信息公开申请9件。")
    assert [(fact.value, fact.whole) for fact in found] == [(9, True), (4, False)]


def test_channels_are_no_statement_of_the_year() -> None:
    found = facts("全年收到政府信息公开申请9件，其中网上申请6件，信函申请3件。")
    assert [f.value for f in found if f.name == "applications_received"] == [9]
    (split,) = [f for f in found if f.name == "breakdown"]
    assert (dict(split.value), split.of) == ({"网上申请": 6, "信函申请": 3}, 9)  # type: ignore[call-overload]


def test_a_number_about_something_unsure_is_marked() -> None:
    (fact,) = facts("全年收到政府信息公开申请60余件。")
    assert not fact.whole


def test_unknown_year_takes_what_is_said() -> None:
    assert stated("2023年收到政府信息公开申请10件。", year=None) == {"applications_received": 10}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (
            "全年依申请公开共收到网上申请15件,快递4件,合计19件,已答复18件,1件正在办理。",
            "applications_received",
            19,
        ),
        (
            "全年依申请公开共收到网上申请15件,快递4件,合计19件,已答复18件,1件正在办理。",
            "applications_pending",
            1,
        ),
        ("结转上年后新收到依申请公开事项17件。", "applications_received", 17),
        ("结转上年后新收到依申请公开事项17件。", "applications_carried_in", None),
        ("依法受理答复政府信息公开申请9件，其中2件结转下年度。", "applications_received", 9),
        ("依法受理答复政府信息公开申请9件，其中2件结转下年度。", "applications_completed", None),
        ("收到并答复政府信息公开申请9件，其中2件结转下年度。", "applications_completed", None),
        ("全年办理信息公开答复68份。", "applications_completed", 68),
        ("法定期限内予以答复政府信息公开申请36件。", "applications_completed", 36),
        ("依申请公开系统中收到7封申请。", "applications_received", 7),
    ],
)
def test_more_of_the_flow(text: str, name: str, value: int | None) -> None:
    assert stated(text).get(name) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024年，受理线上政府信息公开申请25件，办结22件。", "applications_completed"),
        ("共收到3个自然人的政府信息公开申请。", "applications_received"),
    ],
)
def test_one_channel_or_persons_are_not_the_whole(text: str, name: str) -> None:
    assert not any(fact.whole for fact in facts(text) if fact.name == name)


def test_a_letter_to_the_office_is_not_the_offices_count() -> None:
    text = "2024年共收到政府信息公开申请11件，其中向县政府办公室邮寄申请2件，按时办结11件。"
    assert [f.whole for f in facts(text, agency="青禾县") if f.name == "applications_completed"] == [True]


def test_a_list_divides_the_number_before_the_remark() -> None:
    text = "办结依申请公开77件（含2023年结转的3件），其中，予以公开60件，部分公开11件，不予公开6件。"
    assert [(f.of, f.closed) for f in facts(text) if f.name == "breakdown"] == [(77, True)]


def test_other_handling_is_an_outcome_not_the_rest() -> None:
    text = "新收政府信息公开申请37件，其中予以公开20件，其他处理7件，结转下年度10件。"
    assert [f.closed for f in facts(text) if f.name == "breakdown"] == [False]
