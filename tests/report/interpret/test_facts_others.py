"""What the text says of everything else: published items, channels, trainings, decisions, fees, lists."""

from decimal import Decimal

import pytest

from tests.report.interpret.test_facts_applications import facts, stated

PUBLISHED = [
    ("2024 年, 我镇在政府门户网站主动公开和更新工作动态类的政府信息 69 条, 保障了群众的知情权。", 69),
    (
        (
            "昆阳镇政府信息公开网站共更新主动公开政务信息70条,其中工作信息类占59%,其次是民生事项类21%,再次是政策"
            "文件类20%"
        ),
        70,
    ),
    ("2024年，我区在政府网站平台主动发布各类政府信息2428条，公开政府常务会议7期，解读信息发布7条。", 2428),
    (
        (
            "全年主动公开政府信息总数171条:基层政务公开领域信息124条，工作动态34条，预算决算4条，应急预案3条，"
            "政策文件2条，其他政府信息4条。"
        ),
        171,
    ),
    ("全年通过苍溪县人民政府网站公开政府信息213条。", 213),
    ("全镇公开各类信息347条，其中，年度信息公开报告1条，财政信息2条。", 347),
    ("截止到2024年12月31日，全年通过政府网站公开信息36条，包括部门工作动态类信息34条，财政类信息2条。", 36),
    ("2024年，市商务局网站信息发布量达1019篇。", 1019),
    ("2024年主动公开政府信息1,725条。", 1725),
    ("全年主动公开政府信息1.2万条。", 12000),
    ("主动公开政府信息五十六条。", 56),
    ("2024年共发布1725条信息。", 1725),
    ("全年累计公开政府信息88条，较上年增加12条。", 88),
    ("2024年公开政府信息 1 725 条。", None),
    ("共主动公开政府信息条，其中工作动态20条，通知公告5条。", None),
    ("通过网站、微信公众号等渠道发布信息500条。", 500),
    ("2023年主动公开政府信息80条。", None),
    ("发布政策解读7条。", None),
    ("回复网民留言35条。", None),
    ("主动公开率达100%。", None),
    ("新增公开栏目12个，公开栏26处。", None),
]


@pytest.mark.parametrize(("text", "value"), PUBLISHED)
def test_published(text: str, value: int | None) -> None:
    assert stated(text).get("published_items") == value


def lists(text: str, name: str) -> tuple[dict[str, object], object, bool]:
    (fact,) = [fact for fact in facts(text) if fact.name == name]
    return dict(fact.value), fact.of, fact.closed  # type: ignore[call-overload]


def test_kinds_without_a_total() -> None:
    text = (
        "2024年我镇主动公开公布政府工作动态54条，政策文件4条，公示公告17条，重点领域公示129条，财政预算9条、"
        "决算9条。"
    )
    values, of, closed = lists(text, "published_by_kind")
    assert values == {
        "政府工作动态": 54,
        "政策文件": 4,
        "公示公告": 17,
        "重点领域公示": 129,
        "财政预算": 9,
        "财政决算": 9,
    }
    assert (of, closed) == (None, False)


def test_two_kinds_are_no_total() -> None:
    values, _, _ = lists("我局通过官方网站发布政务类信息34条，概况类信息150条。", "published_by_kind")
    assert values == {"政务类信息": 34, "概况类信息": 150}
    assert "published_items" not in stated("我局通过官方网站发布政务类信息34条，概况类信息150条。")


def test_kinds_with_a_total() -> None:
    text = (
        "全年主动公开政府信息总数171条:基层政务公开领域信息124条，工作动态34条，预算决算4条，应急预案3条，"
        "政策文件2条，其他政府信息4条。"
    )
    values, of, closed = lists(text, "published_by_kind")
    assert sum(values.values()) == 171  # type: ignore[arg-type]
    assert list(values)[-1] == "其他政府信息"
    assert (of, closed) == (171, True)


def test_kinds_in_brackets_and_with_marks() -> None:
    text = "主动公开政府信息32条（其中：领导信息类1条、机构职能类2条、工作动态类29条）。"
    assert lists(text, "published_by_kind") == (
        {"领导信息类": 1, "机构职能类": 2, "工作动态类": 29},
        32,
        True,
    )


def test_kinds_in_the_sentence_after() -> None:
    text = (
        "主动在门户网站公开政府信息50条。在主动公开的信息中，政策法规类的信息4条，业务工作类的信息10条，"
        "信息公开30条，统计数据信息6条。"
    )
    values, of, closed = lists(text, "published_by_kind")
    assert (sum(values.values()), of, closed) == (50, 50, True)  # type: ignore[arg-type]


def test_an_open_list_is_open() -> None:
    assert lists("公开政府信息100条，其中工作动态20条，通知公告15条。", "published_by_kind")[2] is False


def test_a_list_with_a_rest_is_closed() -> None:
    assert lists("公开政府信息100条，其中工作动态20条，其他15条。", "published_by_kind")[2] is True


def test_a_list_ends_where_it_is_full() -> None:
    text = "公开政府信息100条，其中工作动态60条，通知公告40条，图文90条，视频10条。"
    assert lists(text, "published_by_kind")[0] == {"工作动态": 60, "通知公告": 40}


def test_shares() -> None:
    text = "共更新主动公开政务信息70条,其中工作信息类占59%,其次是民生事项类21%,再次是政策文件类20%"
    assert lists(text, "shares") == ({"工作信息类": 59, "民生事项类": 21, "政策文件类": 20}, 70, True)


@pytest.mark.parametrize(
    "text",
    [
        "公开信息100条，其中工作动态占58.6%，通知公告占41.4%。",
        "公开信息100条，其中工作动态占比58.6%、通知公告占比41.4%。",
        "公开信息100条，其中工作动态58条，占58.6%；通知公告42条，占41.4%。",
        "公开信息100条，其中工作动态（占58.6%）、通知公告（占41.4%）。",
        "公开信息100条，工作动态占总数的58.6％，通知公告占总数的41.4％。",
    ],
)
def test_shares_in_other_words(text: str) -> None:
    assert lists(text, "shares")[0] == {"工作动态": Decimal("58.6"), "通知公告": Decimal("41.4")}


@pytest.mark.parametrize(
    "text",
    [
        "答复率100%，满意率98%。",
        "信息公开量同比增长12%，访问量增长30%。",
        "政务公开在考核中占比5%。",
        "按时办结率达100%，群众满意度达99%。",
    ],
)
def test_rates_are_no_shares(text: str) -> None:
    assert "shares" not in stated(text)


CHANNELS = [
    ("镇政府微信公众号公开动态类信息46期151篇。", {"wechat_issues": 46, "wechat_posts": 151}),
    ("我镇加强“幸福昆阳in”公众号相关政务信息推送,截止12月31日共发布1725条信息。", {"wechat_posts": 1725}),
    ("通过“柳溪发布”微信公众号发布信息336条。", {"wechat_posts": 336}),
    ("“柳溪发布”微信公众号全年推送文章120篇。", {"wechat_posts": 120}),
    ("政务微博发布信息88条。", {"weibo_posts": 88}),
    ("微信公众号粉丝3000人，阅读量10万次。", {}),
    ("开设微信公众号2个。", {}),
]


@pytest.mark.parametrize(("text", "expected"), CHANNELS)
def test_channels(text: str, expected: dict[str, int]) -> None:
    assert stated(text) == expected


TRAININGS = [
    (
        "我局成功举办了 2 次政务信息培训活动，信息工作人员参与全区举办的政府信息公开工作及培训会议 1 次。",
        2,
        1,
    ),
    ("全年组织政务公开培训3次，参加培训人员120人次。", 3, None),
    ("开展政府信息公开业务培训2场次。", 2, None),
    ("召开政务公开培训会两次。", 2, None),
    ("参加市政府办组织的业务培训2次。", None, 2),
    ("组织工作人员参加上级培训4次。", None, 4),
    ("参加了2次政务公开业务培训。", None, 2),
    ("每月开展两次自查。", None, None),
    ("开展政策解读活动15次。", None, None),
    ("全年召开专题会议2次，推进会议6次。", None, None),
    ("培训工作人员50人次。", None, None),
]


@pytest.mark.parametrize(("text", "held", "attended"), TRAININGS)
def test_trainings(text: str, held: int | None, attended: int | None) -> None:
    found = stated(text)
    assert found.get("trainings_held") == held
    assert found.get("trainings_attended") == attended


DECISIONS = [
    ("全年制发行政规范性文件3件。", "normative_documents_issued", 3),
    ("2024年，我区新制定规范性文件5件，废止2件，现行有效规范性文件28件。", "normative_documents_issued", 5),
    (
        "2024年，我区新制定规范性文件5件，废止2件，现行有效规范性文件28件。",
        "normative_documents_in_force",
        28,
    ),
    ("制发规范性文件2件、政策解读5件。", "normative_documents_issued", 2),
    ("出台行政规范性文件两件。", "normative_documents_issued", 2),
    ("开展行政规范性文件清理，废止规范性文件4件。", "normative_documents_issued", None),
    ("规范性文件解读12件。", "normative_documents_issued", None),
    ("作出行政许可决定174件。", "licences", 174),
    ("全年办理行政处罚案件517件。", "penalties", 517),
    ("实施行政强制3件。", "coercive_measures", 3),
    ("公开行政许可事项120项。", "licences", None),
    ("受理行政许可申请1200件。", "licences", None),
    ("收取政府信息公开信息处理费380元。", "processing_fee_yuan", 380),
    ("全年收取政府信息公开信息处理费 0 元。", "processing_fee_yuan", 0),
    ("2024年有1件政府信息公开申请收取信息处理费0.12万元。", "processing_fee_yuan", 1200),
    ("收费标准：11-30件（含30件）的部分，信息处理费100元/件。", "processing_fee_yuan", None),
]


@pytest.mark.parametrize(("text", "name", "value"), DECISIONS)
def test_decisions_and_fees(text: str, name: str, value: int | None) -> None:
    assert stated(text).get(name) == value


def test_what_was_shown_is_not_what_was_decided() -> None:
    found = facts("公示行政处罚信息30条，公开行政许可结果12件。")
    assert [(fact.name, fact.whole) for fact in found] == [("penalties", False), ("licences", False)]


def test_assistance_has_its_own_count() -> None:
    found = stated("收到其他机关单位协助查询件10件,已办结9件(剩余1件答复中)。")
    assert found == {"assistance_requests": 10, "assistance_completed": 9}


def test_places_lead_back() -> None:
    text = "2024 年，大口镇共收到政府信息公开申请 1 件, 已及时办结。"
    (fact,) = facts(text)
    assert fact.raw == "大口镇共收到政府信息公开申请 1 件"


@pytest.mark.parametrize(
    "text", ["", "无。", "。。。", "《》", "（", "共件", "占%，占%", "0", "件" * 50, "一" * 60 + "件"]
)
def test_odd_text_is_no_fact(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("全年通过门户网站、政务新媒体等渠道主动公开政府信息640条。", 640),
        ("累计通过网站、政务新媒体等渠道主动公开各类政府信息89条。", 89),
        ("全年共发布政府会议、规范性文件、政策解读、财政资金等政务信息427条。", 427),
        ("在网站“水利”栏目主动公开各类政务信息80条。", 80),
        ("全年各栏目共刊发文稿、通知、公告等44篇。", 44),
    ],
)
def test_published_in_all(text: str, value: int) -> None:
    assert [(f.value, f.whole) for f in facts(text) if f.name == "published_items"] == [(value, True)]


@pytest.mark.parametrize(
    "text",
    [
        "公开采购公告、中标公告等政府采购信息60条。",
        "发布政务动态类消息231条。",
        "主动公开重点领域政府信息24条。",
        "全县政务新媒体共发布信息58条。",
        "其中，通过局门户网站发布信息97条。",
        "通过主流媒体发布相关信息33条。",
        "发布各类信息近500条。",
        "水利专栏公开信息10条。",
    ],
)
def test_published_in_part(text: str) -> None:
    assert not any(f.whole for f in facts(text) if f.name == "published_items")


def test_a_share_of_one_site_is_not_the_total() -> None:
    found = [
        f for f in facts("共公开186条信息，其中，网站公开信息42条，微信平台公开政务信息144条。") if f.whole
    ]
    assert [f.value for f in found if f.name == "published_items"] == [186]


def test_a_remark_in_brackets_does_not_end_the_list() -> None:
    text = "主动公开政府信息45条，其中规章11条、其他文件2条；工作报告2条（中英文各1条）、财政信息30条。"
    values, of, closed = lists(text, "published_by_kind")
    assert (values, of, closed) == ({"规章": 11, "其他文件": 2, "工作报告": 2, "财政信息": 30}, 45, True)


def test_organs_are_a_kind() -> None:
    text = "主动公开政府信息8条，其中：组织机构类信息2条；政务（工作）动态类信息5条；其他信息1条。"
    assert sum(v for v in lists(text, "published_by_kind")[0].values() if isinstance(v, int)) == 8


def test_a_channel_behind_kinds_is_no_kind() -> None:
    text = "网站发布信息100条，其中发布概况类信息32条，动态信息29条，微信公众号“青禾”发布信息75条。"
    assert list(lists(text, "published_by_kind")[0]) == ["概况类信息", "动态信息"]


def test_what_a_review_left_in_force_is_no_list_of_published() -> None:
    text = "对发布的规范性文件进行梳理，继续有效20件，失效2件，废止4件。"
    assert [(f.name, f.whole) for f in facts(text)] == [("normative_documents_in_force", False)]


def test_the_next_items_noun_is_not_this_ones() -> None:
    assert not [f for f in facts("发布政府规章4部、规范性文件20件。") if f.value == 4]


def test_quoted_and_online_shares_keep_their_labels() -> None:
    text = "答复申请50件，“予以公开”3件，占已答复件数的6%；在线申请47件，占94%。"
    assert lists(text, "shares")[0] == {"予以公开": 6, "在线申请": 94}


def test_a_blog_account_is_a_blog() -> None:
    assert stated("政务微博公众号发布信息482条。") == {"weibo_posts": 482}
