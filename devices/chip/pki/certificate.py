"""X.509 certificates as CSCAs and document signers have them (RFC 5280; ICAO Doc 9303-12, 7.1).

The structure is read by asn1crypto, not by a strict DER parser: some real CSCA certificates are not
DER. What is signed is always the bytes as they stand.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final

from asn1crypto import core, pem, x509

from devices.chip.pki import keys
from devices.chip.pki.algorithms import SignatureAlgorithm, signature_algorithm
from devices.chip.pki.errors import malformed
from devices.chip.pki.keys import PublicKey
from devices.chip.pki.leniency import moment
from devices.chip.pki.names import Name, read_name

_KEY_USAGE: Final = "2.5.29.15"
_BASIC_CONSTRAINTS: Final = "2.5.29.19"
_SUBJECT_KEY_ID: Final = "2.5.29.14"
_AUTHORITY_KEY_ID: Final = "2.5.29.35"
_EXTENDED_KEY_USAGE: Final = "2.5.29.37"
DOCUMENT_TYPES: Final = "2.23.136.1.1.6.2"
_UNDERSTOOD: Final = frozenset(
    {
        _KEY_USAGE,
        _BASIC_CONSTRAINTS,
        _SUBJECT_KEY_ID,
        _AUTHORITY_KEY_ID,
        _EXTENDED_KEY_USAGE,
        "2.5.29.16",  # private key usage period: about signing, of no use to a reader
        "2.5.29.17",  # alternative names: contact data (Doc 9303-12, 7.1.1.2)
        "2.5.29.18",
        "2.5.29.31",  # where CRLs are: this reader is given them
        "2.5.29.32",  # policies: none is required here
        "2.23.136.1.1.6.1",  # name change of a CSCA
        DOCUMENT_TYPES,
    }
)


class _CodeSet(core.SetOf):  # type: ignore[misc] # asn1crypto has no types
    _child_spec = core.PrintableString


class DocumentTypeList(core.Sequence):  # type: ignore[misc] # as above
    """DocumentTypeListSyntax of ICAO Doc 9303-12, section 7.1.1.6."""

    _fields: ClassVar = [("version", core.Integer), ("types", _CodeSet)]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate's fields; its signature and key are looked at only when they are needed."""

    raw: bytes
    serial: int = field(repr=False)
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    subject_key_id: bytes | None = field(repr=False)
    authority_key_id: bytes | None = field(repr=False)
    key_usage: frozenset[str] | None
    """As RFC 5280 names them in snake_case; None where the certificate does not restrict usage."""
    is_authority: bool | None
    """Basic constraints' cA; None where there are no basic constraints."""
    extended_key_usage: frozenset[str]
    """Object identifiers."""
    document_types: frozenset[str]
    """Document codes that a document signer signs (Doc 9303-12, 7.1.1.6); empty: not restricted."""
    unknown_critical_extensions: tuple[str, ...]
    _to_be_signed: bytes = field(repr=False)
    _signature_identifier: bytes = field(repr=False)
    _signature: bytes = field(repr=False)
    _public_key_info: bytes = field(repr=False)

    @property
    def self_issued(self) -> bool:
        """Subject and issuer have one name: a root, or a link certificate."""
        return self.subject == self.issuer

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def country(self) -> str:
        return self.subject.country or self.issuer.country

    def public_key(self) -> PublicKey:
        """The subject's key; raises UnsupportedAlgorithm or MalformedPkiData."""
        return keys.load_public_key(self._public_key_info)

    def signature_algorithm(self) -> SignatureAlgorithm:
        """The issuer's algorithm; raises UnsupportedAlgorithm or MalformedPkiData."""
        return signature_algorithm(self._signature_identifier)

    def signed_by(self, issuer: "Certificate") -> bool:
        """Whether the issuer's key made this certificate's signature.

        Raises:
            UnsupportedAlgorithm, MalformedPkiData: that cannot be told.
        """
        return keys.verify(
            issuer.public_key(), self.signature_algorithm(), self._signature, self._to_be_signed
        )


def parse(data: bytes) -> Certificate:
    """Read a certificate, DER or nearly so, or PEM.

    Raises:
        MalformedPkiData: it is none.
    """
    with malformed("a certificate"):
        if pem.detect(data):
            data = pem.unarmor(data)[2]
        # files of certificates are found with a line end or padding behind them
        structure = x509.Certificate.load(data)
        return _read(structure, structure.dump())


def read_structure(structure: x509.Certificate) -> Certificate:
    """Read a certificate out of a larger structure; raises MalformedPkiData."""
    with malformed("a certificate"):
        return _read(structure, structure.dump())


def _read(structure: x509.Certificate, raw: bytes) -> Certificate:
    fields = structure["tbs_certificate"]
    extensions = {}
    unknown = []
    for extension in fields["extensions"]:
        oid = extension["extn_id"].dotted
        if oid in _UNDERSTOOD:
            extensions[oid] = extension
        elif extension["critical"].native:
            unknown.append(oid)
    usage = _parsed(extensions.get(_KEY_USAGE))
    constraints = _parsed(extensions.get(_BASIC_CONSTRAINTS))
    extended = _parsed(extensions.get(_EXTENDED_KEY_USAGE))
    validity = fields["validity"]
    return Certificate(
        raw=raw,
        serial=int(fields["serial_number"].native),
        issuer=read_name(fields["issuer"]),
        subject=read_name(fields["subject"]),
        not_before=moment(validity["not_before"]),
        not_after=moment(validity["not_after"]),
        subject_key_id=_subject_key_id(extensions.get(_SUBJECT_KEY_ID)),
        authority_key_id=_authority_key_id(extensions.get(_AUTHORITY_KEY_ID)),
        key_usage=frozenset(usage.native) if usage is not None else None,
        is_authority=bool(constraints["ca"].native) if constraints is not None else None,
        extended_key_usage=frozenset(item.dotted for item in (extended or ())),
        document_types=_document_types(extensions.get(DOCUMENT_TYPES)),
        unknown_critical_extensions=tuple(unknown),
        _to_be_signed=fields.dump(),
        _signature_identifier=structure["signature_algorithm"].dump(),
        _signature=structure["signature_value"].native,
        _public_key_info=fields["subject_public_key_info"].dump(),
    )


def _parsed(extension: x509.Extension | None) -> Any:
    return extension["extn_value"].parsed if extension is not None else None


def _document_types(extension: x509.Extension | None) -> frozenset[str]:
    """The codes; none where they are malformed, for they restrict nothing that is enforced."""
    if extension is None:
        return frozenset()
    try:
        contents = extension["extn_value"].contents
        return frozenset(DocumentTypeList.load(contents, strict=True)["types"].native)
    except (ValueError, TypeError):
        return frozenset()


def _subject_key_id(extension: x509.Extension | None) -> bytes | None:
    """The key identifier; none where it is malformed, for it only helps to find the issuer."""
    try:
        return bytes(_parsed(extension)) if extension is not None else None
    except (ValueError, TypeError):
        return None


def _authority_key_id(extension: x509.Extension | None) -> bytes | None:
    """As `_subject_key_id`."""
    try:
        found = _parsed(extension)["key_identifier"].native if extension is not None else None
    except (ValueError, TypeError):
        return None
    return bytes(found) if found else None
