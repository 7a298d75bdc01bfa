"""Scanned mail: drawn page by page beside the entry form, then in the case's file as one PDF."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from gongkai.documents import Paper, Text
from gongkai.documents.pdf import to_pdf
from gongkai.report import api
from gongkai.web.applications import files, sealed, tasks
from gongkai.web.applications.actions import AskForWords, DropScan, RegisterScanned
from gongkai.web.applications.models import Attachment, Case, IncomingScan
from gongkai.web.applications.receiving import scans
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import IDENTITY, request, today
from tests.web.applications.reading import words
from tests.web.applications.receiving.scanning import picture, take_in, upload
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@pytest.fixture
def filled(town: Town) -> dict[str, object]:
    return {
        "once": "x" * 43, "agency": town.agency.pk, "came_by": "signed_mail",
        "received_on": today().isoformat(),
        "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card",
        "identity_number": IDENTITY, "phone": "0577-63700000", "subject": "昆阳镇防汛预案",
        "form_wanted": "paper", "way_wanted": "pick_up",
    }  # fmt: skip


def test_pictures_become_one_pdf_of_the_case_in_their_order(town: Town) -> None:
    red, blue = picture(colour="#ff0000"), picture("PNG", colour="#0000ff")
    letter = to_pdf(Paper("来信", (Text("一"),)))
    scan = take_in(town, upload("b.jpg", red), upload("a.png", blue), upload("信.pdf", letter))
    assert scan.n_pages == 3
    case = RegisterScanned(
        town.as_clerk, agency=town.agency, scan_id=scan.pk, request=request(channel="signed_mail"),
        received_on=today(),
    ).run().case  # fmt: skip
    kept = {one.name: files.content_of(one) for one in case.attachments.filter(purpose="scan")}
    assert list(kept) == ["来件扫描件.pdf", "信.pdf"]
    assert kept["信.pdf"] == letter, "what came as PDF stays as it came"
    assert page_count(kept["来件扫描件.pdf"]) == 2
    with pypdfium2.PdfDocument(kept["来件扫描件.pdf"]) as document:
        corners = [page.render().to_pil().convert("RGB").getpixel((5, 5)) for page in document]
        width, height = document[0].get_size()
    assert [pixel.index(max(pixel)) for pixel in corners] == [0, 2], "red first, as they were chosen"
    assert width < height < 850, "no larger than A4"
    scan.refresh_from_db()
    assert (scan.case, scan.content) == (case, "")


def test_what_is_kept_is_encrypted_and_goes_with_the_scan(town: Town) -> None:
    with_commit: list[str] = []
    scan = take_in(town)
    said = scans.said(scan)
    for one in (*said["files"], *said["pages"]):
        with sealed.storage().open(one["path"]) as stored:
            raw = stored.read()
        assert b"%PDF" not in raw
        assert b"\xff\xd8\xff" not in raw
        with_commit.append(one["path"])
    assert len(with_commit) == 3, "one PDF and two pages"
    assert "扫描" not in str(audit.verify())


@pytest.mark.django_db(transaction=True)
def test_dropped_its_files_are_gone(town: Town) -> None:
    scan = take_in(town)
    paths = [one["path"] for kind in ("files", "pages") for one in scans.said(scan)[kind]]
    with pytest.raises(ActionRefused, match="理由"):
        DropScan(town.as_clerk, scan_id=scan.pk, reason=" ").run()
    assert all(sealed.storage().exists(path) for path in paths)
    DropScan(town.as_clerk, scan_id=scan.pk, reason="不是申请").run()
    assert not any(sealed.storage().exists(path) for path in paths)
    with pytest.raises(ActionRefused, match="已经登记或作废"):
        DropScan(town.as_clerk, scan_id=scan.pk, reason="再次").run()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("信.docx", b"PK\x03\x04", "扫描件应为|已损坏"),
        ("信.txt", "您好".encode(), "扫描件应为"),
        ("照片.jpg", b"\xff\xd8\xff\xe0 not a picture", "不能打开"),
        ("照片.jpg", picture()[:2000], "不能打开"),
        ("信.pdf", b"%PDF-1.7\nnothing", "没有可以显示的页"),
        ("信.jpg", to_pdf(Paper("来信", ())), "不符"),
        ("空.pdf", b"", "空的"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_name(
    town: Town, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(ActionRefused, match=said):
        take_in(town, upload("好.jpg", picture()), upload(name, content))
    assert IncomingScan.objects.count() == 0


def test_large_pictures_are_made_smaller_and_upright(town: Town) -> None:
    sideways = Image.open(BytesIO(picture(size=(4000, 3000))))
    turned = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways.save(turned, "JPEG", exif=exif)
    scan = take_in(town, upload("手机.jpg", turned.getvalue()))
    shown = scans.page(scan, 1)
    assert shown is not None
    with Image.open(BytesIO(shown.content)) as drawn:
        assert drawn.size == (1754, 2339)


def test_of_two_people_the_first_enters_it(town: Town) -> None:
    scan = take_in(town)
    given = {"agency": town.agency, "scan_id": scan.pk, "received_on": today()}
    wanted = request(channel="signed_mail")
    RegisterScanned(town.as_clerk, request=wanted, **given).run()
    with pytest.raises(ActionRefused, match="已经登记或作废"):
        RegisterScanned(town.as_head, request=wanted, **given).run()
    assert Case.objects.count() == 1


def test_not_for_another_agency(town: Town) -> None:
    scan = take_in(town)
    with pytest.raises(ActionRefused, match="已经登记或作废"):
        RegisterScanned(
            Actor.of(town.other_clerk),
            agency=town.neighbour, scan_id=scan.pk, request=request(channel="signed_mail"),
            received_on=today(),
        ).run()  # fmt: skip
    other = signed_in(town.other_clerk)
    assert other.get(f"{reverse('applications:register')}?scan={scan.pk}").status_code == 404
    assert other.get(reverse("applications:scan_page", args=[scan.pk, 1])).status_code == 404
    assert other.get(reverse("applications:scan_words", args=[scan.pk])).status_code == 404
    assert other.post(reverse("applications:drop_scan", args=[scan.pk]), {"reason": "x"}).status_code == 404
    assert str(scan.pk) not in other.get(reverse("applications:scan")).context["waiting"].values_list("pk")


def test_from_the_scanner_to_the_case_on_screens(town: Town, filled: dict[str, object]) -> None:
    client = signed_in(town.clerk)
    url = reverse("applications:scan")
    assert client.get(url).status_code == 200
    said = {"agency": town.agency.pk, "came_by": "fax", "received_on": "2024-03-04", "once": "x" * 43}
    empty = client.post(url, said)
    assert empty.status_code == 409
    assert "没有选择扫描件" in empty.content.decode()
    given = {
        **said, "came_by": "ordinary_mail",
        "scanned": [
            SimpleUploadedFile("1.jpg", picture()), SimpleUploadedFile("2.pdf", to_pdf(Paper("第二页", ()))),
        ],
    }  # fmt: skip
    taken = client.post(url, given)
    scan = IncomingScan.objects.get()
    entry = f"{reverse('applications:register')}?scan={scan.pk}"
    assert taken["Location"] == entry
    form = client.get(entry)
    page = form.content.decode()
    assert "扫描件第2页" in page
    assert 'name="scan_files"' not in page
    assert 'value="2024-03-04"' in page, "what was said at the scanner is filled in, and nothing else"
    assert 'value="ordinary_mail" selected' in page
    for number, start in ((1, b"\xff\xd8\xff"), (2, b"\x89PNG")):
        assert client.get(reverse("applications:scan_page", args=[scan.pk, number])).content.startswith(start)
    assert client.get(reverse("applications:scan_page", args=[scan.pk, 3])).status_code == 404
    wrong = client.post(entry, {**filled, "name": ""})
    assert wrong.status_code == 422
    assert "扫描件第1页" in wrong.content.decode(), "the pages stay beside what is to be corrected"
    assert client.post(entry, filled, follow=True).status_code == 200
    case = Case.objects.get()
    assert Attachment.objects.filter(case=case, purpose="scan").count() == 2
    assert client.get(entry).status_code == 404
    assert "已扫描、还没有登记的" not in client.get(url).content.decode()


def test_many_pages_are_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 1)
    with pytest.raises(ActionRefused, match="共2页"):
        take_in(town)


def test_a_pdf_of_more_pages_than_are_shown_is_refused(town: Town) -> None:
    long = to_pdf(Paper("来信", tuple(Text("一" * 600) for _ in range(60))))
    assert page_count(long) > 40
    with pytest.raises(ActionRefused, match="最多显示40页"):
        take_in(town, upload("长.pdf", long))


def test_the_due_list_says_what_waits_to_be_entered(town: Town) -> None:
    due = reverse("applications:due")
    assert "还没有登记" not in signed_in(town.clerk).get(due).content.decode()
    take_in(town)
    assert "有1份来件已扫描、还没有登记" in signed_in(town.clerk).get(due).content.decode()
    assert "还没有登记" not in signed_in(town.other_clerk).get(due).content.decode()


def test_files_no_scan_knows_are_swept(town: Town) -> None:
    scan = take_in(town)
    lost = sealed.storage().save("scans/lost", ContentFile(b"lost"))
    assert scans.sweep(timezone.now()) == 0, "it may just be coming in"
    assert scans.sweep(timezone.now() + timedelta(2)) == 1
    assert not sealed.storage().exists(lost)
    assert scans.page(scan, 1) is not None


@pytest.mark.ocr
@pytest.mark.skipif(not api.can_recognise(), reason="needs the extra gongkai[ocr]")
def test_words_are_shown_to_copy_and_never_filled_in(town: Town) -> None:
    from gongkai.documents.picture import to_png

    form = to_png(to_pdf(Paper("政府信息公开申请表", (Text("申请公开昆阳镇防汛预案。"),))))
    scan = take_in(town, upload("来信.png", form))
    AskForWords(town.as_clerk, scan_id=scan.pk).run()
    scan.refresh_from_db()
    assert scan.reading == "asked"
    tasks.read_scan(scan.pk)
    scan.refresh_from_db()
    assert scan.reading == "done"
    assert "昆阳镇防汛预案" in scan.recognised.replace(" ", "")
    client = signed_in(town.clerk)
    assert "防汛预案" in client.get(reverse("applications:scan_words", args=[scan.pk])).content.decode()
    form_page = client.get(f"{reverse('applications:register')}?scan={scan.pk}")
    assert not form_page.context["form"]["subject"].value()


def test_a_pdf_with_text_needs_no_recognition(town: Town) -> None:
    scan = take_in(town, upload("信.pdf", to_pdf(Paper("来信", (Text("申请公开防汛预案。"),)))))
    assert "申请公开防汛预案" in scans.words(scan)
    tasks.read_scan(scan.pk)
    scan.refresh_from_db()
    assert scan.reading == "done"
    tasks.not_recognised("killed", scan_id=scan.pk)
    scan.refresh_from_db()
    assert scan.reading == "failed"
    RegisterScanned(
        town.as_clerk, agency=town.agency, scan_id=scan.pk, request=request(channel="signed_mail"),
        received_on=today(),
    ).run()  # fmt: skip
    tasks.read_scan(scan.pk)
    scan.refresh_from_db()
    assert scan.recognised == ""


def test_a_stranger_is_sent_to_sign_in(town: Town) -> None:
    scan = take_in(town)
    for name, more in (("scan", []), ("scan_page", [scan.pk, 1]), ("scan_words", [scan.pk])):
        answer = Client().get(reverse(f"applications:{name}", args=more))
        assert answer.status_code == 302
        assert "login" in answer["Location"]
    assert words(to_pdf(Paper("来信", ()))) != ""
