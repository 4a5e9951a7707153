"""LDIF as the ICAO PKD publishes it: document signers, CRLs and master lists (RFC 2849)."""

import base64
import binascii
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from devices.chip.pki.errors import MalformedPkiData

_MAX_VALUE: Final = 32 * 1024 * 1024


class Kind(Enum):
    """What a value of the directory is."""

    DOCUMENT_SIGNER = "usercertificate"
    AUTHORITY = "cacertificate"
    REVOCATION_LIST = "certificaterevocationlist"
    MASTER_LIST = "pkdmasterlistcontent"


_KINDS: Final = {kind.value: kind for kind in Kind} | {
    "cscamasterlistdata": Kind.MASTER_LIST,
    "authorityrevocationlist": Kind.REVOCATION_LIST,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One value with the number of the line on which it begins."""

    kind: Kind
    value: bytes
    line: int


def looks_like(data: bytes) -> bool:
    """Whether a file is LDIF."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n ")
    return head.startswith((b"dn:", b"version:", b"#"))


def entries(data: bytes) -> Iterator[Entry]:
    """The certificates, CRLs and master lists of a file, in order; everything else is passed over.

    Raises:
        MalformedPkiData: a line is not LDIF, or a value is not Base64.
    """
    for number, line in _logical_lines(data):
        name, colon, rest = line.partition(b":")
        if not colon:
            raise MalformedPkiData(f"line {number} of the LDIF file has no attribute name")
        kind = _KINDS.get(name.split(b";")[0].decode("ascii", "replace").lower())
        if kind is None or not rest.startswith(b":"):
            continue
        if len(rest) > _MAX_VALUE:
            raise MalformedPkiData(f"line {number} of the LDIF file has too long a value")
        try:
            value = base64.b64decode(rest[1:].strip(), validate=True)
        except binascii.Error:
            raise MalformedPkiData(f"line {number} of the LDIF file is not Base64") from None
        yield Entry(kind, value, number)


def _logical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines with their continuations, which begin with a space, put together."""
    parts: list[bytes] = []
    begin = 0
    for number, ended in enumerate(io.BytesIO(data), start=1):
        line = ended.rstrip(b"\r\n")
        if line.startswith(b" ") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begin, b"".join(parts)
        parts = []
        if line and not line.startswith(b"#") and line.strip() != b"-":
            parts, begin = [line], number
    if parts:
        yield begin, b"".join(parts)
