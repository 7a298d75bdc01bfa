"""Errors that reach a person: always a Chinese message, a place and a remedy."""


class GongkaiError(Exception):
    """Base of every error shown to a user.

    ``message`` says in Chinese what is wrong, ``place`` where (file, page, table or field; may be empty)
    and ``remedy`` what to do about it. ``code`` is a stable identifier for programs.
    """

    code = "error"

    def __init__(self, message: str, *, place: str = "", remedy: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy
        if code:
            self.code = code

    def __str__(self) -> str:
        return f"{self.place}：{self.without_place()}" if self.place else self.without_place()

    def without_place(self) -> str:
        """What is wrong and what to do, for a list that names the place itself."""
        return f"{self.message}（{self.remedy}）" if self.remedy else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.place, self.remedy, self.code)


class UnreadableError(GongkaiError):
    """The file cannot be read as an annual report; nothing of it is passed off as an answer."""

    code = "unreadable"


def _rebuild(kind: type[GongkaiError], message: str, place: str, remedy: str, code: str) -> GongkaiError:
    """Unpickle an error that crossed a process boundary."""
    return kind(message, place=place, remedy=remedy, code=code)
