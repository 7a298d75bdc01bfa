"""The files of a draft that is being changed: its form carries each along as long as its box is ticked.

No browser lets a page fill in a file again. What the draft holds is there already, checked and encrypted.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from django import forms
from django.http import HttpRequest

from gongkai.web.applications.forms.entry import MOST_FILES
from gongkai.web.applications.receiving import drafts, intake
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal.applications import in_hand
from gongkai.web.portal.applications.hints import PublicForm

#: The field with the name of the draft that is being changed.
FIELD: Final = "draft"
_KEEP: Final = "keep_"
GONE: Final = ActionRefused(
    "先前选好的文件已经过期，不能带回", remedy="填写的文字都还在：请重新选择文件，再点“下一步：核对”"
)


def held(request: HttpRequest) -> tuple[intake.Upload, ...]:
    """The files of the draft that this browser has in hand and is changing; none where it is over."""
    hand = in_hand.of(request, request.POST.get(FIELD, ""))
    if hand is not None:
        with suppress(ActionRefused):  # a file that cannot be read any more: all are chosen again
            wanted = drafts.of_token(hand.token)
            return wanted.uploads if wanted is not None else ()
    return ()


def lost(request: HttpRequest, files: Sequence[intake.Upload]) -> bool:
    """Whether a form relies on files of a draft that is over: without a word they would be missing."""
    return not files and any(name.startswith(_KEEP) for name in request.POST)


def typed(request: HttpRequest) -> dict[str, Any]:
    """What was sent, to be given back as it is. Of boxes those that were ticked: none is an answer too."""
    said: dict[str, Any] = dict(request.POST.items())
    if FIELD in said:
        boxes = (_KEEP + name for name, _ in PublicForm.file_fields)
        said |= {name: request.POST.getlist(name) for name in boxes}
    return said


class CarryingForm(PublicForm):
    """The public form, with a box for each file that its draft holds; ``held`` are these files."""

    def __init__(self, *args: Any, held: Sequence[intake.Upload] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        for name, purpose in self.file_fields:
            boxes = [(str(place), one.name) for place, one in enumerate(held) if one.purpose == purpose]
            if boxes:
                field = forms.MultipleChoiceField(
                    label=f"已选好的{self.fields[name].label}，不要的请取消勾选",
                    choices=boxes, required=False, widget=forms.CheckboxSelectMultiple(),
                    initial=[place for place, _ in boxes],
                )  # fmt: skip
                field.several = True  # type: ignore[attr-defined]
                self.fields[_KEEP + name] = field

    def clean(self) -> dict[str, Any]:
        """With the files that are kept, a field takes no more than without."""
        cleaned = super().clean()
        for name, _ in self.file_fields:
            many = len(cleaned.get(name, [])) + len(cleaned.get(_KEEP + name, []))
            if many > MOST_FILES and name not in self.errors:
                self.add_error(name, f"连同已选好的共{many}个文件，最多{MOST_FILES}个，请合并后再上传")
        return cleaned

    def along(self) -> list[intake.Upload]:
        """Those whose box is ticked, in their order."""
        ticked = {
            int(place) for name, _ in self.file_fields for place in self.cleaned_data.get(_KEEP + name, [])
        }
        return [one for place, one in enumerate(self.held) if place in ticked]

    def laid_out(self) -> list[dict[str, Any]]:
        """The blocks; the boxes stand before the field for more files, and what holds any is open."""
        blocks = super().laid_out()
        for block in blocks:
            names = [
                name
                for one in block["fields"]
                for name in (_KEEP + one.name, one.name)
                if name in self.fields
            ]
            block["open"] = block["open"] or len(names) > len(block["fields"])
            block["fields"] = [self[name] for name in names]
        return blocks
