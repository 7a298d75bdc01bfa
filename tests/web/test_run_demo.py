"""``make run``: the demo is set up and served by a real process, and started again with its data."""

import email
import email.policy
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from io import StringIO
from pathlib import Path

import psutil
import pytest
from django.core.management import call_command
from django.test import override_settings

from gongkai.web.settings.local import demo_password

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-m", "gongkai.web.manage", "run_demo", "--samples", str(ROOT / "samples")]
_LOADED = re.compile(r"^（(\d+)/(\d+)）(.+)：(.+)$", re.MULTILINE)


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    return kept | {"GONGKAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.dev"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def _running(data: Path, port: int, printed: Path) -> Iterator[str]:
    """A demo that answers; what it prints goes to a file; stopped as by Ctrl-C, it must end cleanly."""
    with printed.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [*_COMMAND, "--port", str(port)], env=_environment(data), stdout=output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 240
        while not _answers(address):
            assert server.poll() is None, printed.read_text(encoding="utf-8")
            assert time.monotonic() < end, printed.read_text(encoding="utf-8")
            time.sleep(0.3)
        yield address
        family = [server.pid, *(child.pid for child in psutil.Process(server.pid).children(recursive=True))]
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(60) == 0
        assert not any(psutil.pid_exists(pid) for pid in family)
        said = printed.read_text(encoding="utf-8")
        assert said.rstrip().endswith("已停止。")
        assert "ERROR" not in said
        assert "Traceback" not in said
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(60)


def _answers(address: str) -> bool:
    try:
        return _page(f"{address}/healthz") == "ok"
    except OSError:
        return False


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert answer.status == 200, address
        return str(answer.read().decode())


def _signed_in(address: str, username: str, password: str) -> str:
    """The first page of the back office."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{address}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    data = {"login": username, "password": password, "csrfmiddlewaretoken": token[1]}
    request = urllib.request.Request(
        f"{address}/accounts/login/", urllib.parse.urlencode(data).encode(), {"Referer": address}
    )
    with browser.open(request) as answer:
        assert answer.url == f"{address}/admin/"
        return str(answer.read().decode())


def _first_mail(folder: Path) -> str:
    """The text of what was sent first: the code with which the account of the demo was opened."""
    end = time.monotonic() + 60
    while not (found := sorted(folder.glob("*.log"))):
        assert time.monotonic() < end
        time.sleep(0.3)
    message = email.message_from_bytes(found[0].read_bytes(), policy=email.policy.default)
    return str(message.get_content())


def _printed_sign_in(text: str) -> str:
    found = re.search(r"密码都是 (\S+?)，", text)
    assert found
    assert "两步验证" in text
    for username in ("admin", "kunyang-clerk", "shili-office", "shili-qingshi-secrecy"):
        assert f"{username} " in text
    return found[1]


def test_the_demo_is_set_up_served_and_kept(tmp_path: Path) -> None:
    data, printed = tmp_path / "var", tmp_path / "printed"
    with _running(data, _free_port(), printed) as address:
        text = printed.read_text(encoding="utf-8")
        loaded = _LOADED.findall(text)
        assert len(loaded) == int(loaded[-1][1]) == 26
        named = set(re.findall(rf"{address}\S*", text))
        assert {f"{address}/", f"{address}/admin/", f"{address}/sitemap.xml"} < named
        pages = re.findall(r"<loc>([^<]+)</loc>", _page(f"{address}/sitemap.xml"))
        examples = {one for one in named if "/agencies/" in one}
        assert len(examples) == 3
        assert examples < set(pages)
        for one in named - examples:
            assert _page(one)
        reports = [page for page in pages if re.search(r"/agencies/[^/]+/reports/\d+/$", page)]
        assert len(reports) == sum(state == "已发布" for *_, state in loaded)
        for page in pages:
            shown = _page(page)
            assert "演示网站" in shown, page
            assert ("是为演示虚构的机关" in shown) is ("/shili" in page), page
        password = _printed_sign_in(text)
        assert "平阳县昆阳镇人民政府" in _signed_in(address, "kunyang-clerk", password)
        assert f"{address}/apply/mine/code/" in _first_mail(data / "mail"), "a mail leads to this very port"
    files = [data / "keys.env", data / "demo-password.txt"]
    kept = [file.read_text(encoding="utf-8") for file in files]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]

    with _running(data, _free_port(), printed) as address:
        again = printed.read_text(encoding="utf-8")
        assert not _LOADED.findall(again)
        assert _printed_sign_in(again) == password
        assert re.findall(r"<loc>[^<]*?(/[^<:]*)</loc>", _page(f"{address}/sitemap.xml")) == [
            urllib.parse.urlsplit(page).path for page in pages
        ]
        assert "示例县人民政府" in _signed_in(address, "shili-office", password)
    assert [file.read_text(encoding="utf-8") for file in files] == kept


def _refused(*options: str, data: Path) -> str:
    command = [*_COMMAND, *options]
    done = subprocess.run(command, env=_environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_port_that_is_taken_or_is_none_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = _refused("--port", port, data=tmp_path)
    assert f"端口{port}已被其他程序占用" in said
    assert "make run PORT=" in said
    assert "端口应为数字，不能是“八千”" in _refused("--port", "八千", data=tmp_path)
    assert "1至65535" in _refused("--port", "70000", data=tmp_path)
    assert not (tmp_path / "gongkai.sqlite3").exists()


def test_without_samples_nothing_is_set_up(tmp_path: Path) -> None:
    said = _refused("--samples", str(tmp_path / "none"), data=tmp_path)
    assert "请在项目文件夹中运行" in said
    assert not (tmp_path / "gongkai.sqlite3").exists()


@override_settings(DEMO_PASSWORD="")
def test_where_no_password_is_known_there_is_no_demo() -> None:
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("run_demo", samples=str(ROOT / "samples"), stderr=said)
    assert ended.value.code == 2
    assert "演示只用于开发设置" in said.getvalue()


def test_two_installations_have_different_passwords(tmp_path: Path) -> None:
    first, second = demo_password(tmp_path / "a"), demo_password(tmp_path / "b")
    assert first != second
    assert demo_password(tmp_path / "a") == first
    assert len(first) == 14
