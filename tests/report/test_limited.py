import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import psutil
import pytest

from gongkai.kernel import UnreadableError
from gongkai.report.limited import Limits, Pool, Step
from gongkai.report.sizes import MEGABYTE

TARGET = "tests.report.hostile:behave"
SECONDS = 1.5
STEPS = MappingProxyType({"slow": Step(4.0, 300 * MEGABYTE), "large": Step(4.0, 700 * MEGABYTE)})
LIMITS = Limits(seconds=SECONDS, memory=300 * MEGABYTE, file_size=MEGABYTE, steps=STEPS, files=3)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(TARGET, LIMITS)
    yield pool
    pool.close()


@pytest.fixture
def order(tmp_path: Path) -> Callable[[str], str]:
    """Write an order into a file; its path."""

    def write(text: str) -> str:
        path = tmp_path / "order.txt"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def refusal(pool: Pool, path: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        pool.run(path)
    error = caught.value
    assert "Traceback" not in str(error)
    assert error.remedy
    assert any("\u4e00" <= character <= "\u9fff" for character in error.message)
    return error


def test_the_answer_comes_back(pool: Pool, order: Callable[[str], str]) -> None:
    assert pool.run(order("echo 公开")) == "公开".encode()


def test_a_large_answer_comes_back_whole(pool: Pool, order: Callable[[str], str]) -> None:
    assert pool.run(order("echo " + "字" * 300_000)) == ("字" * 300_000).encode()


def test_a_worker_serves_several_files_and_is_then_replaced(order: Callable[[str], str]) -> None:
    pool = Pool(TARGET, LIMITS)
    pids = [pool.run(order("pid")) for _ in range(4)]
    pool.close()
    assert pids[0] == pids[1] == pids[2] != pids[3]


def test_a_refusal_keeps_its_parts_and_the_worker(order: Callable[[str], str]) -> None:
    own = Pool(TARGET, LIMITS)
    before = own.run(order("pid"))
    error = refusal(own, order("refuse"))
    assert (error.message, error.place, error.remedy, error.code) == (
        "不是年度报告",
        "第1页",
        "请换一个文件",
        "not-a-report",
    )
    assert own.run(order("pid")) == before
    own.close()


def test_endless_loop_is_stopped_in_time(pool: Pool, order: Callable[[str], str]) -> None:
    started = time.monotonic()
    assert refusal(pool, order("loop")).code == "time-limit"
    assert time.monotonic() - started < SECONDS + 3


@pytest.mark.parametrize("how", ["hog", "hog_in_child"])
def test_memory_is_limited(pool: Pool, order: Callable[[str], str], how: str) -> None:
    assert refusal(pool, order(how)).code == "memory-limit"


@pytest.mark.parametrize("how", ["crash", "leave"])
def test_a_dead_worker_is_named_and_replaced(pool: Pool, order: Callable[[str], str], how: str) -> None:
    assert refusal(pool, order(how)).code == "crashed"
    assert pool.run(order("echo 又好了")) == "又好了".encode()


def test_a_fault_of_ours_is_a_sentence_with_the_traceback_as_a_note(
    pool: Pool, order: Callable[[str], str]
) -> None:
    error = refusal(pool, order("fail"))
    assert error.code == "internal"
    assert "KeyError" in "".join(error.__notes__)


def test_deep_nesting_is_named(pool: Pool, order: Callable[[str], str]) -> None:
    assert refusal(pool, order("recurse")).code == "too-deep"


def test_noise_on_stdout_does_not_disturb(
    pool: Pool, order: Callable[[str], str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert pool.run(order("chatter")) == b"quiet"
    assert capfd.readouterr() == ("", "")


def test_children_die_with_the_worker(pool: Pool, order: Callable[[str], str], tmp_path: Path) -> None:
    note = tmp_path / "child"
    assert refusal(pool, order(f"sleep_with_child {note}")).code == "time-limit"
    child = int(note.read_text(encoding="ascii"))
    deadline = time.monotonic() + 5
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the child outlived its worker"
        time.sleep(0.05)


def test_temporary_files_go_with_the_worker(pool: Pool, order: Callable[[str], str], tmp_path: Path) -> None:
    note = tmp_path / "folder"
    refusal(pool, order(f"litter {note}"))
    assert not Path(note.read_text(encoding="utf-8")).exists()


def test_an_announced_step_gets_its_time(pool: Pool, order: Callable[[str], str]) -> None:
    assert pool.run(order("slow_step")) == b"done"


def test_an_announced_step_gets_its_memory_and_takes_the_worker_with_it(order: Callable[[str], str]) -> None:
    own = Pool(TARGET, LIMITS)
    before = own.run(order("pid"))
    assert refusal(own, order("allocate 450")).code == "memory-limit"
    assert own.run(order("large_step 450")) == b"done"
    assert refusal(own, order("large_step 900")).code == "memory-limit"
    assert own.run(order("pid")) != before
    own.close()


def test_announcing_again_gains_nothing(pool: Pool, order: Callable[[str], str]) -> None:
    started = time.monotonic()
    assert refusal(pool, order("unknown_step")).code == "time-limit"
    assert time.monotonic() - started < 4.0 + 3


def test_threads_have_workers_of_their_own(order: Callable[[str], str]) -> None:
    pool = Pool(TARGET, LIMITS)
    path = order("slow_step")
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(pool.run(path))) for _ in range(2)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pool.close()
    assert answers == [b"done", b"done"]
    assert time.monotonic() - started < 3.9


def test_a_huge_file_is_refused_without_reading_it(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(500 * MEGABYTE)
    started = time.monotonic()
    error = refusal(pool, str(path))
    assert error.code == "too-large"
    assert "500 MB" in error.message
    assert time.monotonic() - started < 0.2


def test_what_is_no_file_is_refused(pool: Pool, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    os.mkfifo(tmp_path / "fifo")
    assert refusal(pool, str(tmp_path / "none.txt")).code == "missing"
    assert refusal(pool, str(tmp_path)).code == "not-a-file"
    assert refusal(pool, str(tmp_path / "fifo")).code == "not-a-file"
    assert refusal(pool, str(tmp_path / "empty.txt")).code == "empty"
    assert refusal(pool, "bad\0name").code == "missing"


def test_close_stops_work_in_progress(order: Callable[[str], str]) -> None:
    pool = Pool(TARGET, LIMITS)
    path = order("loop")
    errors: list[UnreadableError] = []

    def work() -> None:
        errors.append(refusal(pool, path))

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.7)
    pool.close()
    thread.join(timeout=3)
    assert not thread.is_alive()
    assert errors[0].code in {"crashed", "time-limit"}
