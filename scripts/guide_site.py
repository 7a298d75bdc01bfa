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
_APPLY = "/apply/to/shili-qingshi/"
_FOLLOWED = re.compile(r"登记号 (\S+)，查询码 (\S+)")
_PATIENCE = 600.0
_STOP = 20.0


class Site:
    """The running demo: its address, and pages of it as a visitor or as one of its people sees them."""

    def __init__(self, address: str, password: str, log: Path) -> None:
        self.address = address
        self._password = password
        self._log = log

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

    def apply(self, page: "Page") -> None:
        """Send an application as a visitor, up to its receipt."""
        page.goto(f"{self.address}{_APPLY}")
        fields = {
            "name": "林一帆",
            "identity_number": "演示-0000",
            "phone": "0990-0000000",
            "subject": "青石镇2026年度部门预算",
        }
        page.select_option("[name=identity_kind]", "other")
        for name, text in fields.items():
            page.fill(f"[name={name}]", text)
        for step in ("look", "send"):
            page.click(f"button[name=step][value={step}]")
            page.wait_for_load_state()

    def follow(self, page: "Page") -> None:
        """Look up the application whose number and code the demo prints."""
        found = _FOLLOWED.search(self._log.read_text(encoding="utf-8"))
        if found is None:
            raise SystemExit("the demo names no application to follow")
        page.goto(f"{self.address}/apply/track/")
        page.fill("[name=number]", found[1])
        page.fill("[name=code]", found[2])
        page.click("main button.primary")
        page.wait_for_url("**/apply/case/")


@contextmanager
def demo() -> Iterator[Site]:
    """Start the demo as ``make run`` does. Raises SystemExit where it does not come up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = _free_port()
        command = [sys.executable, "-m", "gongkai.web.manage", "run_demo", "--port", str(port)]
        settings = {"GONGKAI_DATA": name, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.dev"}
        with (folder / "demo.log").open("w+", encoding="utf-8") as log:
            server = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=subprocess.STDOUT
            )
            try:
                address = f"http://127.0.0.1:{port}"
                _wait(server, address, folder / "demo.log")
                password = (folder / "demo-password.txt").read_text(encoding="utf-8").strip()
                yield Site(address, password, folder / "demo.log")
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
