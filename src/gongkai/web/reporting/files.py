"""Files of the reports in Django's storage: as uploaded, under the hash of their content, and as read."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage, storages

from gongkai.kernel import GongkaiError
from gongkai.report import api
from gongkai.web.common.errors import ActionRefused
from gongkai.web.reporting.models import SourceFile

if TYPE_CHECKING:
    from gongkai.report.api import Original

#: What the engine takes at most; a larger file is refused before it is stored.
LARGEST = api.LARGEST_FILE
#: Endings the engine knows. What a file really is, its content says when it is read.
SUFFIXES = frozenset(
    f".{suffix}"
    for kinds in (
        "txt md csv htm html mht mhtml json",
        "docx doc wps rtf odt pdf ofd xlsx xlsm xls et ods",
        "png jpg jpeg tif tiff bmp gif webp",
    )
    for suffix in kinds.split()
)


def storage() -> Storage:
    """Where the files lie: the storage ``reports`` where the settings have one, else the default."""
    return storages["reports"] if "reports" in settings.STORAGES else default_storage


def clean_name(name: str) -> str:
    """The bare name of an uploaded file, at most 255 characters, ending kept."""
    bare = PurePosixPath(name.replace("\\", "/")).name.strip() or "未命名"
    if len(bare) <= 255:
        return bare
    suffix = PurePosixPath(bare).suffix[:20]
    return bare[: 255 - len(suffix)] + suffix


def refuse_unfit(name: str, size: int | None) -> None:
    """Raise ``ActionRefused`` where a file is empty, too large, or of a kind no report comes in."""
    suffix = PurePosixPath(name).suffix.lower()
    if not size:
        raise ActionRefused("文件是空的", place=name, remedy="请重新导出或下载后再上传")
    if size > LARGEST:
        raise ActionRefused(
            f"文件有{-(-size // 2**20)}MB，超过{LARGEST // 2**20}MB",
            place=name,
            remedy="请只上传年度报告本身",
        )
    if suffix not in SUFFIXES:
        raise ActionRefused(
            f"不能读取“{suffix or '没有扩展名'}”的文件",
            place=name,
            remedy="请上传文本、网页、DOCX、DOC、PDF、OFD、XLSX 文件或图片",
        )


def store(content: "File[bytes]") -> SourceFile:
    """The stored file of this content; what is there already is not stored again."""
    digest = hashlib.sha256()
    size = 0
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    sha256 = digest.hexdigest()
    found = SourceFile.objects.filter(sha256=sha256).first()
    if found is not None and storage().exists(found.path):
        return found
    content.seek(0)
    path = storage().save(f"reporting/files/{sha256[:2]}/{sha256}", content)
    stored, _ = SourceFile.objects.update_or_create(sha256=sha256, defaults={"size": size, "path": path})
    return stored


@contextmanager
def on_disk(source: SourceFile) -> Iterator[str]:
    """The path of a copy on the local disk, for the engine's workers."""
    with NamedTemporaryFile(prefix="gongkai-report-") as copy:
        with storage().open(source.path) as stored:
            for chunk in stored.chunks():
                copy.write(chunk)
        copy.flush()
        yield copy.name


def _original_path(sha256: str, engine: str) -> str:
    return f"reporting/originals/{sha256[:2]}/{sha256}-{engine}"


def keep_original(source: SourceFile, engine: str, original: "Original") -> None:
    """Keep what an engine read: report, grid and pictures. What an engine read before is replaced."""
    path = _original_path(source.sha256, engine)
    if storage().exists(path):
        storage().delete(path)
    storage().save(path, ContentFile(api.dump_original(original)))


def original(source: SourceFile, engine: str) -> "Original":
    """What an engine read from a file. Raises GongkaiError where it is gone or of an older form."""
    try:
        with storage().open(_original_path(source.sha256, engine)) as kept:
            return api.load_original(kept.read())
    except FileNotFoundError as error:
        raise GongkaiError(
            "这一版的读取结果不在了", remedy="请点“重新读取”，系统会从原文件再读一次", code="original"
        ) from error
