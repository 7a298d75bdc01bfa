"""Cases of an old system as one JSON list.

Each row is an object::

    {
        "old_number": "2025-17",
        "channel": "in_person",
        "applicant": {
            "kind": "natural_person",
            "name": "…",
            "identity_kind": "identity_card",
            "identity_number": "…",
            "phone": "…",
        },
        "subject": "…",
        "details": "…",
        "form_wanted": "paper",
        "way_wanted": "post",
        "events": [{"on": "2025-12-01", "kind": "received"}],
        "parties": [{"party": "third_party", "ref": "1", "name": "…", "answer": "objects"}],
        "outcome": "",
        "document_no": "",
    }

``channel`` and ``events`` are those of ``gongkai law clock`` (days as ``YYYY-MM-DD``); ``applicant`` takes
the fields of ``intake.Requester``, ``parties`` those of ``OldParty``; ``details``, ``form_wanted``,
``way_wanted``, ``parties``, ``outcome`` and ``document_no`` may be left out. ``outcome``: the code of the
reply in ``law/data/outcomes.toml``, where one was sent, and ``document_no`` the number it bears.
"""

import json
from collections.abc import Sequence
from typing import Any

from gongkai.web.applications.old_cases.given import Given
from gongkai.web.common.errors import ActionRefused


def read(content: bytes) -> list[Given]:
    """The rows of a file. Raises ``ActionRefused`` where it is no list of them."""
    try:
        return of_rows(json.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise ActionRefused(
            "文件既不是 XLSX 工作簿，也不是 UTF-8 的 JSON",
            remedy="请用模板填写；CSV 和旧格式的表格请另存为 XLSX",
        ) from error
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"第{error.lineno}行第{error.colno}列" if isinstance(error, json.JSONDecodeError) else ""
        raise ActionRefused(
            "文件既不是 XLSX 工作簿，也不是有效的 JSON", place=where, remedy="请对照模板文件填写"
        ) from error


def of_rows(rows: Any) -> list[Given]:
    """What the file holds, as a list of cases. Raises ``ActionRefused`` where it is none."""
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        raise ActionRefused("文件内容应是一列申请", remedy="请对照模板文件填写")
    return [Given(row) for row in rows]


def template() -> str:
    """A file with one case of nobody, to be filled in."""
    row = {
        "old_number": "原系统编号",
        "channel": "in_person",
        "applicant": {
            "kind": "natural_person", "name": "姓名或单位名称", "identity_kind": "identity_card",
            "identity_number": "证件号码", "phone": "", "email": "", "address": "", "postcode": "",
        },
        "subject": "所需政府信息的名称",
        "details": "",
        "form_wanted": "paper",
        "way_wanted": "post",
        "events": [
            {"on": "2025-12-01", "kind": "received"},
            {"on": "2025-12-04", "kind": "correction_requested", "workdays": 15},
            {"on": "2025-12-15", "kind": "corrected"},
            {"on": "2025-12-17", "kind": "consultation_started", "party": "third_party", "ref": "1"},
        ],
        "parties": [
            {
                "party": "third_party", "ref": "1", "name": "征求对象的名称或姓名", "address": "",
                "phone": "", "answer": "", "text": "", "decision": "", "reason": "",
            },
        ],
        "outcome": "",
        "document_no": "",
    }  # fmt: skip
    return json.dumps([row], ensure_ascii=False, indent=2) + "\n"
