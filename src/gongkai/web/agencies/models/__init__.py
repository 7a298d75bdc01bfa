"""Regions, agencies, people, posts, signing chains."""

from gongkai.web.agencies.models.agencies import Agency, AgencyKind, AgencyName
from gongkai.web.agencies.models.people import Person
from gongkai.web.agencies.models.posts import HandOver, Leave, Post, Role
from gongkai.web.agencies.models.regions import Region
from gongkai.web.agencies.models.signing import Matter, SigningChain, SigningStep

__all__ = [
    "Agency",
    "AgencyKind",
    "AgencyName",
    "HandOver",
    "Leave",
    "Matter",
    "Person",
    "Post",
    "Region",
    "Role",
    "SigningChain",
    "SigningStep",
]
