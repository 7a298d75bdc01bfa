"""The demo, the first administrator, the list of regions."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from gongkai.web.agencies import demo, signing
from gongkai.web.agencies.models import Agency, Person, Post, Region, Role, SigningChain
from gongkai.web.agencies.selectors import find_by_name
from gongkai.web.common import audit

pytestmark = pytest.mark.django_db
EXPECTED = Path(__file__).resolve().parents[3] / "samples" / "expected.json"


def counts() -> list[int]:
    return [model.objects.count() for model in (Agency, Person, Post, Region, SigningChain)]


def test_the_demo_loads_once_and_again_and_every_sign_in_works(settings: object) -> None:
    agencies = demo.load()
    before, log = counts(), audit.AuditEntry.objects.count()
    assert demo.load() == agencies
    assert counts() == before
    assert audit.AuditEntry.objects.count() == log
    assert audit.verify() == []
    roles = set(Post.objects.values_list("role", flat=True))
    assert roles == set(Role.values)
    for entry in demo.sign_ins():
        person = Person.objects.get(username=entry.username)
        assert person.check_password(getattr(settings, "DEMO_PASSWORD"))  # noqa: B009 - not known to the stubs
        assert not person.must_change_password


def test_everybody_at_an_agency_has_an_address_that_nobody_has() -> None:
    demo.load()
    people = Person.objects.filter(is_superuser=False)
    addresses = set(people.values_list("email", flat=True))
    assert len(addresses) == people.count()
    assert all(address.endswith(f"@{demo.MAIL}") for address in addresses)
    assert demo.MAIL.endswith(".example"), "reserved for ever (RFC 2606)"


def test_only_agencies_of_the_invented_county_are_marked_as_invented() -> None:
    for agency in demo.load().values():
        assert agency.invented is agency.full_name.startswith("示例县")
        assert agency.region.code.startswith("99") is agency.invented


def test_every_chain_of_the_demo_can_be_signed() -> None:
    demo.load()
    chains = SigningChain.objects.all()
    assert chains
    for chain in chains:
        assert signing.problems(signing.steps_of(chain, demo._SINCE)) == [], chain


def test_the_agencies_of_the_seeds_are_found_by_the_names_in_their_reports() -> None:
    demo.load()
    names = {"偃师区大口镇人民政府": "dakou", "昆阳镇人民政府": "kunyang", "湛河区信访局": "zhanhe-xinfang",
             "重庆市綦江区三角镇人民政府": "sanjiao", "偃师区文化广电和旅游局": "yanshi-wenlv"}  # fmt: skip
    for name, slug in names.items():
        assert [agency.slug for agency in find_by_name(name)] == [slug], name
    written = EXPECTED.read_text(encoding="utf-8") if EXPECTED.exists() else json.dumps(list(names))
    assert any(name in written for name in names)


def test_somebody_of_the_demo_signs_in_with_the_known_password(settings: object) -> None:
    demo.load()
    client = Client()
    password = getattr(settings, "DEMO_PASSWORD")  # noqa: B009 - not known to the stubs
    response = client.post("/accounts/login/", {"login": "kunyang-clerk", "password": password})
    assert response.headers["Location"] == "/admin/"
    page = client.get("/admin/").content.decode()
    assert "平阳县昆阳镇人民政府" in page


@override_settings(DEMO_PASSWORD="")
def test_where_no_password_is_known_there_is_no_demo() -> None:
    with pytest.raises(CommandError, match="演示数据只用于开发设置"):
        call_command("load_demo_agencies")
    assert counts() == [0, 0, 0, 0, 0]


def test_the_command_prints_whom_one_can_sign_in_as() -> None:
    out = StringIO()
    call_command("load_demo_agencies", stdout=out)
    assert "kunyang-clerk" in out.getvalue()
    assert "平阳县昆阳镇人民政府" in out.getvalue()


def test_the_first_administrator_is_made_on_the_machine() -> None:
    out = StringIO()
    call_command("create_administrator", "zhang", "张主任", stdout=out)
    password = out.getvalue().strip().rpartition("：")[2]
    person = Person.objects.get(username="zhang")
    assert person.is_superuser
    assert person.check_password(password)
    assert person.must_change_password
    with pytest.raises(CommandError, match="登录名"):
        call_command("create_administrator", "zhang", "另一人")


def test_regions_are_imported_all_or_none(tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_text(
        "代码,名称\n330326,平阳县\n330300,温州市\n330000,浙江省\n330326100,昆阳镇\n", encoding="utf-8-sig"
    )
    out = StringIO()
    call_command("import_regions", str(file), stdout=out)
    assert "新增4个" in out.getvalue()
    assert Region.objects.get(code="330326100").full_name == "浙江省温州市平阳县昆阳镇"
    call_command("import_regions", str(file), stdout=out)
    assert "新增0个" in out.getvalue()
    file.write_text("410000,河南省\n01,错\n", encoding="utf-8")
    with pytest.raises(CommandError, match="01 错"):
        call_command("import_regions", str(file))
    assert not Region.objects.filter(code="410000").exists()
