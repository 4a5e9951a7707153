"""Trust material from files and folders: PEM, DER, LDIF, master lists, in any mixture.

Certificates that somebody puts into a trust folder are taken at that person's word. A master list
is not: its signer has to be trusted already, by a certificate or by an earlier list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from asn1crypto import pem

from devices.chip.errors import ChipError
from devices.chip.pki import certificate, cms, crl, ldif, master_list
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.errors import MalformedPkiData, PkiError, UntrustedList, malformed
from devices.chip.pki.ldif import Kind
from devices.chip.pki.master_list import MasterList
from devices.chip.pki.trust_store import TrustStore

_MAX_FILE: Final = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Loaded:
    """A trust store, and what is to be said about how it came about."""

    store: TrustStore
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    source: str
    master_list: MasterList


class _Collector:
    """Gathers what files hold."""

    def __init__(self, *, keep_document_signers: bool) -> None:
        self.authorities: dict[bytes, Certificate] = {}
        self.signers: dict[bytes, Certificate] = {}
        self.lists: dict[bytes, RevocationList] = {}
        self.master_lists: list[_Named] = []
        self.notes: list[str] = []
        self._keep_document_signers = keep_document_signers

    def store(self) -> TrustStore:
        return TrustStore(
            tuple(self.authorities.values()),
            tuple(self.lists.values()),
            tuple(self.signers.values()),
        )

    def add_file(self, data: bytes, source: str) -> None:
        """Take what a file holds; raises MalformedPkiData when it is nothing that is known."""
        if ldif.looks_like(data):
            self._add_ldif(data, source)
        elif pem.detect(data):
            with malformed(source):
                blocks = list(pem.unarmor(data, multiple=True))
            for _kind, _headers, block in blocks:
                self._add_der(block, source)
        else:
            self._add_der(data, source)

    def add_certificate(self, item: Certificate) -> None:
        (self.authorities if _is_authority(item) else self.signers)[item.raw] = item

    def _add_der(self, data: bytes, source: str) -> None:
        try:
            self.add_certificate(certificate.parse(data))
        except MalformedPkiData:
            pass
        else:
            return
        try:
            found = crl.parse(data)
        except MalformedPkiData:
            pass
        else:
            self.lists[found.raw] = found
            return
        try:
            signed = cms.parse(data)
        except ChipError:
            raise MalformedPkiData(
                f"{source}: is no certificate, revocation list, master list or LDIF file"
            ) from None
        self._add_master_list(master_list.read(signed), source)

    def _add_master_list(self, found: MasterList, source: str) -> None:
        if found.unreadable:
            self.notes.append(f"{source}: {found.unreadable} certificates could not be read")
        self.master_lists.append(_Named(source, found))

    def _add_ldif(self, data: bytes, source: str) -> None:
        skipped = unreadable = 0
        for entry in ldif.entries(data):
            if entry.kind is Kind.DOCUMENT_SIGNER and not self._keep_document_signers:
                skipped += 1
                continue
            try:
                if entry.kind is Kind.MASTER_LIST:
                    self._add_master_list(
                        master_list.parse(entry.value), f"{source}, line {entry.line}"
                    )
                elif entry.kind is Kind.REVOCATION_LIST:
                    self.lists[entry.value] = crl.parse(entry.value)
                else:
                    self.add_certificate(certificate.parse(entry.value))
            except ChipError:
                unreadable += 1
        if skipped:
            self.notes.append(f"{source}: {skipped} document signer certificates were passed over")
        if unreadable:
            self.notes.append(f"{source}: {unreadable} entries could not be read")


def load(
    paths: Iterable[Path],
    at: datetime,
    *,
    known: TrustStore | None = None,
    fingerprints: frozenset[str] = frozenset(),
    believe_lists: bool = False,
    keep_document_signers: bool = False,
) -> Loaded:
    """Read trust material.

    Args:
        paths: files, and folders with all that is below them.
        at: aware time at which master list signers have to be valid.
        known: what is trusted already; master lists may be signed under it. Not in the result.
        fingerprints: SHA-256 (hexadecimal) of CSCA certificates that somebody has compared with
            what the state publishes; master lists that bring them along may be signed under them.
        believe_lists: take a list whose signer is not trusted at its word, with a note.
        keep_document_signers: take document signers from LDIF too (the ICAO PKD has thousands;
            they are needed only for documents that do not bring theirs along).

    Raises:
        UntrustedList: a master list's signer is not trusted.
        MalformedPkiData: a file that was named holds nothing that is known.
    """
    collector = _Collector(keep_document_signers=keep_document_signers)
    for path in paths:
        _add_path(collector, path)
    trusted = (known or TrustStore()).merged(collector.store())
    pending = collector.master_lists
    while pending:
        believed, pending, problem = _believe(pending, trusted, at, fingerprints, believe_lists)
        if not believed and problem is not None:
            raise problem
        for item, note in believed:
            collector.notes.append(note)
            for found in item.master_list.certificates:
                collector.add_certificate(found)
        trusted = trusted.merged(collector.store())
    return Loaded(collector.store(), tuple(collector.notes))


def _add_path(collector: _Collector, path: Path) -> None:
    named = not path.is_dir()
    for file in [path] if named else _files_below(path):
        try:
            if file.stat().st_size > _MAX_FILE:
                raise MalformedPkiData(f"{file}: is larger than {_MAX_FILE >> 20} MiB")
            collector.add_file(file.read_bytes(), str(file))
        except OSError as error:
            raise MalformedPkiData(f"{file}: cannot be read: {error.strerror}") from None
        except PkiError as error:
            if named:
                raise
            collector.notes.append(f"{error}; it was passed over")


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _believe(
    pending: list[_Named],
    trusted: TrustStore,
    at: datetime,
    fingerprints: frozenset[str],
    believe_lists: bool,
) -> tuple[list[tuple[_Named, str]], list[_Named], UntrustedList | None]:
    """Those lists that can be believed now, those that cannot, and why one cannot."""
    believed: list[tuple[_Named, str]] = []
    rest: list[_Named] = []
    problem: UntrustedList | None = None
    for item in pending:
        compared = tuple(
            anchor
            for anchor in item.master_list.own_anchors()
            if anchor.fingerprint in fingerprints
        )
        try:
            anchor = item.master_list.verify(trusted.merged(TrustStore(compared)), at)
        except UntrustedList as error:
            rest.append(item)
            problem = problem or _explained(item, error)
            continue
        believed.append((item, f"{item.source}: {_summary(item)}, under {anchor.subject}"))
    if not believed and believe_lists:
        for item in rest:
            own = TrustStore(item.master_list.own_anchors())
            try:
                anchor = item.master_list.verify(own, at)
            except UntrustedList as error:
                raise UntrustedList(f"{item.source}: {error}") from None
            note = (
                f"{item.source}: {_summary(item)}, but only the list itself vouches for its signer;"
                f" compare {anchor.subject}, SHA-256 {anchor.fingerprint}"
            )
            believed.append((item, note))
        rest = []
    return believed, rest, problem


def _summary(item: _Named) -> str:
    return f"master list of {len(item.master_list.certificates)} certificates"


def _explained(item: _Named, error: UntrustedList) -> UntrustedList:
    own = "; ".join(
        f"{anchor.subject}, SHA-256 {anchor.fingerprint}"
        for anchor in item.master_list.own_anchors()
    )
    advice = (
        f". Compare its CSCA with what the state publishes, and give its fingerprint: {own}"
        if own
        else ". Give the CSCA certificate of its signer"
    )
    return UntrustedList(f"{item.source}: {error}{advice}")


def _is_authority(item: Certificate) -> bool:
    if item.is_authority is not None:
        return item.is_authority
    return item.self_issued
