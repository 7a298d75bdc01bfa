from pathlib import Path

import pytest

from gongkai.report.grid import Document, Paragraph
from gongkai.report.read import read_document
from tests.report.read.support import code_of, paragraphs, rows, spread, tables


def page(body: str, head: str = "") -> Document:
    return read_document(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def test_row_and_column_spans_become_grid_positions() -> None:
    (table,) = tables(
        page(
            "<table><tr><td rowspan=2 colspan=2>角</td><td col"
            "span=2>申请人</td></tr><tr><td>甲</td><td>乙</td></tr>"
            "<tr><td rowspan=2>三</td><td>予以</td><td>1</td><td>2</t"
            "d></tr><tr><td>部分</td><td>3</td><td></td></tr></table>"
        )
    )
    assert spread(table) == [
        ["角", "角", "申请人", "申请人"],
        ["角", "角", "甲", "乙"],
        ["三", "予以", "1", "2"],
        ["三", "部分", "3", ""],
    ]
    assert table.aligned
    assert [(c.place.table, c.place.row, c.place.cell) for c in table.cells][-1] == (1, 4, 4)


def test_cells_of_word_pages() -> None:
    (table,) = tables(
        page(
            "<table><tr><td><p class=MsoNormal><span>结</span>"
            "<span>果<span></span></span><br>维&nbsp;持</p></td>"
            "<td><p><o:p></o:p></p></td><td><p><o:p>&nbsp;</o:p>"
            "</p><td><p>1\n<span lang=EN-US>2</span></p></table>"
        )
    )
    assert rows(table) == [["结果\n维 持", "", "", "1 2"]]


def test_what_stands_between_cells_is_no_cell() -> None:
    (table,) = tables(
        page(
            "<table><tr><td>予以公开</td><!-- 自然人 --><td>3</td><input type=hidden name=a value=9><td></td>"
            "<!--[if !mso]--><td>3</td></tr><tr><td>部分公开</td><td>0</td><td>1</td><td>1</td></tr></table>"
        )
    )
    assert rows(table) == [["予以公开", "3", "", "3"], ["部分公开", "0", "1", "1"]]


def test_words_wrapped_in_the_source_are_joined() -> None:
    assert paragraphs(page("<p>政府信\n  息公开\n2024年</p>")) == ["政府信息公开 2024年"]


def test_missing_end_tags() -> None:
    (table,) = tables(page("<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"))
    assert rows(table) == [["甲", "1"], ["乙", "2"]]


def test_spans_that_run_over_end_with_their_group_and_absurd_ones_are_cut() -> None:
    (table,) = tables(
        page(
            "<table><thead><tr><th rowspan=9>甲<th colspan=99999>乙<th>丙</thead>"
            "<tbody><tr><td rowspan=0>一<td>1<td>2<tr><td>3<td>4<td rowspan='x'>5</table>"
        )
    )
    assert table.n_cols <= 6
    assert spread(table)[1][:3] == ["一", "1", "2"]
    assert spread(table)[2][:4] == ["一", "3", "4", "5"]


def test_rows_of_different_length_stay_in_their_columns() -> None:
    (table,) = tables(page("<table><tr><td>甲<td>1<td>2<tr><td>乙</table>"))
    assert spread(table) == [["甲", "1", "2"], ["乙", "#", "#"]]


def test_the_innermost_table_is_the_table() -> None:
    document = page(
        "<table><tr><td><h2>三、收到</h2><p>正文</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table>注</td></tr></table>"
    )
    assert [rows(table) for table in tables(document)] == [[["甲", "1"], ["乙", "2"]]]
    assert paragraphs(document) == ["三、收到", "正文", "注"]
    assert [b.heading for b in document.blocks if isinstance(b, Paragraph)] == [True, False, False]


def test_a_table_of_data_with_a_small_table_in_a_cell_keeps_its_rows() -> None:
    inner = "<table><tr><td>结果<td>维持</table>"
    (table,) = tables(page(f"<table><tr><td>{inner}<td>纠正<tr><td>1<td>2<tr><td>3<td>4</table>"))
    assert rows(table)[1:] == [["1", "2"], ["3", "4"]]
    assert rows(table)[0][0].split() == ["结果", "维持"]


def test_inline_runs_are_one_line_and_blocks_are_lines() -> None:
    document = page("<div>共<b>收</b>到<span>12</span>件<div>答复</div>12件<br>无</div><ul><li>一<li>二</ul>")
    assert paragraphs(document) == ["共收到12件", "答复", "12件", "无", "一", "二"]


def test_scripts_navigation_and_hidden_parts_are_not_text() -> None:
    document = page(
        "<nav>首页</nav><script>var a='<p>x</p>'</script><style>p{}</style><p>正文正文正文正文正文</p>"
        "<p style='color:red; DISPLAY : none'>隐藏</p><p hidden>也隐藏</p><noscript>请启用</noscript>"
        "<table><tr><td>甲<td style='display:none'>9<td>1<tr><td>乙<td>2</table>"
    )
    assert paragraphs(document) == ["正文正文正文正文正文"]
    assert rows(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_hidden_parts_are_found_whatever_else_their_tags_say() -> None:
    long = "data:image/png;base64," + "iVBOR" * 2000
    document = page(
        "<p>正文正文正文正文正文正文</p><i title='a <b c' style='Display:none'>甲</i>"
        f"<u style='background:url({long});display:none'>乙</u><p>display: none 是文字</p>"
        "<s style='display:none;display:none'>丙</s><o:p style='mso-hide:all'>丁</o:p>"
    )
    assert paragraphs(document) == ["正文正文正文正文正文正文", "display: none 是文字"]


def test_many_words_of_style_in_a_text_take_no_time() -> None:
    assert len(paragraphs(page("<p>正文</p>" + "display " * 100_000))) == 2


def test_a_page_that_a_script_would_show_is_not_dropped() -> None:
    assert paragraphs(page("<div style='display:none'><p>整个正文都在这里面</p></div>")) == [
        "整个正文都在这里面"
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    document = page("<p>前</p><pre>规章\t0\t1\n许可\t2\t3\n</pre><table><tr><td>甲<td>1<td>2</table>")
    assert [(table.aligned, rows(table)) for table in tables(document)] == [
        (False, [["规章", "0", "1"], ["许可", "2", "3"]]),
        (True, [["甲", "1", "2"]]),
    ]
    assert [table.cells[0].place.table for table in tables(document)] == [1, 2]


def test_what_the_head_says_of_the_page() -> None:
    document = page(
        "<p>正文</p>",
        '<title>网站 - 报告</title><meta name="ArticleTitle" content="某镇2024年报告">'
        '<META NAME="PubDate" CONTENT="2025-1-9 10:20"><meta name="ContentSource" content="某镇">',
    )
    assert document.meta["title"] == "某镇2024年报告"
    assert document.meta["published_on"] == "2025-01-09"
    assert document.meta["source"] == "某镇"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8", ""])
def test_the_encoding_is_found_whatever_the_page_says(charset: str) -> None:
    text = f'<html><meta charset="{charset}"><p>某镇镕基䶮政府信息公开</p>'
    for codec in ("gb18030", "utf-8"):
        assert paragraphs(read_document(text.encode(codec))) == ["某镇镕基䶮政府信息公开"]


def test_a_picture_behind_a_heading_is_a_note_and_a_logo_is_none() -> None:
    document = page(
        "<p>二、主动公开政府信息情况</p><p><img src='/u/1.png'></p><p>三、其他</p><p>无。</p>"
        "<img src='logo.png'><img src=x.jpg width=16>"
    )
    assert document.notes == ("“二、主动公开政府信息情况”之后是图片，图片中的内容没有读取",)


def test_an_attachment_is_a_note_where_the_page_has_no_tables() -> None:
    document = page("<p>某镇2024年政府信息公开工作年度报告</p><a href='/f/a.DOCX'>附件：报告全文</a>")
    assert document.notes == ("网页附有文件《附件：报告全文》，其中的内容没有读取",)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<h1>404 Not Found</h1><hr>nginx", "error-page"),
        ("<p>您访问的页面不存在</p>", "error-page"),
        ("<form>用户名<input>密码<input type=password></form>", "login-page"),
        ("<script>location='x'</script>", "empty"),
        ("", "empty"),
        ("<iframe src=a.html></iframe>", "empty"),
    ],
)
def test_pages_that_are_no_report_are_refused(body: str, code: str) -> None:
    assert code_of(f"<html><body>{body}</body></html>".encode()) == code


def test_text_with_html_tables_in_it_keeps_its_lines() -> None:
    table = "<table><tr><td>规章</td><td>0</td></tr></table>"
    text = f"# 报告\n\n一、总体情况\n正文第一行\n{table}\n二、后\n甲|1|2\n乙|3|4\n"
    document = read_document(text.encode())
    assert paragraphs(document) == ["# 报告", "一、总体情况", "正文第一行", "二、后"]
    assert [(t.aligned, t.place.table, rows(t)) for t in tables(document)] == [
        (True, 1, [["规章", "0"]]),
        (False, 2, [["甲", "1", "2"], ["乙", "3", "4"]]),
    ]


def test_an_empty_table_in_a_text_is_passed_over() -> None:
    text = "一、总体情况\n<table></table>\n<table><tr><td>规章<td>0</table>\n二、后\n</table>\n尾"
    document = read_document(text.encode())
    assert [rows(table) for table in tables(document)] == [[["规章", "0"]]]
    assert paragraphs(document)[:2] == ["一、总体情况", "二、后"]
    assert paragraphs(document)[-1] == "尾"


def test_a_page_saved_in_one_file() -> None:
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<p>" + "".join(f"={byte:02X}" for byte in "政府信息".encode("gbk")).encode() + b"</p>\r\n--x--\r\n"
    )
    assert paragraphs(read_document(data)) == ["政府信息"]


def test_deep_nesting_is_no_problem() -> None:
    assert paragraphs(page("<div>" * 3000 + "深处的政府信息" + "</div>" * 3000)) == ["深处的政府信息"]


def test_rows_without_their_table() -> None:
    (table,) = tables(
        read_document("<tr><td>规章</td><td>0</td></tr><tr><td>许可</td><td>1</td></tr>".encode())
    )
    assert rows(table) == [["规章", "0"], ["许可", "1"]]


def test_html_without_tables_but_with_a_seed(shared: Path) -> None:
    text = (shared / "seeds" / "002_a9c09ba9f5af0590.txt").read_text(encoding="utf-8")
    document = page(f"<pre>{text}</pre>")
    assert [(t.n_rows, t.n_cols) for t in tables(document)] == [(14, 4), (28, 10), (4, 15)]


def test_what_a_cell_shows_without_text_is_no_blank_and_a_note_is_no_digit() -> None:
    document = page(
        "<p>x<sup>2</sup></p><table><tr><td>12<sup>1</sup><td><img src=a.png><td><img src=spacer.png>"
        "<td><input value=7 readonly><td><input type=hidden value=8><td>m<sup>a</sup></table>"
    )
    assert paragraphs(document) == ["x2"]
    assert rows(tables(document)[0]) == [["12（1）", "〔图片〕", "", "7", "", "ma"]]


@pytest.mark.parametrize("tag", ["<div>", "<TABLE><tr><td>"])
def test_endless_nesting_is_refused_at_once(tag: str) -> None:
    assert code_of(tag.encode() * 300_000) == "too-deep"


def test_a_page_is_not_too_long_because_of_the_pictures_in_it() -> None:
    picture = f"<img src='data:image/png;base64,{'iVBORw0KGgo' * 700_000}'>"
    assert paragraphs(page(f"<p>政府信息公开</p>{picture}")) == ["政府信息公开"]
    assert code_of(b"<p>" + b"abc " * 2_000_000) == "too-large"
