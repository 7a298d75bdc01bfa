import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import UnreadableError
from gongkai.report.read.text.decode import decode

TEXT = (
    "某某县人民政府2024年政府信息公开工作年度报告\n一、总体情况\n2024年，收到政府信息公开申请12件，均已办结。\n"
    * 20
)


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (b"", "utf-8", "UTF-8"),
        (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
        (b"\xff\xfe", "utf-16-le", "UTF-16"),
        (b"\xfe\xff", "utf-16-be", "UTF-16"),
        (b"", "gb18030", "GB18030"),
        (b"", "gbk", "GB18030"),
    ],
)
def test_the_encodings_of_chinese_files_are_read(mark: bytes, codec: str, name: str) -> None:
    decoded = decode(mark + TEXT.encode(codec))
    assert decoded[:3] == (TEXT, name, ())
    assert decoded.utf8 == (TEXT.encode() if name == "UTF-8" else b"")


def test_a_rare_character_beyond_gbk_is_read_from_gb18030() -> None:
    text = TEXT + "𠮷㐂镇"
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    "garbled",
    [
        TEXT.encode().decode("latin-1"),
        TEXT.encode().decode("cp1252", "ignore"),
        TEXT.encode().decode("gb18030", "replace"),
        TEXT.encode().decode("gbk", "ignore"),
        TEXT.encode("gbk").decode("latin-1"),
        TEXT.encode("gbk").decode("utf-8", "replace"),
        TEXT.encode("gbk").decode("utf-8", "replace").encode().decode("gbk", "replace"),
    ],
)
def test_garbled_text_is_named_and_not_repaired(garbled: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(garbled.encode())
    assert caught.value.code == "mojibake"
    assert "乱码" in caught.value.message


def test_gbk_read_as_utf8_with_figures_between_stays_refused() -> None:
    garbled = "政府信息公开 12 件，共 3 条。\n".encode("gbk").decode("utf-8", "replace") * 30
    with pytest.raises(UnreadableError, match="乱码"):
        decode(garbled.encode())


@pytest.mark.parametrize("lost", ["\ufffd", "锟斤拷", "ï¿½", "â€œ"])
def test_a_few_lost_characters_are_a_note_with_their_place(lost: str) -> None:
    decoded = decode((TEXT + f"公开制度建{lost}完善。" + TEXT).encode())
    assert lost in decoded.text
    assert len(decoded.notes) == 1
    assert "公开制度建" in decoded.notes[0]


def test_a_byte_lost_in_utf8_is_a_note() -> None:
    data = TEXT.encode()
    decoded = decode(data[:300] + data[301:])
    assert decoded.encoding == "UTF-8"
    assert decoded.notes


def test_a_byte_lost_in_gb18030_is_a_note() -> None:
    data = TEXT.encode("gb18030")
    decoded = decode(data[:7] + data[8:])
    assert decoded.encoding == "GB18030"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (TEXT.encode()[:-2], "truncated"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "truncated"),
        (TEXT.encode("big5", "ignore"), "encoding"),
        (TEXT.encode("utf-16-le"), "encoding"),
        (TEXT.encode("utf-16-be"), "encoding"),
        (bytes(range(256)) * 30, "binary"),
        (b"\x01\x02\x03\x04" * 100, "binary"),
    ],
)
def test_other_files_are_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.code == code


def test_big5_is_called_big5() -> None:
    with pytest.raises(UnreadableError, match="Big5"):
        decode("縣政府資訊公開工作年度報告，申請人".encode("big5") * 30)


def test_ordinary_signs_of_western_code_pages_are_not_taken_for_garbling() -> None:
    text = TEXT + "面积12㎡，增长3.5％，±0.1℃，第5·8号，“é”、×、÷、§、café。"
    assert decode(text.encode()).notes == ()


@given(st.text(alphabet="政府信息公开年度报告申请一二三，。、0123456789 \n\t", min_size=1))
def test_any_chinese_text_survives(text: str) -> None:
    assert decode(("政府公开" + text).encode("gb18030")).text == "政府公开" + text
    assert decode(text.encode()).text == text
