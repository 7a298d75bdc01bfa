"""The demo's reports: published through the same actions, and loaded once."""

import pytest

from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.common.audit import AuditEntry, verify
from gongkai.web.reporting import demo
from gongkai.web.reporting.states import State
from tests.web.reporting.people import SAMPLES


@pytest.mark.django_db
def test_the_samples_are_published_and_loading_again_changes_nothing() -> None:
    agencies = agencies_demo.load()
    records = demo.load(SAMPLES, agencies)
    assert [record.state for record in records] == [State.PUBLISHED] * 5
    for record in records:
        assert record.published_version is not None
        signers = {row.person_id for row in record.published_version.signatures.all()}
        assert len(signers) >= 2
    kunyang = next(record for record in records if record.agency.slug == "kunyang")
    assert {item["path"]: item["value"] for item in kunyang.published_version.document["corrections"]} == {
        "applications.total.total": 20,
        "applications.carried_out.total": 1,
    }
    entries = AuditEntry.objects.count()
    demo.load(SAMPLES, agencies_demo.load())
    assert AuditEntry.objects.count() == entries
    assert verify() == []
