"""Certificates, revocation lists and keys of a test PKI (ICAO Doc 9303-12, section 7.1).

For simulators and tests only: the keys it makes are not protected.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asn1crypto import core, x509
from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from ecdsa.curves import Curve

from devices.chip.crypto.domain_parameters import by_id
from devices.chip.errors import CryptoError
from devices.chip.pki import algorithms, certificate, crl, private_keys
from devices.chip.pki.algorithms import Scheme, SignatureAlgorithm
from devices.chip.pki.certificate import Certificate, DocumentTypeList
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.private_keys import PrivateKey
from devices.documents.specimen_chip import SignerSpec

DOCUMENT_SIGNING: Final = "digital_signature"
_FIRST_GENERALIZED_YEAR: Final = 2050
MASTER_LIST_SIGNING: Final = "2.23.136.1.1.3"


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when, both aware."""

    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who can sign: a certificate, its key and the algorithm it signs with."""

    certificate: Certificate
    key: PrivateKey
    algorithm: SignatureAlgorithm


@dataclass(frozen=True, slots=True)
class Profile:
    """What a certificate is for; the defaults are a document signer's."""

    key_usage: frozenset[str] | None = frozenset({DOCUMENT_SIGNING})
    is_authority: bool | None = None
    extended_key_usage: tuple[str, ...] = ()
    document_types: tuple[str, ...] = ()
    """Document codes that the signer is for."""
    critical_extensions: tuple[str, ...] = ()
    """Object identifiers of made-up critical extensions."""
    subject_key_id: bytes | None = None
    """Instead of the hash of the key, to make key identifiers repeat."""


DOCUMENT_SIGNER: Final = Profile()
MASTER_LIST_SIGNER: Final = Profile(extended_key_usage=(MASTER_LIST_SIGNING,))
CSCA: Final = Profile(key_usage=frozenset({"key_cert_sign", "crl_sign"}), is_authority=True)


def curve_of(parameter_id: int) -> Curve:
    """An elliptic curve by its standardised domain parameter id; raises CryptoError."""
    curve = by_id(parameter_id)
    if not isinstance(curve, Curve):
        raise CryptoError(f"domain parameters {parameter_id} are no elliptic curve")
    return curve


def generate_key(spec: SignerSpec) -> PrivateKey:
    """A new key of the kind that a specimen asks for."""
    if spec.algorithm == "ECDSA":
        return private_keys.generate_ec(curve_of(spec.curve), explicit=spec.explicit_parameters)
    return private_keys.generate_rsa(spec.modulus_bits)


def algorithm_of(spec: SignerSpec) -> SignatureAlgorithm:
    """The signature algorithm that a specimen asks for."""
    if spec.algorithm == "RSA-PSS":
        salt = len(algorithms.digest(spec.hash, b""))
        return SignatureAlgorithm(Scheme.RSA_PSS, spec.hash, spec.hash, salt)
    return SignatureAlgorithm(Scheme(spec.algorithm), spec.hash)


def name(country: str, common_name: str) -> x509.Name:
    """A distinguished name as CSCAs and document signers have it."""
    return x509.Name.build(
        {
            "country_name": country,
            "organization_name": "Specimen Authority",
            "common_name": common_name,
        }
    )


def create_csca(
    country: str,
    spec: SignerSpec,
    validity: Validity,
    *,
    common_name: str = "CSCA",
    profile: Profile = CSCA,
    key: PrivateKey | None = None,
) -> Issuer:
    """A self-signed CSCA, with a new key unless one is given."""
    key = key or generate_key(spec)
    algorithm = algorithm_of(spec)
    subject = name(country, common_name)
    made = _certify(
        subject, key.public_key_info(), profile, validity, subject, None, key, algorithm
    )
    return Issuer(made, key, algorithm)


def create_link(old: Issuer, new: Issuer, validity: Validity) -> Certificate:
    """The link certificate: the old CSCA says that the new key is its successor's."""
    subject = _subject(new.certificate)
    return _issue(old, subject, new.key.public_key_info(), CSCA, validity)


def create_signer(
    csca: Issuer,
    spec: SignerSpec,
    validity: Validity,
    *,
    common_name: str = "Document Signer",
    country: str | None = None,
    profile: Profile = DOCUMENT_SIGNER,
    key: PrivateKey | None = None,
) -> Issuer:
    """A document signer or master list signer, with a new key unless one is given."""
    key = key or generate_key(spec)
    subject = name(country or csca.certificate.country, common_name)
    made = _issue(csca, subject, key.public_key_info(), profile, validity)
    return Issuer(made, key, algorithm_of(spec))


def create_crl(
    csca: Issuer,
    revoked: Mapping[int, datetime],
    this_update: datetime,
    next_update: datetime,
    *,
    critical_extensions: tuple[str, ...] = (),
) -> RevocationList:
    """A revocation list of a CSCA: serial number, date of revocation."""
    identifier = algorithms.encode_identifier(csca.algorithm)
    extensions = [
        _extension(
            "authority_key_identifier",
            x509.AuthorityKeyIdentifier({"key_identifier": csca.certificate.subject_key_id}),
            kind=asn1_crl.TBSCertListExtension,
        ),
        _extension("crl_number", core.Integer(1), kind=asn1_crl.TBSCertListExtension),
        *(_critical(oid, asn1_crl.TBSCertListExtension) for oid in critical_extensions),
    ]
    fields = asn1_crl.TbsCertList(
        {
            "version": "v2",
            "signature": x509.SignedDigestAlgorithm.load(identifier),
            "issuer": _subject(csca.certificate),
            "this_update": _time(this_update),
            "next_update": _time(next_update),
            "crl_extensions": extensions,
        }
    )
    if revoked:  # the list may be left out, but must not be empty (RFC 5280, section 5.1.2.6)
        fields["revoked_certificates"] = [
            {"user_certificate": serial, "revocation_date": _time(since)}
            for serial, since in revoked.items()
        ]
    structure = asn1_crl.CertificateList(
        {
            "tbs_cert_list": fields,
            "signature_algorithm": x509.SignedDigestAlgorithm.load(identifier),
            "signature": csca.key.sign(csca.algorithm, fields.dump()),
        }
    )
    return crl.parse(structure.dump())


def _issue(
    issuer: Issuer, subject: x509.Name, key_info: bytes, profile: Profile, validity: Validity
) -> Certificate:
    return _certify(
        subject,
        key_info,
        profile,
        validity,
        _subject(issuer.certificate),
        issuer.certificate.subject_key_id,
        issuer.key,
        issuer.algorithm,
    )


def _certify(
    subject: x509.Name,
    key_info: bytes,
    profile: Profile,
    validity: Validity,
    issuer: x509.Name,
    issuer_key_id: bytes | None,
    key: PrivateKey,
    algorithm: SignatureAlgorithm,
) -> Certificate:
    identifier = algorithms.encode_identifier(algorithm)
    # SHA-1 as RFC 5280, section 4.2.1.2 forms key identifiers; nothing rests on it
    key_id = profile.subject_key_id or hashlib.sha1(key_info, usedforsecurity=False).digest()
    fields = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": secrets.randbits(63) | 1 << 62,
            "signature": x509.SignedDigestAlgorithm.load(identifier),
            "issuer": issuer,
            "validity": {
                "not_before": _time(validity.not_before),
                "not_after": _time(validity.not_after),
            },
            "subject": subject,
            "subject_public_key_info": asn1_keys.PublicKeyInfo.load(key_info),
            "extensions": list(_extensions(profile, key_id, issuer_key_id or key_id)),
        }
    )
    structure = x509.Certificate(
        {
            "tbs_certificate": fields,
            "signature_algorithm": x509.SignedDigestAlgorithm.load(identifier),
            "signature_value": key.sign(algorithm, fields.dump()),
        }
    )
    return certificate.parse(structure.dump())


def _extensions(profile: Profile, key_id: bytes, issuer_key_id: bytes) -> Iterator[x509.Extension]:
    yield _extension("key_identifier", core.OctetString(key_id))
    yield _extension(
        "authority_key_identifier", x509.AuthorityKeyIdentifier({"key_identifier": issuer_key_id})
    )
    if profile.key_usage is not None:
        yield _extension("key_usage", x509.KeyUsage(set(profile.key_usage)), critical=True)
    if profile.is_authority is not None:
        constraints: dict[str, int] = {"ca": profile.is_authority}
        if profile.is_authority:
            constraints["path_len_constraint"] = 0
        yield _extension("basic_constraints", x509.BasicConstraints(constraints), critical=True)
    if profile.extended_key_usage:
        purposes = x509.ExtKeyUsageSyntax(list(profile.extended_key_usage))
        yield _extension("extended_key_usage", purposes, critical=True)
    if profile.document_types:
        types = DocumentTypeList({"version": 0, "types": list(profile.document_types)})
        yield _extension(certificate.DOCUMENT_TYPES, types)
    for oid in profile.critical_extensions:
        yield _critical(oid, x509.Extension)


def _extension(
    name_or_oid: str,
    value: core.Asn1Value,
    *,
    critical: bool = False,
    kind: type[core.Sequence] = x509.Extension,
) -> core.Sequence:
    return kind(
        {
            "extn_id": name_or_oid,
            "critical": critical,
            "extn_value": core.ParsableOctetString(value.dump()),
        }
    )


def _critical(oid: str, kind: type[core.Sequence]) -> core.Sequence:
    return _extension(oid, core.Integer(1), critical=True, kind=kind)


def _subject(of: Certificate) -> x509.Name:
    return x509.Certificate.load(of.raw).subject


def _time(moment: datetime) -> x509.Time:
    """UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280, section 4.1.2.5)."""
    utc = moment.astimezone(UTC).replace(microsecond=0)
    form = "utc_time" if utc.year < _FIRST_GENERALIZED_YEAR else "general_time"
    return x509.Time({form: utc})
