"""A county with a town and its secrets; the next county with people who have no business there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.serializers import serialize
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model

from gongkai.web.agencies.models import Agency, AgencyKind, Leave, Matter, Person, Region, Role, SigningChain
from gongkai.web.applications.models import AssistanceRequest, Case, IncomingScan
from gongkai.web.common.actor import Actor
from gongkai.web.publishing.actions import AddItem
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.permissions import SETUP
from gongkai.web.reporting.models import Intake, ReportRecord
from tests.web.agencies.conftest import agency, person
from tests.web.applications.asking import submit
from tests.web.portal.conftest import keep, sample
from tests.web.publishing.conftest import entry

#: Nothing of this may be seen from the next county.
SECRETS = ("萧江", "xiaojiang", "姓名here", "here-", "秘密文件", "陈一心", "征收补偿")


def everything() -> str:
    """All that is on record but sessions and what the CMS notes of a person's own look."""
    left_out = {"sessions.session", "usersessions.usersession", "axes.accessattempt", "axes.accesslog"}
    models = [model for model in apps.get_models() if model._meta.label_lower not in left_out]
    rows = "".join(serialize("json", model._default_manager.order_by("pk")) for model in models)
    return re.sub(r'"(last_login|access_synced_on|groups)": (?:"[^"]*"|null|\[[^\]]*\]),? ?', "", rows)


@dataclass
class Ground:
    """``here`` is the town that is not theirs; ``there`` is where the others work."""

    county: Agency
    here: Agency
    next_county: Agency
    there: Agency
    clerk: Person
    leader: Person
    administrator: Person
    head: Person
    county_administrator: Person
    other_clerk: Person
    other_administrator: Person
    other_office: Person
    nobody: Person
    record: ReportRecord
    leave: Leave
    document: object
    case: Case
    assistance: AssistanceRequest
    intake: Intake
    scan: IncomingScan
    item: Item

    @cached_property
    def values(self) -> dict[str, dict[str, object]]:
        """What stands in addresses about something of the town, by namespace or name."""
        post = self.clerk.posts.get()
        return {
            "agencies": {"pk": self.here.pk, "matter": Matter.REPORT.value},
            "people": {"pk": self.clerk.pk},
            "people:end_post": {"pk": post.pk},
            "people:cancel_leave": {"pk": self.leave.pk},
            "applications": {
                "pk": self.case.pk,
                "number": 1,
                "about": 1,
                "name": "note",
                "agency": self.here.pk,
                "row": "new",
                "column": "total",
                "code": "granted",
                "form": "csv",
            },
            "publishing": {"pk": self.item.pk, "form": "csv"},
            "applications:scan_page": {"pk": self.scan.pk, "number": 1},
            "applications:scan_words": {"pk": self.scan.pk},
            "applications:drop_scan": {"pk": self.scan.pk},
            "reporting:file_intake": {"pk": self.intake.pk},
            "reporting": {"pk": self.record.pk, "number": 1, "page": 1, "name": "correct", "form": "xlsx"},
        }

    def arguments(self, name: str) -> dict[str, object]:
        """What an address of this name takes to be about the town."""
        return self.values.get(name) or self.values.get(name.partition(":")[0], {})


@pytest.fixture
def ground(db: None) -> Ground:
    province = Region.objects.create(code="330000", name="浙江省")
    city = Region.objects.create(code="330300", name="温州市", parent=province)
    region = Region.objects.create(code="330326", name="平阳县", parent=city)
    next_region = Region.objects.create(code="330327", name="苍南县", parent=city)
    county = agency("pingyang", "平阳县人民政府", region, kind=AgencyKind.GOVERNMENT)
    here = agency("xiaojiang", "平阳县萧江镇人民政府", region, county)
    next_county = agency("cangnan", "苍南县人民政府", next_region, kind=AgencyKind.GOVERNMENT)
    there = agency("lingxi", "苍南县灵溪镇人民政府", next_region, next_county)
    clerk = person("here-clerk", here, Role.CLERK)
    leader = person("here-leader", here, Role.LEADER)
    report, data = sample("txt/kunyang-pipes-blanks-at-end.txt")
    soon = timezone.localdate() + timedelta(days=3)
    chain = SigningChain.objects.create(agency=here, matter=Matter.REPORT)
    chain.steps.create(number=1, name="拟稿", role=Role.CLERK)
    chain.steps.create(number=2, name="签发", role=Role.LEADER)
    record = keep(here, 2024, report, data, "秘密文件.txt")
    return Ground(
        county=county, here=here, next_county=next_county, there=there, clerk=clerk, leader=leader,
        administrator=person("here-admin", here, Role.ADMINISTRATOR),
        head=person("here-head", here, Role.SECTION_HEAD),
        county_administrator=person("county-admin", county, Role.ADMINISTRATOR),
        other_clerk=person("other-clerk", there, Role.CLERK),
        other_administrator=person("other-admin", next_county, Role.ADMINISTRATOR),
        other_office=person("other-office", next_county, Role.DISCLOSURE_OFFICE),
        nobody=person("nobody"),
        record=record,
        case=submit(here).case,
        assistance=AssistanceRequest.objects.create(
            agency=here, from_agency="平阳县公安局", subject="秘密文件", received_on=soon, recorded_by=clerk,
            recorded_at=timezone.now(),
        ),
        scan=IncomingScan.objects.create(
            agency=here, content='{"files": [], "pages": []}', n_pages=1, uploaded_by=clerk,
            uploaded_at=timezone.now(), recognised="秘密文件",
        ),
        intake=Intake.objects.create(
            source=record.current_version.source, source_name="秘密文件.txt", uploaded_by=clerk,
            uploaded_at=timezone.now(), state=Intake.State.ASKING, question={"message": "秘密文件"},
        ),
        item=AddItem(Actor.system(SETUP), agency=here, entry=entry(title="秘密文件")).run(),
        leave=Leave.objects.create(person=clerk, deputy=leader, from_day=soon, until_day=soon),
        document=get_document_model().objects.create(
            title="秘密文件", collection=here.collection, file=ContentFile("秘密".encode(), "notice.txt")
        ),
    )  # fmt: skip


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    def run(who: Person, **options: object) -> Client:
        client = Client(**options)
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return run
