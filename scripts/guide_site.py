"""The demo site for the pictures of the guide: started on a free port with data of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent
BOARD = "/admin/annual-reports/"
CASES = "/admin/applications/"
CATALOGUE = "/admin/catalogue/"
LOG = "demo.log"
#: People of the demo.
CLERK, HEAD, MANAGER = (f"shili-qingshi-{end}" for end in ("clerk", "head", "admin"))
OFFICE, COUNTY_MANAGER = "shili-office", "shili-admin"
_PATIENCE = 600.0
_STOP = 20.0


class Site:
    """The running demo: its address, and pages of it as a visitor or as one of its people sees them."""

    def __init__(self, address: str, password: str, folder: Path) -> None:
        self.address = address
        self._password = password
        self._folder = folder

    def open(self, page: "Page", path: str, who: str = "") -> None:
        """Go to ``path``, signed in as ``who`` where that is not empty."""
        if who:
            page.goto(f"{self.address}/accounts/login/")
            page.fill("[name=login]", who)
            page.fill("[name=password]", self._password)
            page.click("button[type=submit]")
            page.wait_for_url("**/admin/**")
        page.goto(f"{self.address}{path}")

    def report_of(self, context: "BrowserContext", who: str, state: str) -> str:
        """The path of the first report on somebody's board that is in a state, as 待签发."""
        page = context.new_page()
        self.open(page, BOARD, who)
        links = page.locator(f"main td a[href^='{BOARD}']", has_text=state)
        path = links.first.get_attribute("href") or ""
        page.close()
        return path

    def printed(self, wanted: re.Pattern[str]) -> tuple[str, ...]:
        """What stands in the demo's printed notes, as a number with its code. Raises SystemExit."""
        found = wanted.search((self._folder / LOG).read_text(encoding="utf-8"))
        if found is None:
            raise SystemExit(f"the demo does not print {wanted.pattern}")
        return found.groups()

    def mailed(self, wanted: re.Pattern[str], since: float) -> str:
        """What stands in a mail written after a moment, once there is one. Raises SystemExit."""
        until = time.monotonic() + _STOP
        while time.monotonic() < until:
            for mail in (self._folder / "mail").glob("*.log"):
                if mail.stat().st_mtime < since:
                    continue
                if found := wanted.search(mail.read_text(encoding="utf-8")):
                    return found[1]
            time.sleep(0.5)
        raise SystemExit(f"no mail with {wanted.pattern}")


@contextmanager
def demo() -> Iterator[Site]:
    """Start the demo as ``make run`` does. Raises SystemExit where it does not come up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = _free_port()
        command = [sys.executable, "-m", "gongkai.web.manage", "run_demo", "--port", str(port)]
        settings = {"GONGKAI_DATA": name, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.dev"}
        with (folder / LOG).open("w+", encoding="utf-8") as log:
            server = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=subprocess.STDOUT
            )
            try:
                address = f"http://127.0.0.1:{port}"
                _wait(server, address, folder / LOG)
                password = (folder / "demo-password.txt").read_text(encoding="utf-8").strip()
                yield Site(address, password, folder)
            finally:
                server.send_signal(signal.SIGINT)
                try:
                    server.wait(_STOP)
                except subprocess.TimeoutExpired:
                    server.kill()


def _wait(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    """Return once the site answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"the demo did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
