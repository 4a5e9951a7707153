"""A trust store on disk: a folder of certificates and revocation lists, one file each."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from devices.chip.errors import ChipError
from devices.chip.pki import crl
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.trust_store import TrustStore

_NOTHING = TrustStore()


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a store made or renewed, and how many it found there already."""

    new: int
    present: int
    refused: int
    """Revocation lists that would replace one, and that no trusted CSCA signed."""


def write(store: TrustStore, folder: Path, known: TrustStore = _NOTHING) -> Written:
    """Add a store to a folder, which is made where it is not there.

    A revocation list replaces an older one of the same issuer, never a newer one, and only if a
    CSCA of the store or of what is `known` signed it: a forged one would undo revocations.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = present = refused = 0
    for item in (*store.authorities, *store.document_signers):
        if _write_new(folder / _certificate_name(item), item.raw):
            new += 1
        else:
            present += 1
    trusted = known.merged(store)
    for revocation_list in store.revocation_lists:
        path = folder / _list_name(revocation_list)
        there = _list_at(path)
        if there is None:
            new += _replace(path, revocation_list.raw)
        elif revocation_list.this_update <= there.this_update:
            present += 1
        elif revocation_list in trusted.lists_of(revocation_list.issuer):
            new += _replace(path, revocation_list.raw)
        else:
            refused += 1
    return Written(new, present, refused)


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


def _list_at(path: Path) -> RevocationList | None:
    try:
        return crl.parse(path.read_bytes())
    except (OSError, ChipError):
        return None
