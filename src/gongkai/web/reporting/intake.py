"""Whose report, and for which year, a file says it is."""

from gongkai.kernel import UnreadableError
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.selectors import find_by_name
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.reporting import engine, selectors
from gongkai.web.reporting.actions.intake import AskAboutIntake, FileIntake
from gongkai.web.reporting.models import Intake

_CHOOSE = "请选择机关和年度后归档"


def settle(intake: Intake, reader: Actor) -> None:
    """File it by what stands in it, in the name of whoever uploaded it; else ask them, and say why."""
    owner = Actor.of(intake.uploaded_by)
    try:
        report = engine.open_source(intake.source, intake.source_name).report
    except UnreadableError as error:
        ask(intake, reader, f"无法读取：{error.message}", error.remedy or _CHOOSE)
        return
    agency, why = (intake.agency, "") if intake.agency else _agency(report.agency, owner)
    year = intake.year or report.year
    if agency is None or year is None:
        said = [why] if agency is None else []
        said += ["文件没有写明年度"] if year is None else []
        ask(intake, reader, "；".join(said), _CHOOSE, agency, year)
        return
    try:
        FileIntake(owner, intake=intake, agency=agency, year=year).run()
    except (ActionRefused, Denied) as error:
        ask(intake, reader, error.message, error.remedy or _CHOOSE, agency, year)


def ask(
    intake: Intake,
    reader: Actor,
    message: str,
    remedy: str,
    agency: Agency | None = None,
    year: int | None = None,
) -> None:
    """Ask the uploader; what is settled meanwhile is left alone."""
    try:
        AskAboutIntake(reader, intake=intake, message=message, remedy=remedy, agency=agency, year=year).run()
    except ActionRefused as refusal:
        if refusal.code != "stale":
            raise


def _agency(name: str | None, owner: Actor) -> tuple[Agency | None, str]:
    """The one agency a name in a file means, of those the uploader may file under; else why there is none."""
    if not name:
        return None, "文件没有写明机关"
    mine = {agency.pk for agency in selectors.upload_agencies(owner)}
    found = [agency for agency in find_by_name(name) if agency.pk in mine]
    if len(found) == 1:
        return found[0], ""
    return None, f"文件写明的“{name}”{'可能是几个机关' if found else '不在您可以上传的机关中'}"
