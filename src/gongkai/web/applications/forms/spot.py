"""The form of an answer on the spot: the reply's own, with what is handed over."""

from typing import Any

from gongkai.web.applications import accepted, files
from gongkai.web.applications.forms.entry import ManyFiles
from gongkai.web.applications.forms.letters import LetterForm
from gongkai.web.applications.models import Purpose
from gongkai.web.applications.receiving import intake


class OnTheSpotForm(LetterForm):
    """A reply, and copies of what it discloses for the file and for the applicant's page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disclosed"] = ManyFiles(label="提供给申请人的信息（电子文件，可不传）", required=False)

    def uploads(self) -> tuple[intake.Upload, ...]:
        """The files as the action takes them. Raises ``ActionRefused`` where one is too large."""
        return tuple(
            intake.Upload(Purpose.DISCLOSED, accepted.clean_name(one.name or ""), files.read_upload(one))
            for one in self.cleaned_data["disclosed"]
        )
