"""A mail address as an account is known by it: the spelling that every mail of the site goes to."""

from gongkai.web.common.address import LONGEST, normal

__all__ = ["LONGEST", "normal"]
