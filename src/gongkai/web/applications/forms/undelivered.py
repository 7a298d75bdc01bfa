"""How an applicant was reached whom a mail or message did not reach."""

from gongkai.web.applications.forms.workbench import ActForm, area


class ToldOtherwiseForm(ActForm):
    """In words; a note of the case."""

    how = area("怎样告知的（方式、日期，如：当日电话告知申请人本人）")
