"""The town most tests work in."""

import pytest

from gongkai.web.agencies.models import Region, Role
from tests.web.reporting.people import Town, agency, person


@pytest.fixture
def town(db: None) -> Town:
    province = Region.objects.create(code="330000", name="浙江省")
    city = Region.objects.create(code="330300", name="温州市", parent=province)
    county_region = Region.objects.create(code="330326", name="平阳县", parent=city)
    county = agency("平阳县人民政府", county_region, "pingyang", "government")
    here = agency("平阳县昆阳镇人民政府", county_region, "kunyang", above=county)
    neighbour = agency("平阳县鳌江镇人民政府", county_region, "aojiang", above=county)
    return Town(
        county=county,
        agency=here,
        neighbour=neighbour,
        clerk=person("zhang.san", "张三", here, Role.CLERK),
        second_clerk=person("li.si", "李四", here, Role.CLERK),
        head=person("wang.wu", "王五", here, Role.SECTION_HEAD),
        secrecy=person("zhao.liu", "赵六", here, Role.SECRECY_REVIEWER),
        leader=person("qian.qi", "钱七", here, Role.LEADER),
        office=person("sun.ba", "孙八", county, Role.DISCLOSURE_OFFICE),
        other_clerk=person("zhou.jiu", "周九", neighbour, Role.CLERK),
        stranger=person("wu.shi", "吴十"),
    )
