"""A trust store on disk: a folder of certificates and revocation lists, one file each."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from devices.chip.errors import ChipError
from devices.chip.pki import crl
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.trust_store import TrustStore


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a store made or renewed, and how many it found there already."""

    new: int
    present: int


def write(store: TrustStore, folder: Path) -> Written:
    """Add a store to a folder, which is made where it is not there.

    A revocation list replaces an older one of the same issuer, never a newer one.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = present = 0
    for item in (*store.authorities, *store.document_signers):
        if _write_new(folder / _certificate_name(item), item.raw):
            new += 1
        else:
            present += 1
    for revocation_list in store.revocation_lists:
        path = folder / _list_name(revocation_list)
        if _is_newer(revocation_list, path) and _replace(path, revocation_list.raw):
            new += 1
        else:
            present += 1
    return Written(new, present)


def _certificate_name(item: Certificate) -> str:
    return f"{item.country or 'XX'}-{item.fingerprint[:16]}.cer"


def _list_name(item: RevocationList) -> str:
    issuer = hashlib.sha256(repr(item.issuer.normalised).encode()).hexdigest()
    return f"{item.issuer.country or 'XX'}-{issuer[:16]}.crl"


def _write_new(path: Path, data: bytes) -> bool:
    return not path.exists() and _replace(path, data)


def _replace(path: Path, data: bytes) -> bool:
    """Put a file in place at once, so that a reader never sees half of it."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
    return True


def _is_newer(item: RevocationList, path: Path) -> bool:
    try:
        return item.this_update > crl.parse(path.read_bytes()).this_update
    except (OSError, ChipError):
        return True
