"""The report page, lists, comparison, page tags, downloads, the display switch."""

import io
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import docx
import pytest
from django.test import Client
from lxml import html as lxml_html
from openpyxl import load_workbook

from gongkai.report import api
from gongkai.web.agencies.models import Agency
from gongkai.web.portal import names, selectors
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from tests.web.portal.conftest import BEIJING, SAMPLES, MakeAgency, Publish, keep, sample

pytestmark = pytest.mark.django_db
REPORT = "/agencies/kunyang/reports/2024/"


def page(client: Client, address: str, status: int = 200) -> lxml_html.HtmlElement:
    """The page at an address as a tree."""
    response = client.get(address)
    assert response.status_code == status
    return lxml_html.fromstring(response.content.decode())


def tags(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """The page tags."""
    return {meta.get("name"): meta.get("content") for meta in tree.xpath("//meta[@name]")}


# --- the report page -----------------------------------------------------------------------------------


def test_six_sections_and_three_tables_with_what_was_read(client: Client, kunyang: Agency) -> None:
    tree = page(client, REPORT)
    assert [
        one.get("id") for one in tree.xpath("//article/section[h2 and starts-with(@id,'sections.')]")
    ] == [
        f"sections.{key}"
        for key in ("overview", "proactive", "applications", "disputes", "problems", "others")
    ]
    report = selectors.document(ReportRecord.objects.get())
    for path, figure in report.figures.items():
        (cell,) = tree.xpath(f"//td[@id='{path}']")
        shown = cell.text_content().removesuffix(" 更正")
        assert shown == ("" if figure.value is None else str(figure.value)), path
        if figure.value is None:
            assert cell.get("aria-label") == "空白"


def test_the_rail_leads_to_every_section_and_every_anchor_is_there(client: Client, kunyang: Agency) -> None:
    tree = page(client, REPORT)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
    assert {"sections.overview", "correction-applications.total.natural_person", "main"} <= inside
    assert inside <= set(ids)


def test_tables_carry_their_identities(client: Client, kunyang: Agency, invented: Agency) -> None:
    text = page(client, "/agencies/yunxi/reports/2022/").text_content()
    assert "本年新收 18 ＋ 上年结转 1 ＝ 办理结果总计 17 ＋ 结转下年度 2" in text
    assert "行政复议：结果维持 2 ＋ 结果纠正 0 ＋ 其他结果 0 ＋ 尚未审结 0 ＝ 总计 2" in text


def test_the_title_of_the_file_is_shown_where_it_differs(
    client: Client, make_agency: MakeAgency, publish: Publish
) -> None:
    publish(make_agency("sanjiao", "三角镇人民政府"), 2024)
    text = page(client, "/agencies/sanjiao/reports/2024/").text_content()
    report, _ = sample("docx/sanjiao.docx")
    assert f"原件标题：{report.reading.title}" in text


def test_nothing_of_a_report_is_markup(client: Client, make_agency: MakeAgency, publish: Publish) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=y>\"'"
    record = publish(make_agency("x", "甲镇人民政府"), 2024)
    version = ReportVersion.objects.get()
    assert version.document is not None
    document = version.document
    document["sections"]["overview"] = hostile
    document["reading"]["title"] = hostile
    document["reading"]["headings"]["problems"] = hostile
    version.save()
    tree = page(client, f"/agencies/x/reports/{record.year}/")
    assert tree.xpath("//script | //img | //*[@onerror]") == []
    assert tree.text_content().count("alert(1)") >= 3


# --- page tags and identity ----------------------------------------------------------------------------


def test_page_tags_of_home_column_and_article(client: Client, kunyang: Agency) -> None:
    home, column, article = (tags(page(client, address)) for address in ("/", "/reports/", REPORT))
    for found in (home, column, article):
        assert (found["SiteName"], found["SiteDomain"]) == ("昆阳镇政府信息公开平台", "testserver")
        assert found["SiteIDCode"] == "4104220001"
    assert (home["ColumnName"], home["ColumnType"]) == ("首页", "首页")
    assert (column["ColumnName"], column["ColumnType"]) == ("政府信息公开年报", "信息公开年报")
    assert column["ColumnDescription"]
    assert column["ColumnKeywords"]
    assert article["ArticleTitle"] == "昆阳镇人民政府2024年政府信息公开工作年度报告"
    assert article["PubDate"] == "2025-01-20 10:30"
    assert article["ContentSource"] == "昆阳镇人民政府"
    assert (article["ColumnName"], article["ColumnType"]) == ("政府信息公开年报", "信息公开年报")


def test_the_footer_has_what_monitors_look_for(client: Client, kunyang: Agency) -> None:
    foot = page(client, REPORT).xpath("//footer")[0]
    for text in (
        "主办单位：昆阳镇人民政府", "联系电话：0375-0000000", "网站标识码：4104220001",
        "ICP备案号：豫ICP备00000000号", "公安机关备案号：待登记", "网站找错", "无障碍浏览",
    ):  # fmt: skip
        assert text in foot.text_content()


def test_marks_are_those_of_the_nearest_agency_above_that_has_them(
    client: Client, kunyang: Agency, make_agency: MakeAgency
) -> None:
    office = make_agency("office", "昆阳镇综合行政执法队", supervisor=kunyang)
    make_agency("below", "昆阳镇环卫所", supervisor=office)
    assert tags(page(client, "/agencies/below/"))["SiteIDCode"] == "4104220001"


# --- lists ---------------------------------------------------------------------------------------------


def test_pages_of_a_list_lose_and_repeat_nothing(
    client: Client, make_agency: MakeAgency, publish: Publish
) -> None:
    first = publish(make_agency("a0", "第0镇人民政府"), 2024)
    for number in range(1, 120):
        at = first.published_at + timedelta(minutes=number // 3)  # several at the same minute
        ReportRecord.objects.create(
            agency=make_agency(f"a{number}", f"第{number}镇人民政府"), year=2024, state="published",
            current_version=first.current_version, published_version=first.published_version, published_at=at,
        )  # fmt: skip
    seen: list[str] = []
    address, pages = "/reports/2024/", 0
    while address:
        tree = page(client, address)
        seen += tree.xpath("//ul[@class='list']//a/@href")
        (address,) = tree.xpath("//a[@rel='next']/@href") or [""]
        address = address and f"/reports/2024/{address}" if address.startswith("?") else address
        pages += 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 120
    rows = client.get("/api/v1/reports?limit=100").json()
    rest = client.get(f"/api/v1/reports?limit=100&after={rows['next']}").json()
    assert len({row["url"] for row in rows["items"] + rest["items"]}) == 120
    assert rest["next"] is None


def test_a_list_is_filtered_by_name(client: Client, kunyang: Agency, invented: Agency) -> None:
    tree = page(client, f"/reports/2024/?q={quote('昆 阳')}")
    assert tree.xpath("//ul[@class='list']//a/text()") == ["昆阳镇人民政府2024年政府信息公开工作年度报告"]
    assert "没有名称含有" in page(client, f"/reports/2024/?q={quote('信访局')}").text_content()


@pytest.mark.parametrize("address", ["/", "/reports/", "/reports/2024/", "/agencies/", REPORT])
def test_queries_do_not_grow_with_the_reports(
    client: Client, kunyang: Agency, invented: Agency, django_assert_max_num_queries: Any, address: str
) -> None:
    with django_assert_max_num_queries(24):
        client.get(address)


def test_empty_pages_say_what_will_be_there(client: Client) -> None:
    assert "还没有发布年度报告" in page(client, "/").text_content()
    assert "还没有发布年度报告" in page(client, "/reports/").text_content()
    assert "还没有登记机关" in page(client, "/agencies/").text_content()


def test_pages_of_applications_have_their_own_menu(client: Client, kunyang: Agency) -> None:
    for address in ("/apply/", "/apply/track/", "/apply/to/kunyang/"):
        menus = client.get(address).content.decode().split("<main")[0]
        assert '<nav aria-label="依申请公开">' in menus, address
        assert '<a href="/apply/track/">查询进度</a>' in menus, address
        assert "/reports/2024/" not in menus, address
    assert "/reports/2024/" in client.get("/").content.decode().split("<main")[0]


def test_an_agency_without_reports_says_so(client: Client, make_agency: MakeAgency) -> None:
    make_agency("a", "甲镇人民政府", abolished_on=datetime(2024, 3, 4, tzinfo=BEIJING).date())
    text = page(client, "/agencies/a/").text_content()
    assert "还没有在本网站发布年度报告" in text
    assert "已于2024年3月4日撤销" in text


def test_search_finds_short_former_and_partial_names(client: Client, kunyang: Agency) -> None:
    kunyang.former_names.create(full_name="叶县城关镇人民政府", short_name="城关镇", until_day="2010-01-01")
    for words in ("昆阳", "昆阳镇人民政府", "城关镇"):
        assert page(client, f"/search/?q={quote(words)}").xpath("//main//h2/a/text()") == ["昆阳镇人民政府"]
    assert "没有名称含有“乙镇”的机关" in page(client, f"/search/?q={quote('乙镇')}").text_content()


# --- comparison ----------------------------------------------------------------------------------------


def rows_of(tree: lxml_html.HtmlElement) -> dict[str, list[str]]:
    """Lines of the comparison by label."""
    return {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")]
        for row in tree.xpath("//table[contains(@class,'compared')]//tbody/tr")
    }


def test_two_years_side_by_side(client: Client, invented: Agency) -> None:
    rows = rows_of(page(client, "/compare/?a=yunxi&a_year=2022&b=yunxi&b_year=2024"))
    assert rows["一、本年新收政府信息公开申请数量"] == ["18", "36", "+18"]
    assert rows["二、上年结转政府信息公开申请数量"] == ["1", "0", "−1"]
    assert rows["行政复议，总计"] == ["2", "4", "+2"]


def test_what_is_not_known_is_not_compared(client: Client, invented: Agency) -> None:
    rows = rows_of(page(client, "/compare/?a=yunxi&a_year=2023&b=yunxi&b_year=2024"))
    assert rows["一、本年新收政府信息公开申请数量"] == ["空白或不能确定", "36", "不能计算"]


def test_all_columns_on_request(client: Client, invented: Agency) -> None:
    rows = rows_of(page(client, "/compare/?a=yunxi&a_year=2022&b=yunxi&b_year=2024&all=1"))
    assert rows["一、本年新收政府信息公开申请数量，自然人"] == ["18", "36", "+18"]
    assert len(rows) == 10 + 175 + 15


def test_names_are_taken_in_words_and_mistakes_are_explained(
    client: Client, kunyang: Agency, invented: Agency
) -> None:
    address = f"/compare/?a={quote('昆阳镇')}&a_year=2024&b={quote('云溪镇人民政府')}&b_year=2024"
    assert rows_of(page(client, address))["（七）总计"] == ["20", "33", "+13"]
    text = page(client, f"/compare/?a={quote('昆阳镇')}&a_year=2019&b={quote('溪镇')}").text_content()
    assert "昆阳镇人民政府没有已发布的2019年年度报告。已发布的有：2024年" in text
    assert "没有名为“溪镇”的机关。名称相近的有：云溪镇人民政府" in text


# --- downloads -----------------------------------------------------------------------------------------

NAME = "昆阳镇人民政府2024年政府信息公开工作年度报告"


def body(client: Client, fmt: str) -> tuple[bytes, dict[str, str]]:
    """A download and its headers."""
    response = client.get(f"{REPORT}{fmt}/")
    assert response.status_code == 200
    data = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return data, dict(response.headers)


@pytest.mark.parametrize("fmt", ["docx", "pdf", "xlsx", "json", "csv"])
def test_each_format_is_named_by_the_office_and_opens(client: Client, kunyang: Agency, fmt: str) -> None:
    data, headers = body(client, fmt)
    assert headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(f'{NAME}.{fmt}')}"
    if fmt in {"docx", "xlsx", "pdf"}:
        report = api.read_bytes(data)
        assert report.value("applications.total.total") == 20
        assert report.value("applications.carried_in.total") is None
    if fmt == "docx":
        assert docx.Document(io.BytesIO(data)).tables
    if fmt == "xlsx":
        assert load_workbook(io.BytesIO(data)).sheetnames


def test_the_source_is_the_uploaded_file_and_never_shown_as_a_page(client: Client, kunyang: Agency) -> None:
    data, headers = body(client, "source")
    assert data == (SAMPLES / "html/kunyang.html").read_bytes()
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(f'{NAME}（原件）.html')}"


def test_a_download_is_not_sent_again_unchanged(client: Client, kunyang: Agency) -> None:
    _, headers = body(client, "pdf")
    again = client.get(f"{REPORT}pdf/", headers={"if-none-match": headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_file_names_that_no_office_machine_takes_are_made_harmless(make_agency: MakeAgency) -> None:
    report, data = sample("docx/sanjiao.docx")
    record = keep(make_agency("x", '甲/乙"镇'), 2024, report, data, "a.docx")
    assert names.file_name(record, "pdf") == "甲乙镇2024年政府信息公开工作年度报告.pdf"
    assert names.source_suffix("报告.DOCX") == "docx"
    assert names.source_suffix("报告.<x>") == "bin"


# --- large print ---------------------------------------------------------------------------------------


def test_large_print_is_a_link_and_a_cookie(client: Client, kunyang: Agency) -> None:
    tree = page(client, f"/reports/2024/?q={quote('镇')}")
    assert tree.get("class") is None
    (switch,) = tree.xpath("//p[@class='display']/a")
    response = client.get(switch.get("href"))
    assert (response.status_code, response.headers["Location"]) == (302, f"/reports/2024/?q={quote('镇')}")
    large = page(client, "/reports/2024/")
    assert large.get("class") == "large"
    (back,) = large.xpath("//p[@class='display']/a")
    assert back.text == "标准字号"
    client.get(back.get("href"))
    assert page(client, "/reports/2024/").get("class") is None


@pytest.mark.parametrize(
    "after", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", ""]
)
def test_the_switch_leads_nowhere_else(client: Client, after: str) -> None:
    response = client.get("/display/", {"size": "large", "next": after})
    assert response.headers["Location"] == "/"
    assert (
        "http://testserver"
        not in client.get("/feedback/", {"page": after}).content.decode().split("<main")[1]
    )


def test_pages_differ_by_the_cookie_and_are_asked_for_again(client: Client) -> None:
    response = client.get("/")
    assert "Cookie" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-cache"
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize("address", ["/", "/reports/", "/compare/", "/search/", "/display/"])
def test_pages_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
