"""EF.SOD: the signed hashes of the data groups (ICAO Doc 9303-10, section 4.6.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from asn1crypto import algos, core

from devices.chip import tlv
from devices.chip.pki import algorithms, cms
from devices.chip.pki.cms import SignedData
from devices.chip.pki.errors import MalformedPkiData, malformed

_TAG: Final = 0x77
LDS_SECURITY_OBJECT: Final = "2.23.136.1.1.1"
LEGACY_LDS_SECURITY_OBJECT: Final = "1.2.528.1.1006.1.20.1"
ID_DATA: Final = "1.2.840.113549.1.7.1"
CONTENT_TYPES: Final = frozenset(
    {LDS_SECURITY_OBJECT, "1.3.27.1.1.1", LEGACY_LDS_SECURITY_OBJECT, ID_DATA}
)
"""The standard's, two of its drafts that some states still use, and what China writes."""


class DataGroupHash(core.Sequence):  # type: ignore[misc] # asn1crypto has no types
    """DataGroupHash of Doc 9303-10, section 4.6.2.3."""

    _fields: ClassVar = [("number", core.Integer), ("value", core.OctetString)]


class _DataGroupHashes(core.SequenceOf):  # type: ignore[misc] # as above
    _child_spec = DataGroupHash


class _VersionInfo(core.Sequence):  # type: ignore[misc] # as above
    _fields: ClassVar = [("lds", core.PrintableString), ("unicode", core.PrintableString)]


class LdsSecurityObject(core.Sequence):  # type: ignore[misc] # as above
    """LDSSecurityObject of Doc 9303-10, section 4.6.2.3; the version info is there from LDS 1.8."""

    _fields: ClassVar = [
        ("version", core.Integer),
        ("hash_algorithm", algos.DigestAlgorithm),
        ("hashes", _DataGroupHashes),
        ("version_info", _VersionInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """What EF.SOD says, and the signed data in which it says it."""

    signed: SignedData = field(repr=False)
    hash_oid: str
    hashes: Mapping[int, bytes]
    """Data group number: hash of its file's bytes."""
    lds_version: str | None
    """Signed from LDS 1.8 on, e.g. ``1.8``."""


def parse(data: bytes) -> SecurityObject:
    """Read EF.SOD, BER or DER.

    Raises:
        MalformedPkiData, TlvError: it is not that file.
    """
    outer = tlv.parse(data)
    if outer.tag != _TAG:
        raise MalformedPkiData(f"EF.SOD: tag {_TAG:X} expected, {outer.tag:X} found")
    signed = cms.parse(outer.value)
    if signed.content_type not in CONTENT_TYPES:
        raise MalformedPkiData(f"EF.SOD: content of the type {signed.content_type}")
    with malformed("the LDS security object"):
        content = LdsSecurityObject.load(signed.content, strict=True)
        hashes: dict[int, bytes] = {}
        for item in content["hashes"]:
            number = int(item["number"].native)
            if number in hashes:
                raise MalformedPkiData(f"EF.SOD has two hashes of DG{number}")
            hashes[number] = item["value"].native
        return SecurityObject(
            signed=signed,
            hash_oid=content["hash_algorithm"]["algorithm"].dotted,
            hashes=hashes,
            lds_version=_version(content["version_info"]),
        )


def digest(security_object: SecurityObject, data: bytes) -> bytes:
    """The hash of a file with the security object's algorithm; raises UnsupportedAlgorithm."""
    return algorithms.digest(algorithms.hash_name(security_object.hash_oid), data)


def _version(info: _VersionInfo | core.Void) -> str | None:
    if isinstance(info, core.Void):
        return None
    text = str(info["lds"].native)
    if len(text) != 4 or not text.isdigit():
        return None
    return f"{int(text[:2])}.{int(text[2:])}"
