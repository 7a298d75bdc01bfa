import pytest
from lxml import etree

from gongkai.report.read import read_document
from gongkai.report.read.ofd.objects import Matrix, path_boxes, text_chars
from tests.report.read.ofd_writer import Page, written
from tests.report.read.support import code_of, packed, paragraphs, repacked, rows, tables, unpacked

TABLE = [["规章", "0", "12", ""], ["行政规范性文件", "3", "", "405"], ["行政许可", "7", "8", "9"]]


def report() -> list[Page]:
    first = Page()
    first.text(60, 30, "某镇2024年报告", 7)
    first.text(28, 50, "一、总体情况")
    first.text(36, 58, "2024年收到申请12件。", grouped=False)
    first.grid(28, 80, [60, 30, 30, 30], TABLE)
    second = Page()
    second.text(28, 30, "六、其他需要报告的事项")
    return [first, second]


def test_text_and_ruled_table() -> None:
    document = read_document(written(report()))
    assert document.format == "ofd"
    (table,) = tables(document)
    assert rows(table) == TABLE
    assert table.aligned
    assert paragraphs(document) == [
        "某镇2024年报告",
        "一、总体情况",
        "2024年收到申请12件。",
        "六、其他需要报告的事项",
    ]
    assert document.blocks[-1].place.page == 2
    box = table.cells[0].place.box
    assert box is not None
    assert box[0] == pytest.approx(28 * 72 / 25.4, abs=1.0)
    assert box[1] == pytest.approx(80 * 72 / 25.4, abs=1.0)


def test_rules_may_stand_in_the_template() -> None:
    first, *rest = report()
    template = Page([item for item in first.objects if "PathObject" in item])
    first.objects = [item for item in first.objects if "TextObject" in item]
    assert rows(tables(read_document(written([first], template=template)))[0]) == TABLE
    assert rest


def element(xml: str) -> etree._Element:
    return etree.fromstring(f'<ofd:X xmlns:ofd="http://www.ofdspec.org/2016">{xml}</ofd:X>')[0]


def test_a_turned_text_has_turned_characters_at_its_place() -> None:
    item = element(
        '<ofd:TextObject Size="4" Boundary="10 20 30 30" CTM="0 1 -1 0 5 0">'
        '<ofd:TextCode X="0" Y="0" DeltaX="4">三、</ofd:TextCode></ofd:TextObject>'
    )
    chars = list(text_chars(item, Matrix()))
    assert [char.text for char in chars] == ["三", "、"]
    assert all(char.turned for char in chars)
    assert chars[0].x0 == pytest.approx(15)
    assert chars[1].y1 - chars[0].y1 == pytest.approx(4)


def test_size_and_place_follow_the_matrix() -> None:
    item = element(
        '<ofd:TextObject Size="1" Boundary="10 20 30 30" CTM="4 0 0 4 0 0"><ofd:TextCode X="1" Y="1">12'
        "</ofd:TextCode></ofd:TextObject>"
    )
    first, second = text_chars(item, Matrix())
    assert (first.x0, first.y1 - first.y0) == (pytest.approx(14), pytest.approx(4))
    assert second.x0 == pytest.approx(16)


def test_steps_down_write_downwards() -> None:
    item = element(
        '<ofd:TextObject Size="4" Boundary="0 0 9 9"><ofd:Te'
        'xtCode X="0" Y="4" DeltaY="g 2 5">三本年</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    chars = list(text_chars(item, Matrix()))
    assert [round(char.x0) for char in chars] == [0, 0, 0]
    assert [round(char.y1 - chars[0].y1) for char in chars] == [0, 5, 10]


@pytest.mark.parametrize(
    ("attributes", "data", "rules", "shades"),
    [
        ('LineWidth="0.5"', "M 0 0 L 50 0", 1, 0),
        ('LineWidth="0.5"', "M 0 0 L 50 0 L 50 30 L 0 30 C", 4, 0),
        ('LineWidth="0.5"', "S 0 0 L 50 40", 0, 0),
        ('Stroke="false" Fill="true"', "M 0 0 L 50 0 L 50 0.5 L 0 0.5 C", 1, 0),
        ('Stroke="false" Fill="true"', "M 0 0 L 50 0 L 50 20 L 0 20 C", 0, 1),
        ('Stroke="false"', "M 0 0 L 50 0", 0, 0),
        ('LineWidth="0.5"', "M 0 0 Q 9 9", 0, 0),
    ],
)
def test_paths(attributes: str, data: str, rules: int, shades: int) -> None:
    found: tuple[list, list] = ([], [])  # type: ignore[type-arg]
    item = element(
        f'<ofd:PathObject Boundary="10 10 50 40" {attributes}'
        f"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )
    path_boxes(item, Matrix(), *found)
    assert (len(found[0]), len(found[1])) == (rules, shades)


def test_a_white_fill_is_no_shade() -> None:
    found: tuple[list, list] = ([], [])  # type: ignore[type-arg]
    item = element(
        '<ofd:PathObject Boundary="10 10 50 40" Stroke="fals'
        'e" Fill="true"><ofd:FillColor Value="255 255 255"/>'
        "<ofd:AbbreviatedData>M 0 0 L 50 0 L 50 40 L 0 40 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
    path_boxes(item, Matrix(), *found)
    assert found == ([], [])


def test_pictures_are_said() -> None:
    pages = report()
    image = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="5"/>'
    document = read_document(written([*pages, Page([image])]))
    assert "第 3 页是图片，其中的内容没有读取" in document.notes
    assert code_of(written([Page([image])])) == "pictures"
    assert code_of(written([Page()])) == "empty"


def test_damaged_and_encrypted_files() -> None:
    data = written(report())
    assert code_of(data[:-40]) == "truncated"
    assert code_of(repacked(data, {"Encryptions.xml": b"<a/>"})) == "encrypted"
    without = {
        name: unpacked(data, name)
        for name in ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml")
    }
    assert code_of(packed(without)) == "truncated"
    assert code_of(packed({"OFD.xml": "<a/>"})) == "truncated"


def test_absurd_numbers_do_not_hang() -> None:
    page = Page()
    page.text(10, 10, "文字")
    page.objects.append(
        '<ofd:TextObject Size="1e99" Boundary="1e99 0 1 1"><'
        'ofd:TextCode X="0" Y="0" DeltaX="g 999999999999 1">字'
        "</ofd:TextCode></ofd:TextObject>"
    )
    assert "文字" in paragraphs(read_document(written([page])))
