"""Where the pictures of the guide are taken: a browser, papers drawn as pictures, a terminal as a page."""

import html
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import guide_ways as ways
from guide_site import Site, demo
from PIL import Image, ImageOps
from playwright.sync_api import BrowserContext, Page, sync_playwright
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "guide" / "pictures"
CHROMIUM = os.environ.get("GONGKAI_CHROMIUM", "/usr/bin/chromium")
DESK, PHONE = (1280, 800), (375, 720)
_FRAME = "#c3c9d2"
_LARGEST = 150_000
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px; background: #fff; }}
.window {{ border-radius: 4px; overflow: hidden; background: #1b2027; color: #d9dee6; }}
.bar {{ background: #2b323c; color: #9aa4b2; padding: 6px 14px; font: 13px "Noto Sans CJK SC", sans-serif; }}
pre {{ margin: 0; padding: 14px 16px; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 14px/1.65 "Noto Sans Mono CJK SC", monospace; }}
.prompt {{ color: #7fd3a0; }}
</style><div class="window"><div class="bar">终端</div><pre>{body}</pre></div>"""


def gongkai(folder: Path, *arguments: str, colours: bool = False) -> str:
    """What the command prints on stdout, run in ``folder``. Findings (code 1) are a result, not a failure."""
    extra = {"FORCE_COLOR": "1", "COLUMNS": "200"} if colours else {"NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        cwd=folder,
        env={**os.environ, **extra},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode > 1 or (done.returncode and not done.stdout):
        raise SystemExit(f"gongkai {' '.join(arguments)}: exit code {done.returncode}")
    return done.stdout


def terminal(folder: Path, *arguments: str) -> Path:
    """A page that shows a command and its output as a terminal does."""
    console = Console(record=True, file=open(os.devnull, "w", encoding="utf-8"), width=400)  # noqa: SIM115, PTH123
    console.print(Text.from_ansi(gongkai(folder, *arguments, colours=True)), soft_wrap=True)
    shown = console.export_html(inline_styles=True, code_format="{code}")
    command = html.escape(f"gongkai {' '.join(arguments)}")
    page = folder / "terminal.html"
    # The terminal's own dark red and blue are hard to read on a dark ground.
    body = f'<span class="prompt">$</span> {command}\n{shown.rstrip()}'.replace("#800000", "#ff8a8d")
    body = body.replace("#808000", "#f2b866").replace("#000080", "#86b9f2")
    page.write_text(_TERMINAL.format(body=body), encoding="utf-8")
    return page


class Studio:
    """A browser, a folder for what is made on the way, and the pictures saved so far."""

    def __init__(self, folder: Path, context: Callable[[], BrowserContext], rest: ExitStack) -> None:
        self.folder = folder
        self._context = context
        self._rest = rest

    def _open_page(self, size: tuple[int, int]) -> Page:
        page = self._context().new_page()
        page.set_default_timeout(120_000)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        return page

    @cached_property
    def site(self) -> Site:
        """The demo, started when the first picture asks for it."""
        return self._rest.enter_context(demo())

    def page(
        self,
        name: str,
        address: Path,
        size: tuple[int, int],
        *,
        click: str = "",
        scroll: str = "",
        whole: bool = False,
    ) -> None:
        """A page as it stands in a window of ``size``, or with ``whole`` in its full height.

        ``click`` and ``scroll`` are selectors: what is clicked first, and what is brought to the middle then.
        """
        page = self._open_page(size)
        page.goto(address.resolve().as_uri())
        self._shoot(name, page, click=click, scroll=scroll, whole=whole)

    def screen(
        self,
        name: str,
        path: str,
        who: str = "",
        size: tuple[int, int] = (1280, 800),
        *,
        state: str = "",
        keys: str = "",
        links: Sequence[str] = (),
        scroll: str = "",
    ) -> None:
        """A page of the demo; with ``state`` the first such report on the board of ``who``, ``path`` within.

        ``links`` are followed or opened one after another, then ``keys`` pressed.
        """
        if state:
            path = self.site.report_of(self._context(), who, state) + path
        page = self._open_page(size)
        self.site.open(page, path, who)
        for link in links:
            page.locator(link).first.click()
            page.wait_for_load_state()
            page.wait_for_timeout(600)
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(600)
        self._shoot(name, page, scroll=scroll)

    def visit(
        self, name: str, way: Callable[[Site, Page], None], size: tuple[int, int] = DESK, *, scroll: str = ""
    ) -> None:
        """Where a visitor gets who does more than to open an address."""
        page = self._open_page(size)
        way(self.site, page)
        self._shoot(name, page, scroll=scroll)

    def _shoot(
        self, name: str, page: Page, *, click: str = "", scroll: str = "", whole: bool = False
    ) -> None:
        if click:
            page.locator(click).first.click()
            page.wait_for_timeout(600)
        if scroll:
            page.locator(scroll).first.evaluate("element => element.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(300)
        self.save(name, Image.open(BytesIO(page.screenshot(full_page=whole))))
        page.close()

    def case_papers(self, name: str, case: str) -> None:
        """The first page of each paper of a case, side by side."""
        page = self._open_page(DESK)
        sheets = []
        for number, content in enumerate(ways.case_papers(self.site, page, case)):
            pdf = self.folder / f"{name}-{number}.pdf"
            pdf.write_bytes(content)
            sheets.append(self._sheet(pdf, 1))
        page.close()
        self._side_by_side(name, sheets)

    def papers(self, name: str, pdf: Path, *pages: int) -> None:
        """Pages of a PDF side by side."""
        self._side_by_side(name, [self._sheet(pdf, number) for number in pages])

    def _side_by_side(self, name: str, sheets: Sequence[Image.Image]) -> None:
        gap = 16
        width = sum(sheet.width for sheet in sheets) + gap * (len(sheets) - 1)
        picture = Image.new("RGB", (width, max(sheet.height for sheet in sheets)), "white")
        left = 0
        for sheet in sheets:
            picture.paste(sheet, (left, 0))
            left += sheet.width + gap
        self.save(name, picture, frame=False)

    def _sheet(self, pdf: Path, number: int) -> Image.Image:
        target = self.folder / f"{pdf.stem}-{number}"
        command = ["pdftoppm", "-r", "76", "-png", "-singlefile", "-f", str(number), "-l", str(number)]
        subprocess.run([*command, pdf, target], check=True)
        return ImageOps.expand(Image.open(f"{target}.png").convert("RGB"), 1, _FRAME)

    def save(self, name: str, picture: Image.Image, *, frame: bool = True) -> None:
        """Save as PNG of 256 colours. Raises SystemExit where that is too large for the repository."""
        picture = picture.convert("RGB")
        if frame:
            picture = ImageOps.expand(picture, 1, _FRAME)
        buffer = BytesIO()
        few = picture.quantize(256, dither=Image.Dither.NONE)
        few.save(buffer, "png", optimize=True)
        if buffer.tell() > _LARGEST:
            raise SystemExit(f"{name}: {buffer.tell() // 1024} KB are too many for a picture of the guide")
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{name}.png").write_bytes(buffer.getvalue())
        print(f"{name}.png  {picture.width}x{picture.height}  {buffer.tell() // 1024} KB")

    @cache  # noqa: B019 - one studio lives as long as the script
    def check_page(self, sample: str) -> Path:
        """The check page of a sample."""
        target = self.folder / f"{Path(sample).name}.html"
        gongkai(self.folder, "check", f"samples/{sample}", "--html", target.name)
        return target

    @cache  # noqa: B019
    def index_page(self) -> Path:
        """The list of all samples."""
        gongkai(self.folder, "check", "samples", "--html", "out")
        return self.folder / "out" / "index.html"

    @cache  # noqa: B019
    def written(self, fmt: str) -> Path:
        """A sample written in the official layout."""
        target = self.folder / f"report.{fmt}"
        gongkai(self.folder, "convert", "samples/txt/dakou-tabs-drifted.txt", "-o", target.name)
        return target

    def written_docx_as_pdf(self) -> Path:
        """The written DOCX as LibreOffice prints it."""
        out = self.folder / "office"
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{out}/profile",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", out, self.written("docx")], check=True, stdout=subprocess.DEVNULL
        )
        return out / "report.pdf"


@contextmanager
def studio() -> "Iterator[Studio]":
    """A browser, a folder and, where a picture needs it, the demo; all gone afterwards."""
    with ExitStack() as rest:
        folder = Path(rest.enter_context(tempfile.TemporaryDirectory()))
        browsers = rest.enter_context(sync_playwright())
        (folder / "samples").symlink_to(ROOT / "samples")
        options = ["--lang=zh-CN", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=options)
        rest.callback(browser.close)

        def context() -> BrowserContext:
            return browser.new_context(color_scheme="light", locale="zh-CN", reduced_motion="reduce")

        yield Studio(folder, context, rest)
