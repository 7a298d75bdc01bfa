"""Values shared by every layer. Standard library only."""

from gongkai.kernel.errors import GongkaiError, UnreadableError
from gongkai.kernel.finding import Finding, Level
from gongkai.kernel.law_ref import LawRef
from gongkai.kernel.period import Period
from gongkai.kernel.place import Place

__all__ = ["Finding", "GongkaiError", "LawRef", "Level", "Period", "Place", "UnreadableError"]
