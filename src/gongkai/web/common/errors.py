"""Refusals that reach a person."""

from gongkai.kernel import GongkaiError


class Denied(GongkaiError):
    """The actor may not do this, or nobody has said that the actor may."""

    code = "denied"


class ActionRefused(GongkaiError):
    """The actor may do this, but not now or not so: a transition not allowed, a value that is wrong."""

    code = "refused"


class Outrun(ActionRefused):
    """What was made before the transaction is no longer what is needed: somebody else was faster."""

    code = "stale"
