"""The web server with its worker in one process: what a small machine needs, and no more."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from gongkai.web.common.worker import Worker


def _nothing() -> None:
    """Nobody asked to be told."""


class Server(BaseApplication):
    """gunicorn; each of its processes also does tasks, in a thread of its own, unless told otherwise.

    A process that is killed is started again, and with it its worker; the lease sees to the task it had.
    Larger machines start ``run_worker`` as a service of its own and this without tasks. ``ready`` is called
    once the port is listened on, ``ended`` once nothing is served any more.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        processes: int,
        threads: int,
        tasks: bool,
        ready: Callable[[], None] = _nothing,
        ended: Callable[[], None] = _nothing,
    ) -> None:
        self._settings: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": processes,
            "worker_class": "gthread",
            "threads": threads,
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "gongkai",
            "control_socket_disable": True,  # it would lie in the home folder
            "forwarded_allow_ips": "127.0.0.1",
            "when_ready": lambda _server: _listening(ready),
            "on_exit": lambda _server: ended(),
            "post_worker_init": _begin_with_tasks if tasks else _begin,
        }
        if tasks:
            self._settings["worker_exit"] = stop_tasks
        super().__init__()

    def load_config(self) -> None:
        """What was asked for, and nothing from files or the environment."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The site."""
        return get_wsgi_application()


def _listening(ready: Callable[[], None]) -> None:
    """Let Ctrl-C end the server as a stop of the service does: requests and tasks at hand are finished."""
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    ready()


def _begin(_: Any) -> None:
    """A terminal sends Ctrl-C to every process, and gunicorn's can stand still when it comes twice: it is the
    server that tells its processes to end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _begin_with_tasks(process: Any) -> None:
    _begin(process)
    start_tasks(process)


_at_work: list[tuple[Worker, threading.Thread]] = []


def start_tasks(_: Any) -> None:
    """Begin to do tasks beside answering requests."""
    worker = Worker()
    thread = threading.Thread(target=worker.run, name="tasks", daemon=True)
    _at_work.append((worker, thread))
    thread.start()


def stop_tasks(_server: Any, _process: Any) -> None:
    """Finish the task at hand, for as long as a lease; a longer one runs again elsewhere."""
    for worker, thread in _at_work:
        worker.stop()
        thread.join(min(15.0, settings.TASK_LEASE.total_seconds()))
    _at_work.clear()
