"""SecurityInfos: what a chip says it can do (ICAO Doc 9303-11, section 9.2)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from devices.chip import object_identifiers as oids
from devices.chip import tlv
from devices.chip.crypto.cipher import Cipher
from devices.chip.crypto.domain_parameters import DomainParameters, by_id
from devices.chip.crypto.public_key import (
    AgreementKey,
    encode_subject_public_key_info,
    parse_domain_parameters,
    parse_subject_public_key_info,
)
from devices.chip.errors import CryptoError, MalformedReply

TAG_SET: Final = 0x31
TAG_SEQUENCE: Final = 0x30
TAG_OID: Final = 0x06
TAG_INTEGER: Final = 0x02
TAG_DG14: Final = 0x6E
_LONGEST_INTEGER: Final = 8
"""Octets; versions, key ids and numbers of domain parameters take one or two."""

_CIPHERS: Final = {1: Cipher.TDES, 2: Cipher.AES128, 3: Cipher.AES192, 4: Cipher.AES256}
_CIPHER_ARCS: Final = {cipher: arc for arc, cipher in _CIPHERS.items()}


class KeyAgreement(StrEnum):
    DH = "DH"
    ECDH = "ECDH"


class Mapping(StrEnum):
    """How PACE maps the nonce to a generator (ICAO Doc 9303-11, section 4.4.3.3)."""

    GENERIC = "GM"
    INTEGRATED = "IM"
    CHIP_AUTHENTICATION = "CAM"


_PACE_ARCS: Final = {
    1: (KeyAgreement.DH, Mapping.GENERIC),
    2: (KeyAgreement.ECDH, Mapping.GENERIC),
    3: (KeyAgreement.DH, Mapping.INTEGRATED),
    4: (KeyAgreement.ECDH, Mapping.INTEGRATED),
    6: (KeyAgreement.ECDH, Mapping.CHIP_AUTHENTICATION),
}
_AGREEMENT_ARCS: Final = {1: KeyAgreement.DH, 2: KeyAgreement.ECDH}


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way in which the chip can do PACE."""

    key_agreement: KeyAgreement
    mapping: Mapping
    cipher: Cipher
    parameters: DomainParameters
    parameter_id: int | None
    ambiguous: bool = False
    """The chip has several sets of parameters for the protocol, so it must be told which."""

    @property
    def protocol(self) -> bytes:
        arc = next(a for a, v in _PACE_ARCS.items() if v == (self.key_agreement, self.mapping))
        return oids.PACE + bytes((arc, _CIPHER_ARCS[self.cipher]))

    @property
    def name(self) -> str:
        return f"PACE {self.key_agreement}-{self.mapping} {self.cipher.label}"

    def encode(self) -> bytes:
        """PACEInfo; only for standardised domain parameters."""
        if self.parameter_id is None:
            raise ValueError("PACEInfo needs a parameter id")
        return _sequence(_oid(self.protocol), _integer(2), _integer(self.parameter_id))


@dataclass(frozen=True, slots=True)
class ChipAuthenticationInfo:
    """One way in which the chip can do chip authentication version 1."""

    key_agreement: KeyAgreement
    cipher: Cipher
    key_id: int | None = None

    @property
    def protocol(self) -> bytes:
        arc = next(a for a, v in _AGREEMENT_ARCS.items() if v is self.key_agreement)
        return oids.CHIP_AUTHENTICATION + bytes((arc, _CIPHER_ARCS[self.cipher]))

    @property
    def name(self) -> str:
        return f"chip authentication {self.key_agreement} {self.cipher.label}"

    def encode(self) -> bytes:
        return _sequence(_oid(self.protocol), _integer(1), _optional_integer(self.key_id))


@dataclass(frozen=True, slots=True)
class ChipAuthenticationPublicKeyInfo:
    """A static public key of the chip."""

    key_agreement: KeyAgreement
    key: AgreementKey
    key_id: int | None = None

    def encode(self) -> bytes:
        arc = next(a for a, v in _AGREEMENT_ARCS.items() if v is self.key_agreement)
        return _sequence(
            _oid(oids.PUBLIC_KEY + bytes((arc,))),
            encode_subject_public_key_info(self.key),
            _optional_integer(self.key_id),
        )


@dataclass(frozen=True, slots=True)
class ActiveAuthenticationInfo:
    """Which hash the chip signs with in ECDSA active authentication (section 6.1)."""

    signature_algorithm: bytes
    """Contents of the object identifier."""

    @property
    def hash_name(self) -> str | None:
        """Name for `hashlib`, where the algorithm is plain ECDSA of TR-03111."""
        prefix, last = self.signature_algorithm[:-1], self.signature_algorithm[-1:]
        if prefix != oids.PLAIN_ECDSA or not last:
            return None
        return oids.ECDSA_PLAIN_HASHES.get(last[0])

    def encode(self) -> bytes:
        return _sequence(
            _oid(oids.ACTIVE_AUTHENTICATION), _integer(1), _oid(self.signature_algorithm)
        )


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """Those of a file's SecurityInfos that this package knows; others are passed over."""

    pace: tuple[PaceInfo, ...] = ()
    chip_authentication: tuple[ChipAuthenticationInfo, ...] = ()
    chip_authentication_keys: tuple[ChipAuthenticationPublicKeyInfo, ...] = ()
    active_authentication: ActiveAuthenticationInfo | None = None
    pace_advertised: bool = False
    """The file names PACE, even if in no variant that is known here."""


def reference_octets(number: int) -> bytes:
    """A key id or the number of domain parameters, as MSE:Set AT refers to it (9303-11, 4.4.4)."""
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")


def encode_security_infos(encoded: tuple[bytes, ...]) -> bytes:
    """The SET of already encoded SecurityInfos, in the order given."""
    return tlv.encode(TAG_SET, b"".join(encoded))


def parse_dg14(raw: bytes) -> SecurityInfos:
    """SecurityInfos of EF.DG14 (ICAO Doc 9303-10, section 4.7.14); raises as below."""
    outer = tlv.parse(raw)
    if outer.tag != TAG_DG14:
        raise MalformedReply(f"DG14 has tag {outer.tag:X} instead of 6E")
    return parse_security_infos(outer.value)


def parse_security_infos(raw: bytes) -> SecurityInfos:
    """SecurityInfos, as they stand in EF.CardAccess and in EF.CardSecurity.

    Raises:
        MalformedReply, TlvError: they are not in order. A single entry of an unknown kind, or
            with parameters that are not standardised, is passed over.
    """
    outer = tlv.parse(raw)
    if outer.tag != TAG_SET:
        raise MalformedReply(f"SecurityInfos have tag {outer.tag:X} instead of a SET's")
    entries = [_Entry.of(item) for item in outer.children()]
    active = next(
        (
            ActiveAuthenticationInfo(item.parts[1].value)
            for item in entries
            if item.protocol == oids.ACTIVE_AUTHENTICATION
            and len(item.parts) > 1
            and item.parts[1].tag == TAG_OID
        ),
        None,
    )
    return SecurityInfos(
        pace=_pace_infos(entries),
        chip_authentication=tuple(
            info for item in entries if (info := _chip_authentication(item)) is not None
        ),
        chip_authentication_keys=tuple(
            key for item in entries if (key := _chip_authentication_key(item)) is not None
        ),
        active_authentication=active,
        pace_advertised=any(item.protocol.startswith(oids.PACE) for item in entries),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    protocol: bytes
    parts: tuple[tlv.Tlv, ...]
    """What follows the protocol."""

    @classmethod
    def of(cls, item: tlv.Tlv) -> "_Entry":
        children = item.children() if item.tag == TAG_SEQUENCE else ()
        if not children or children[0].tag != TAG_OID:
            raise MalformedReply("a SecurityInfo does not begin with its protocol")
        return cls(children[0].value, children[1:])

    def arcs_below(self, prefix: bytes, count: int) -> tuple[int, ...] | None:
        """The arcs after the prefix, where the protocol has exactly that many."""
        if self.protocol.startswith(prefix) and len(self.protocol) == len(prefix) + count:
            return tuple(self.protocol[len(prefix) :])
        return None

    def integer(self, index: int) -> int | None:
        """An INTEGER part, where there is one; never negative, as no number here is.

        Raises:
            MalformedReply: it is longer than any number of a SecurityInfo.
        """
        if len(self.parts) <= index or self.parts[index].tag != TAG_INTEGER:
            return None
        octets = self.parts[index].value
        if len(octets) > _LONGEST_INTEGER:
            raise MalformedReply(f"a SecurityInfo has a number of {len(octets)} bytes")
        return int.from_bytes(octets, "big")


def _pace_infos(entries: list[_Entry]) -> tuple[PaceInfo, ...]:
    explicit: dict[int | None, DomainParameters] = {}
    for item in entries:
        if item.arcs_below(oids.PACE, 1) is not None and item.parts:
            try:
                explicit[item.integer(1)] = parse_domain_parameters(item.parts[0])
            except CryptoError:
                continue
    infos = []
    for item in entries:
        arcs = item.arcs_below(oids.PACE, 2)
        if arcs is None or arcs[0] not in _PACE_ARCS or arcs[1] not in _CIPHERS:
            continue
        if item.integer(0) != 2:
            continue
        parameter_id = item.integer(1)
        try:
            parameters = explicit.get(parameter_id) or by_id(
                -1 if parameter_id is None else parameter_id
            )
        except CryptoError:
            continue
        infos.append(PaceInfo(*_PACE_ARCS[arcs[0]], _CIPHERS[arcs[1]], parameters, parameter_id))
    return tuple(
        PaceInfo(
            info.key_agreement,
            info.mapping,
            info.cipher,
            info.parameters,
            info.parameter_id,
            ambiguous=sum(other.protocol == info.protocol for other in infos) > 1,
        )
        for info in infos
    )


def _chip_authentication(item: _Entry) -> ChipAuthenticationInfo | None:
    arcs = item.arcs_below(oids.CHIP_AUTHENTICATION, 2)
    if arcs is None or arcs[0] not in _AGREEMENT_ARCS or arcs[1] not in _CIPHERS:
        return None
    if item.integer(0) != 1:
        return None
    return ChipAuthenticationInfo(_AGREEMENT_ARCS[arcs[0]], _CIPHERS[arcs[1]], item.integer(1))


def _chip_authentication_key(item: _Entry) -> ChipAuthenticationPublicKeyInfo | None:
    arcs = item.arcs_below(oids.PUBLIC_KEY, 1)
    if arcs is None or arcs[0] not in _AGREEMENT_ARCS or not item.parts:
        return None
    try:
        key = parse_subject_public_key_info(item.parts[0])
    except CryptoError:
        return None
    return ChipAuthenticationPublicKeyInfo(_AGREEMENT_ARCS[arcs[0]], key, item.integer(1))


def _sequence(*parts: bytes) -> bytes:
    return tlv.encode(TAG_SEQUENCE, b"".join(parts))


def _oid(contents: bytes) -> bytes:
    return tlv.encode(TAG_OID, contents)


def _integer(number: int) -> bytes:
    return tlv.encode(TAG_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _optional_integer(number: int | None) -> bytes:
    return b"" if number is None else _integer(number)
