"""The audit log: append-only, hash-chained per agency, sealed with a key the database does not hold."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.web.common import keys
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import AuditChain, AuditEntry

__all__ = ["AuditEntry", "Break", "record", "verify"]

_SEAL = "common.audit.seal"
#: The chain of what concerns the site as a whole; it also names every other chain when that begins.
_SITE = 0
BEGUN = "common.begin_audit_chain"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold: the entry's number, or None for the chain as a whole."""

    agency_id: int
    number: int | None
    reason: str


def record(actor: Actor, code: str, agency_id: int, details: Mapping[str, Any] | None = None) -> AuditEntry:
    """Add an entry to the agency's chain, inside the transaction of what it records.

    ``details`` holds ids and keyed hashes only: str, int, bool, None, lists and mappings of these; anything
    else raises TypeError. Without a transaction it raises RuntimeError: an entry alone is not a record.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "an audit entry is written in the transaction of the change"
        raise RuntimeError(message)
    plain = _plain(dict(details or {}))
    if agency_id != _SITE and not AuditChain.objects.filter(agency_id=agency_id).exists():
        _begin(agency_id)
    return _add(actor, code, _locked(agency_id), plain)


def _begin(agency_id: int) -> None:
    """Name a new chain in the site's own, so that it cannot vanish, or begin anew, unnoticed."""
    site = _locked(_SITE)  # before the new chain is there: of two that begin it, the second waits here
    if AuditChain.objects.get_or_create(agency_id=agency_id)[1]:
        _add(Actor.system("audit"), BEGUN, site, {"agency": agency_id})


def _locked(agency_id: int) -> AuditChain:
    AuditChain.objects.get_or_create(agency_id=agency_id)
    return AuditChain.objects.select_for_update().get(agency_id=agency_id)


def _add(actor: Actor, code: str, chain: AuditChain, plain: Any) -> AuditEntry:
    entry = AuditEntry(
        agency_id=chain.agency_id,
        number=chain.number + 1,
        at=timezone.now(),
        actor_kind=actor.kind,
        actor_id=actor.person_id,
        actor_name=actor.label if actor.kind == "system" else "",
        code=code,
        details=plain,
        previous=chain.hash,
    )
    entry.hash = _digest(entry, settings.AUDIT_HASH)
    entry.save(force_insert=True)
    chain.number, chain.hash = entry.number, entry.hash
    chain.seal = keys.keyed_hash(_end(chain), _SEAL)
    chain.save(force_update=True)
    return entry


def verify(agency_id: int | None = None) -> list[Break]:
    """Every place where a chain is broken: of one agency, or of all. Empty where all is as it was written."""
    entries = AuditEntry.objects.order_by("agency_id", "number")
    chains = AuditChain.objects.all()
    if agency_id is not None:
        entries, chains = entries.filter(agency_id=agency_id), chains.filter(agency_id=agency_id)
    ends = {chain.agency_id: chain for chain in chains}
    breaks: list[Break] = []
    last: dict[int, AuditEntry] = {}
    for entry in entries.iterator(chunk_size=2000):
        breaks.extend(_breaks_of_entry(entry, last.get(entry.agency_id)))
        last[entry.agency_id] = entry
    for agency in sorted(ends.keys() | last.keys()):
        breaks.extend(_breaks_of_chain(agency, ends.get(agency), last.get(agency)))
    breaks.extend(_missing(agency_id))
    return breaks


def _missing(agency_id: int | None) -> Iterator[Break]:
    """Chains that are gone, or were begun a second time, though the site's chain names them."""
    there = set(AuditChain.objects.values_list("agency_id", flat=True))
    begun = AuditEntry.objects.filter(agency_id=_SITE, code=BEGUN).values_list("details__agency", flat=True)
    for agency, times in sorted(Counter(begun).items()):
        if agency_id in {None, agency}:
            if agency not in there and not AuditEntry.objects.filter(agency_id=agency).exists():
                yield Break(agency, None, "整条审计链不见了：全站的审计链记有它的开头")
            if times > 1:
                yield Break(agency, None, f"审计链曾被清除后重新开始：全站的审计链记有{times}个开头")
    if agency_id in {None, _SITE} and there and _SITE not in there:
        yield Break(_SITE, None, "全站的审计链不见了")


def _breaks_of_entry(entry: AuditEntry, before: AuditEntry | None) -> Iterator[Break]:
    number, previous = (before.number + 1, before.hash) if before else (1, "")
    if entry.number != number:
        yield Break(entry.agency_id, number, f"缺少第{number}条至第{entry.number - 1}条")
    elif entry.previous != previous:
        yield Break(entry.agency_id, entry.number, "与上一条不衔接")
    algorithm = entry.hash.partition(":")[0]
    if algorithm not in _ALGORITHMS or entry.hash != _digest(entry, algorithm):
        yield Break(entry.agency_id, entry.number, "内容与摘要不符")


def _breaks_of_chain(agency_id: int, chain: AuditChain | None, last: AuditEntry | None) -> Iterator[Break]:
    if chain is None:
        yield Break(agency_id, None, "没有链尾记录")
        return
    if (last.number if last else 0, last.hash if last else "") != (chain.number, chain.hash):
        yield Break(agency_id, None, f"链尾应为第{chain.number}条，实际为第{last.number if last else 0}条")
    if chain.number and not keys.matches(_end(chain), _SEAL, chain.seal):
        yield Break(agency_id, None, "封印不符：链尾被改，或封印所用密钥已不在设置中")


def reseal() -> int:
    """Seal every chain that holds with the hash key in force; how many were sealed anew.

    Part of ``rotate_keys``. A broken chain keeps its seal, so that the break stays visible.
    """
    count = 0
    for agency_id in AuditChain.objects.values_list("agency_id", flat=True):
        with transaction.atomic():
            chain = AuditChain.objects.select_for_update().get(agency_id=agency_id)
            if not chain.seal or not keys.outdated(chain.seal) or verify(agency_id):
                continue
            chain.seal = keys.keyed_hash(_end(chain), _SEAL)
            chain.save(force_update=True)
            count += 1
    return count


def _end(chain: AuditChain) -> str:
    return f"{chain.agency_id}/{chain.number}/{chain.hash}"


def _digest(entry: AuditEntry, algorithm: str) -> str:
    content = {
        "agency": entry.agency_id,
        "number": entry.number,
        "at": entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        "actor": [entry.actor_kind, entry.actor_id, entry.actor_name],
        "code": entry.code,
        "details": entry.details,
        "previous": entry.previous,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{algorithm}:{_ALGORITHMS[algorithm](text.encode())}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sm3(data: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


_ALGORITHMS = {"sha256": _sha256, "sm3": _sm3}


def _plain(value: Any) -> Any:
    """The value as JSON gives it back; floats are refused, they do not come back the same everywhere."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    message = f"{type(value).__name__} does not belong into the audit log"
    raise TypeError(message)
