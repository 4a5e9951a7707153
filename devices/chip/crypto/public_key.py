"""Public keys for key agreement, as chips state them (X.509; TR-03110-3, section A.2)."""

from dataclasses import dataclass
from typing import Final

from ecdsa.curves import Curve

from devices.chip import object_identifiers as oids
from devices.chip import tlv
from devices.chip.crypto.domain_parameters import (
    STANDARDISED,
    DhParameters,
    DomainParameters,
    by_id,
    matching_group,
)
from devices.chip.errors import CryptoError
from devices.chip.pki.curves import curve_of
from devices.chip.pki.errors import PkiError

_SEQUENCE: Final = 0x30
_OID: Final = 0x06
_INTEGER: Final = 0x02
_BIT_STRING: Final = 0x03


@dataclass(frozen=True, slots=True)
class AgreementKey:
    """A public key and the group it belongs to."""

    parameters: DomainParameters
    public: bytes
    """An uncompressed point, or a number without leading zeros."""


def parse_subject_public_key_info(item: tlv.Tlv) -> AgreementKey:
    """Read a SubjectPublicKeyInfo.

    Raises:
        CryptoError: the key is of no kind for key agreement, or its group is not known.
        TlvError: the structure is not in order.
    """
    parts = item.children()
    if len(parts) != 2 or parts[1].tag != _BIT_STRING or parts[1].value[:1] != b"\x00":
        raise CryptoError("a public key is no SubjectPublicKeyInfo")
    parameters = parse_domain_parameters(parts[0])
    public = parts[1].value[1:]
    if isinstance(parameters, DhParameters) and public[:1] == bytes((_INTEGER,)):
        public = tlv.parse(public).value.lstrip(b"\x00")
    return AgreementKey(parameters, public)


def encode_subject_public_key_info(key: AgreementKey) -> bytes:
    """Write a key with standardised domain parameters."""
    number = next(i for i, known in STANDARDISED.items() if known is key.parameters)
    algorithm = tlv.encode(
        _SEQUENCE,
        tlv.encode(_OID, oids.STANDARDISED_DOMAIN_PARAMETERS)
        + tlv.encode(_INTEGER, bytes((number,))),
    )
    public = key.public
    if isinstance(key.parameters, DhParameters):
        value = int.from_bytes(public, "big")
        public = tlv.encode(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))
    return tlv.encode(_SEQUENCE, algorithm + tlv.encode(_BIT_STRING, b"\x00" + public))


def parse_domain_parameters(algorithm: tlv.Tlv) -> DomainParameters:
    """Read an AlgorithmIdentifier that names or spells out domain parameters.

    Raises:
        CryptoError: the group or the curve is not a known one.
        TlvError: the structure is not in order.
    """
    parts = algorithm.children()
    if len(parts) < 2 or parts[0].tag != _OID:
        raise CryptoError("domain parameters are no AlgorithmIdentifier with parameters")
    oid, parameters = parts[0].value, parts[1]
    if oid == oids.STANDARDISED_DOMAIN_PARAMETERS:
        return by_id(_integer(parameters))
    if oid == oids.EC_PUBLIC_KEY:
        return _curve(parameters)
    if oid in (oids.DH_PUBLIC_NUMBER, oids.DH_KEY_AGREEMENT):
        numbers = [_integer(part) for part in parameters.children()[:3]]
        if len(numbers) < 2:
            raise CryptoError("Diffie-Hellman parameters are incomplete")
        has_order = oid == oids.DH_PUBLIC_NUMBER and len(numbers) == 3
        return matching_group(numbers[0], numbers[1], numbers[2] if has_order else None)
    raise CryptoError(f"{oids.dotted(oid)} is no key agreement algorithm")


def _curve(parameters: tlv.Tlv) -> Curve:
    try:
        return curve_of(parameters.raw)[0]
    except PkiError as error:
        raise CryptoError(str(error)) from error


def _integer(item: tlv.Tlv) -> int:
    if item.tag != _INTEGER:
        raise CryptoError("a number of a key is no INTEGER")
    return int.from_bytes(item.value, "big", signed=True)
