"""LANG-LATIN and LANG-LOST: stray words and missing figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Level, Place
from tests.report.check.builders import findings, only, report
from tests.report.check.seeds import seed

SEEDS = ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("通过多种渠道进行宣传 and 解读。", ["and"]),
        ("通过网站 and 公众号发布信息。", ["and"]),
        ("宣传and解读，提高the质量。", ["and", "the"]),
        ("推进open data工作。", ["open data"]),
        ("办结率100%and满意率100%。", ["and"]),
        ("利用Untitled进行分析。", ["Untitled"]),
        ("加强ｔｈｅ管理。", ["ｔｈｅ"]),
    ],
)
def test_lang_latin_fires_on_stray_words(text: str, words: list[str]) -> None:
    finding = only(report(texts={"overview": text}), "LANG-LATIN")
    assert finding.level is Level.WARNING
    assert finding.found == words


@pytest.mark.parametrize(
    "text",
    [
        "开通“幸福柳溪in”公众号。",
        "通过幸福柳溪in公众号发布信息。",
        "通过APP、PDF、VR、AI、QQ群、WiFi、H5、PPT、Excel、OA系统、Vlog发布。",
        "完成5G、IPv6改造，A股、K1+200段、3D动画。",
        "执行GB/T 22239标准。",
        "邮箱：xxgk_qh@163.com，请发送。",
        "网址为http://www.qinghe.gov.cn/col/index.html，可以下载。",
        "网站（www.qinghe.gov.cn）可以下载。",
        "从www. qinghe. gov. cn下载电子版。",
        "公路长10km，面积3000m2，噪声60dB。",
        "[bookmark: _GoBack]本报告由办公室编制。",
        "本&nbsp;报告由<span lang=EN-US>办公室</span>编制。",
        "采用增强现实（Augmented Reality，AR）技术。",
        "分为A、B、C三级，第III类、第iv项。",
        "微信号：qinghe_gov发布信息。",
        "通过《Hello柳溪》栏目宣传。",
        "登录zwgk.qinghe.gov.cn查询。",
        "Copyright 2024 Qinghe Government\n本报告由办公室编制。",
    ],
)
def test_lang_latin_silent_on_names_addresses_units_and_abbreviations(text: str) -> None:
    assert findings(report(texts={"overview": text}), "LANG-LATIN") == []


def test_lang_latin_gathers_all_words_and_keeps_the_place() -> None:
    given = report(texts={"overview": "宣传 and 解读。", "problems": "问题 of 工作。"})
    section = replace(given.sections["overview"], spans=((0, Place(paragraph=4, start=10)),))
    finding = only(replace(given, sections={**given.sections, "overview": section}), "LANG-LATIN")
    assert finding.found == ["and", "of"]
    assert finding.cells == ("sections.overview", "sections.problems")
    assert finding.place is not None
    assert (finding.place.paragraph, finding.place.start, finding.place.end) == (4, 13, 16)
    assert "应为“和”" in finding.message


def test_lang_latin_on_the_seeds() -> None:
    assert only(seed("000"), "LANG-LATIN").found == ["and"]
    for number in SEEDS[1:]:
        assert findings(seed(number), "LANG-LATIN") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共主动公开条；收到申请件。", ["共主动公开条", "收到申请件"]),
        ("全年累计发布信息条，", ["全年累计发布信息条"]),
        ("主动公开政府信息条。", ["主动公开政府信息条"]),
        ("微信公众号推送信息余条，", ["微信公众号推送信息余条"]),
        ("举办业务培训次。", ["举办业务培训次"]),
        ("共计培训人次，", ["共计培训人次"]),
        ("全年收取信息处理费元。", ["全年收取信息处理费元"]),
        ("共收到申请件，均已答复。", ["共收到申请件"]),
        ("公开信息____条。", ["____条"]),
        ("受理申请XX件。", ["XX件"]),
        ("工作动态占比%，", ["占比%"]),
        ("截至年月日，", ["截至年月日"]),
        ("截至2024年月日，", ["4年月日"]),
    ],
)
def test_lang_lost_fires_on_a_unit_without_a_figure(text: str, found: list[str]) -> None:
    finding = only(report(texts={"overview": text}), "LANG-LOST")
    assert finding.level is Level.WARNING
    assert finding.found == found


@pytest.mark.parametrize(
    "text",
    [
        "未收到依申请公开件，未存在行政复议。",
        "没有收到申请件。",
        "收到申请件，及时登记、审核、答复。",
        "对收到的申请件，按时答复。",
        "严格执行《条例》，公开文件，符合条件；办理案件，接收信件、邮件、来件。",
        "件件有回应、事事有落实，逐条逐项，一条一条，每件每次，多次，再次，首次，依次。",
        "定期、不定期更新，按期公开，逾期的，近期；市场，现场，广场，场所。",
        "共同推进各项，公共服务事项，共享共建，共性问题一件。",
        "共有3条；共公开12件、5 份；共公开一百余条，累计培训两次，合计十余场。",
        "共公开若干条，累计公布数十件，共培训近百人次。",
        "发布头条，推送稿件，公开案例，公开条例，发布公告公示文件。",
        "共主动公开信息100余条，其中政策文件20件，占20%。",
        "规范申请要件，统一文件名、编号和层次，共两个层次。",
        "按月、按年、按日统计；年、月、日齐全。",
        "健全依申请公开件办理流程，提高办件质量，压实责任到人，每年一次。",
        "收取费用0元，处理费为零元，多元、单元。",
        "公开本年度部门预决算、“三公”经费、重大项目等事项。",
    ],
)
def test_lang_lost_silent_on_words_that_end_like_a_unit(text: str) -> None:
    assert findings(report(texts={"overview": text}), "LANG-LOST") == []


@given(st.integers(0, 99999), st.sampled_from("条件份篇期次场"), st.sampled_from("，。；、"))
def test_lang_lost_silent_wherever_a_figure_stands(number: int, unit: str, mark: str) -> None:
    for written in (f"{number}", f" {number} ", f"{number:,}", f"{number}余"):
        assert findings(report(texts={"overview": f"共主动公开信息{written}{unit}{mark}"}), "LANG-LOST") == []


@pytest.mark.parametrize("number", SEEDS)
def test_lang_lost_silent_on_the_seeds(number: str) -> None:
    assert findings(seed(number), "LANG-LOST") == []
