import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[3]
_MANAGE = [sys.executable, "-m", "gongkai.web.manage"]
_ASK = "import django; django.setup(); from gongkai.web.common.tasks import enqueue; enqueue('common.tidy')"
_DONE = """
import django; django.setup()
from gongkai.web.common.models import QueuedTask
print(QueuedTask.objects.filter(name="common.tidy", state="done").count())
"""


def answers(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def wait_for(what: str, condition: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.3)


def test_one_process_serves_pages_and_does_tasks_and_comes_back_when_killed(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    environment = kept | {"GONGKAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.dev"}

    def python(code: str) -> str:
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    subprocess.run([*_MANAGE, "migrate", "--verbosity", "0"], env=environment, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/healthz"
    server = subprocess.Popen([*_MANAGE, "serve", "--port", str(port)], env=environment)
    try:
        wait_for("the server answers", lambda: answers(address) == "ok")
        python(_ASK)
        wait_for("the task is done", lambda: python(_DONE) == "1")
        (child,) = psutil.Process(server.pid).children()
        child.kill()
        wait_for("the server answers again", lambda: answers(address) == "ok")
        python(_ASK)
        wait_for("the second task is done", lambda: python(_DONE) == "2")
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(40) == 0
    assert not (Path.home() / ".gunicorn").exists()
