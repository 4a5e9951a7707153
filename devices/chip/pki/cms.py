"""Signed data (RFC 5652, section 5) in BER or DER: EF.SOD, EF.CardSecurity and master lists."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from asn1crypto import x509

from devices.chip import tlv
from devices.chip.object_identifiers import dotted
from devices.chip.pki import algorithms, certificate, keys
from devices.chip.pki.algorithms import SignatureAlgorithm
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.errors import MalformedPkiData, SignatureInvalid, malformed
from devices.chip.pki.leniency import moment
from devices.chip.pki.names import Name, read_name
from devices.chip.tlv import Tlv

SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
_OID: Final = 0x06
_INTEGER: Final = 0x02
_OCTET_STRING: Final = 0x04
_OCTET_STRING_IN_PARTS: Final = 0x24
_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_CONTEXT_0: Final = 0xA0
_CONTEXT_1: Final = 0xA1
_SIMPLE_CONTEXT_0: Final = 0x80
_MAX_PARTS_DEPTH: Final = 4
_MAX_SIGNERS: Final = 4
_MAX_CERTIFICATES: Final = 16
"""Real data has one signer and a few certificates; more only serve to keep the machine busy."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One SignerInfo: who signed, and how."""

    issuer: Name | None
    serial: int | None
    subject_key_id: bytes | None
    """Either this, or issuer and serial."""
    digest_oid: str
    signature_identifier: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    signed_attributes: bytes | None = field(repr=False)
    """As they stand, with the tag of a SET; None where the content itself is signed."""
    content_type: str | None
    message_digest: bytes | None = field(repr=False)
    signing_time: datetime | None

    def algorithm(self) -> SignatureAlgorithm:
        """The signer's algorithm, which need not be the one of its certificate's signature.

        Raises:
            UnsupportedAlgorithm, MalformedPkiData: it is not accepted.
        """
        return algorithms.signature_algorithm(
            self.signature_identifier, digest=algorithms.hash_name(self.digest_oid)
        )

    def is_of(self, candidate: Certificate) -> bool:
        """Whether this signer names that certificate."""
        if self.subject_key_id is not None:
            return candidate.subject_key_id == self.subject_key_id
        return (candidate.issuer, candidate.serial) == (self.issuer, self.serial)


@dataclass(frozen=True, slots=True)
class SignedData:
    """Content with its signers and the certificates that came along."""

    content_type: str
    content: bytes = field(repr=False)
    certificates: tuple[Certificate, ...]
    signers: tuple[Signer, ...]


def parse(data: bytes) -> SignedData:
    """Read signed data.

    Raises:
        MalformedPkiData: it is none, or has no content or no signer.
        TlvError: it is not even made of data objects.
    """
    outer = _Fields(tlv.parse(data), "signed data")
    if dotted(outer.take(_OID).value) != SIGNED_DATA:
        raise MalformedPkiData("the data is not signed data")
    fields = _Fields(outer.take(_CONTEXT_0).get(_SEQUENCE), "signed data")
    fields.take(_INTEGER)
    fields.take(_SET)
    encapsulated = _Fields(fields.take(_SEQUENCE), "signed content")
    content_type = dotted(encapsulated.take(_OID).value)
    content = _content(encapsulated.take(_CONTEXT_0))
    embedded = fields.optional(_CONTEXT_0)
    fields.optional(_CONTEXT_1)
    signers = fields.take(_SET).children()
    if not 1 <= len(signers) <= _MAX_SIGNERS:
        raise MalformedPkiData(f"the signed data has {len(signers)} signers")
    certificates = [
        item for item in (embedded.children() if embedded else ()) if item.tag == _SEQUENCE
    ]
    if len(certificates) > _MAX_CERTIFICATES:
        raise MalformedPkiData(f"the signed data brings {len(certificates)} certificates along")
    return SignedData(
        content_type=content_type,
        content=content,
        certificates=tuple(certificate.parse(item.raw) for item in certificates),
        signers=tuple(_signer(item) for item in signers),
    )


def verify(
    signed: SignedData,
    signer: Signer,
    signer_certificate: Certificate,
    *,
    content_types: frozenset[str] = frozenset(),
) -> None:
    """Check a signer's signature of the content (RFC 5652, sections 5.4 to 5.6).

    Args:
        content_types: types that the signed attribute may name instead of the content's own,
            for signers that are known to confuse them.

    Raises:
        SignatureInvalid: the content, the attributes or the signature do not fit one another.
        UnsupportedAlgorithm, MalformedPkiData: that cannot be told.
    """
    messages = [signed.content]
    if signer.signed_attributes is not None:
        if signer.content_type not in {signed.content_type, *content_types}:
            raise SignatureInvalid("the signed content type is not the content's")
        expected = algorithms.digest(algorithms.hash_name(signer.digest_oid), signed.content)
        if signer.message_digest != expected:
            raise SignatureInvalid("the signed digest is not the content's")
        messages = _encodings(signer.signed_attributes)
    key = signer_certificate.public_key()
    algorithm = signer.algorithm()
    if not any(keys.verify(key, algorithm, signer.signature, message) for message in messages):
        raise SignatureInvalid("the signature is not the signer's")


def signer_certificates(signed: SignedData, signer: Signer) -> tuple[Certificate, ...]:
    """The certificates that came along and that the signer names."""
    return tuple(item for item in signed.certificates if signer.is_of(item))


class _Fields:
    """The fields of a sequence, taken one after the other."""

    def __init__(self, sequence: Tlv, what: str) -> None:
        self._what = what
        if sequence.tag != _SEQUENCE:
            raise MalformedPkiData(f"{what} is malformed: tag {sequence.tag:X} instead of 30")
        self._items = deque(sequence.children())

    def optional(self, tag: int) -> Tlv | None:
        if self._items and self._items[0].tag == tag:
            return self._items.popleft()
        return None

    def take(self, *tags: int) -> Tlv:
        if not self._items or self._items[0].tag not in tags:
            found = f"tag {self._items[0].tag:X}" if self._items else "the end"
            expected = " or ".join(f"{tag:X}" for tag in tags)
            raise MalformedPkiData(f"{self._what} is malformed: {found} instead of {expected}")
        return self._items.popleft()


def _content(explicit: Tlv) -> bytes:
    """Content of an OCTET STRING, or the bytes of anything else (PKCS #7 allowed that)."""
    (item, *more) = explicit.children() or (None,)
    if item is None or more:
        raise MalformedPkiData("the signed data does not have exactly one content")
    if item.tag in (_OCTET_STRING, _OCTET_STRING_IN_PARTS):
        return _octets(item, _MAX_PARTS_DEPTH)
    return item.raw


def _octets(item: Tlv, depth: int) -> bytes:
    """An OCTET STRING, which BER may give in parts (ISO/IEC 8825-1, section 8.7)."""
    if item.tag == _OCTET_STRING:
        return item.value
    if item.tag != _OCTET_STRING_IN_PARTS or depth == 0:
        raise MalformedPkiData("an octet string is malformed")
    return b"".join(_octets(part, depth - 1) for part in item.children())


def _encodings(attributes: bytes) -> list[bytes]:
    """What may have been signed: the attributes as they stand, or in the order that DER asks."""
    items = sorted(item.raw for item in tlv.parse(attributes).children())
    ordered = tlv.encode(_SET, b"".join(items))
    return [attributes] if ordered == attributes else [ordered, attributes]


def _signer(item: Tlv) -> Signer:
    fields = _Fields(item, "a signer")
    fields.take(_INTEGER)
    identifier = fields.take(_SEQUENCE, _SIMPLE_CONTEXT_0, _CONTEXT_0)
    issuer = serial = key_id = None
    if identifier.tag == _SEQUENCE:
        names = _Fields(identifier, "a signer's issuer")
        with malformed("a signer's issuer"):
            issuer = read_name(x509.Name.load(names.take(_SEQUENCE).raw))
        serial = int.from_bytes(names.take(_INTEGER).value, "big", signed=True)
    elif identifier.tag == _SIMPLE_CONTEXT_0:
        key_id = identifier.value
    else:
        key_id = identifier.get(_OCTET_STRING).value
    digest_oid = dotted(_Fields(fields.take(_SEQUENCE), "a hash algorithm").take(_OID).value)
    attributes = fields.optional(_CONTEXT_0)
    signature_identifier = fields.take(_SEQUENCE)
    values = _attributes(attributes) if attributes else {}
    return Signer(
        issuer=issuer,
        serial=serial,
        subject_key_id=key_id,
        digest_oid=digest_oid,
        signature_identifier=signature_identifier.raw,
        signature=_octets(fields.take(_OCTET_STRING, _OCTET_STRING_IN_PARTS), _MAX_PARTS_DEPTH),
        signed_attributes=tlv.encode(_SET, attributes.value) if attributes else None,
        content_type=dotted(_single(values, _CONTENT_TYPE, _OID)) if attributes else None,
        message_digest=_single(values, _MESSAGE_DIGEST, _OCTET_STRING) if attributes else None,
        signing_time=_signing_time(values.get(_SIGNING_TIME)),
    )


def _attributes(attributes: Tlv) -> dict[str, tuple[Tlv, ...]]:
    found: dict[str, tuple[Tlv, ...]] = {}
    for item in attributes.children():
        fields = _Fields(item, "a signed attribute")
        name = dotted(fields.take(_OID).value)
        if name in found:
            raise MalformedPkiData(f"the signed attribute {name} is there twice")
        found[name] = fields.take(_SET).children()
    return found


def _single(values: dict[str, tuple[Tlv, ...]], name: str, tag: int) -> bytes:
    """The one value of an attribute that has to be there (RFC 5652, section 5.3)."""
    items = values.get(name, ())
    if len(items) != 1 or items[0].tag != tag:
        raise MalformedPkiData(f"the signed attribute {name} does not have exactly one value")
    return items[0].value


def _signing_time(items: tuple[Tlv, ...] | None) -> datetime | None:
    if not items:
        return None
    with malformed("the signing time"):
        return moment(x509.Time.load(items[0].raw))
