"""Pages that were scanned, and what becomes of them."""

from io import BytesIO

from PIL import Image, ImageDraw

from gongkai.web.applications.actions import TakeInScan
from gongkai.web.applications.models import IncomingScan
from gongkai.web.applications.receiving import intake, scans
from tests.web.reporting.people import Town


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (1240, 1754), colour: str = "white") -> bytes:
    made = Image.new("RGB", size, colour)
    ImageDraw.Draw(made).rectangle((100, 100, 600, 300), outline="black", width=8)
    buffer = BytesIO()
    made.save(buffer, kind)
    return buffer.getvalue()


def upload(name: str, content: bytes) -> intake.Upload:
    return intake.Upload("scan", name, content)


def take_in(town: Town, *uploads: intake.Upload) -> IncomingScan:
    ready = scans.prepared(uploads or (upload("1.jpg", picture()), upload("2.png", picture("PNG"))))
    given = {"came_by": "signed_mail", "received_on": "2024-03-04"}
    return TakeInScan(town.as_clerk, agency=town.agency, scanned=ready, said=given).run()
