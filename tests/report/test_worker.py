import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.kernel import Place, UnreadableError
from gongkai.report import api, worker
from gongkai.report.grid import Cell, Document, Paragraph, Table
from gongkai.report.model import Report
from tests.report.strategies import random_report, reports

Save = Callable[[Report, str], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def write(report: Report, name: str) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(api.to_dict(report, cells=True), ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_a_file_is_read_as_in_this_process(save: Save) -> None:
    path = save(random_report(Random(1), blanks=0.3), "年报.json")
    assert api.read(path) == api.read_bytes(path.read_bytes(), source=str(path))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(report=reports())
def test_nothing_is_lost_between_processes(report: Report) -> None:
    document = Document(
        "pdf",
        (
            Paragraph("一、总体情况", Place(page=1, paragraph=1), heading=True),
            Table(
                (Cell("21", 0, 0, 1, 2, Place(2, 1, 1, 1, box=(1.5, 2.0, 3.0, 4.25))),), 1, 2, aligned=False
            ),
            Paragraph(""),
        ),
        "ruled",
        ocr=True,
        meta={"title": "年报"},
        notes=("图片中的文字没有读取",),
    )
    pictures = (worker.Picture(b"\x89PNG", 595.0, 842.0),)
    packed = worker.msgspec.msgpack.encode(worker._flatten(report, document, pictures))
    opened = worker._unflatten(
        worker.msgspec.msgpack.decode(packed, type=worker._Flat), report.reading.source
    )
    assert opened == worker.Original(report, document, pictures)


def test_many_files_come_in_order_with_reasons_in_place(save: Save, tmp_path: Path) -> None:
    paths = [str(save(random_report(Random(number)), f"{number}.json")) for number in range(12)]
    paths[4:4] = [str(tmp_path / "没有.pdf")]
    results = list(api.read_many(paths, jobs=2))
    assert [path for path, _ in results] == paths
    for path, result in results:
        if path.endswith("没有.pdf"):
            assert isinstance(result, UnreadableError)
            assert result.code == "missing"
        else:
            assert isinstance(result, Report)
            assert result.reading.source == path


def test_paths_are_taken_as_they_are_needed(save: Save) -> None:
    path = str(save(random_report(Random(1)), "a.json"))
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield path

    results = api.read_many(endless(), jobs=2)  # type: ignore[arg-type]
    for _ in range(20):
        next(results)
    results.close()
    assert taken <= 20 + 9


def test_a_warm_worker_reads_on_without_another_process(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(save(random_report(Random(1)), "a.json"))] * 50
    list(api.read_many(paths[:2], jobs=1))
    started: list[object] = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *given, **more: started.append(given) or popen(*given, **more)
    )
    assert len(list(api.read_many(paths, jobs=1))) == len(paths)
    assert started == []


def test_the_original_comes_with_its_grid(tmp_path: Path) -> None:
    page = tmp_path / "年报.html"
    page.write_bytes(api.write(random_report(Random(3), single_other=False), "html"))
    ((_, original),) = api.open_many([str(page)])
    assert isinstance(original, worker.Original)
    assert original.report == api.read(page)
    assert original.document is not None
    assert sum(isinstance(block, Table) for block in original.document.blocks) >= 3
    assert original.pictures == ()
    ((_, bare),) = api.open_many([str(page)], sources=False)
    assert bare == worker.Original(original.report)


def test_the_pages_of_a_pdf_are_drawn(tmp_path: Path) -> None:
    page = tmp_path / "年报.pdf"
    page.write_bytes(api.write(random_report(Random(3), single_other=False), "pdf"))
    ((_, original),) = api.open_many([str(page)])
    assert isinstance(original, worker.Original)
    assert len(original.pictures) >= 2
    for png, width, height in original.pictures:
        assert png.startswith(b"\x89PNG")
        assert (round(width), round(height)) == (595, 842)
