"""Office Open XML packages (DOCX, XLSX): where their main part is."""

from posixpath import normpath

from gongkai.report.read.limits import Archive

_OFFICE_DOCUMENT = "/officeDocument"


def main_part(archive: Archive) -> str:
    """The name of the main part of an Office Open XML package, "" where there is none."""
    if "_rels/.rels" in archive.names:
        for relation in archive.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith(_OFFICE_DOCUMENT):
                target = normpath((relation.get("Target") or "").lstrip("/"))
                if target in archive.names:
                    return target
    for name in ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"):
        if name in archive.names:
            return name
    return ""
