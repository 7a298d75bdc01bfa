"""What the public form says beside its fields: what must be filled in, what it is for, which files go."""

from typing import Any, Final

from django.utils.html import format_html

from gongkai.web.applications import accepted
from gongkai.web.applications.forms.entry import (
    LARGEST_TOGETHER,
    MOST_FILES,
    MUST,
    MUST_SAID,
    ONE_OF,
    ONE_OF_SAID,
    ApplicationForm,
    ManyFiles,
)

_MB: Final = 2**20
_WITH_ONE: Final = '{}<span class="hidden">{}</span>'
_ONE_NEEDED: Final = "电话、邮箱、通信地址至少填一种。"
FILES: Final = (
    "可以用 PDF、JPG、PNG、DOC、DOCX、WPS、XLSX、OFD、TXT 文件，"
    f"每个最大{accepted.LARGEST // _MB}MB，最多{MOST_FILES}个。"
)
_HINTS: Final = {
    "identity_number": "号码要与上面选的证件种类一致。",
    "identity_files": f"{FILES}全部附件合计最大{LARGEST_TOGETHER // _MB}MB。",
    "agent_files": FILES,
    "request_files": FILES,
    "phone": "手机号码，或带区号的固定电话。",
    "email": "填写后，回执会寄到这里。",
    "address": "寄送文书用，写到门牌号。",
    "subject": "文件、表格或事项的名称，不超过200字。",
    "details": "文号、年份、地点、项目名称等，不超过5000字。",
}


class PublicForm(ApplicationForm):
    """The application form as the public fills it in: the same fields and rules, with what helps to do so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.help_text = _HINTS.get(name, "")
            if name in MUST:
                field.mark = MUST_SAID  # type: ignore[attr-defined]
                field.widget.attrs["aria-required"] = "true"
            elif name in ONE_OF:
                field.mark = ONE_OF_SAID  # type: ignore[attr-defined]
                # The mark is for the eye; whoever hears the field alone is told with its hint.
                field.help_text = format_html(_WITH_ONE, field.help_text, _ONE_NEEDED)
            elif not field.required:
                field.mark = "可不填"  # type: ignore[attr-defined]
            if isinstance(field, ManyFiles):
                field.widget.attrs["accept"] = accepted.ACCEPTED
