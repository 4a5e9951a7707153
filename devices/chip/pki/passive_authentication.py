"""Passive authentication: whether the data is the issuer's, and whether the issuer is known.

ICAO Doc 9303-11, section 5.1. Each question has its own answer; 'unknown' where it could not be
asked. Nothing here raises on what a document holds: a faulty document is an answer too.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from devices.chip.errors import ChipError
from devices.chip.lds import dg1
from devices.chip.pki import algorithms, countries, signed_object
from devices.chip.pki import sod as security_objects
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.sod import SecurityObject
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict


@dataclass(frozen=True, slots=True)
class PassiveResult:
    """What passive authentication found out."""

    data_authentic: Verdict
    """The data groups are those that were signed."""
    signer_trusted: Verdict
    """The signer's certificate chains to a CSCA of the trust store, and is in force."""
    data_groups: Mapping[int, Verdict] = field(default_factory=dict)
    """Of each data group that was given, whether it has the signed hash; empty where unknown."""
    reasons: tuple[str, ...] = ()
    """Why not, and remarks that do not change the verdicts; without personal data."""
    issuing_country: str = ""
    """Two-letter country code of the signer's certificate; empty where there is none."""
    hash_algorithm: str = ""
    """Of the data groups, e.g. ``SHA-256``."""
    signature_algorithm: str = ""
    """Of the document, with its key, e.g. ``ECDSA with SHA-256, EC BRAINPOOLP256r1``."""
    weak_algorithms: tuple[str, ...] = ()
    """Those in use, in the document and in its chain, e.g. ``SHA-1``, ``RSA-1024``."""
    lds_version: str | None = None
    """As signed, from LDS 1.8 on."""
    signer: str = ""
    """Name of the document signer."""
    anchor: str = ""
    """Name of the CSCA; empty where none was found."""


def verify(
    sod: bytes, data_groups: Mapping[int, bytes], trust: TrustStore, at: datetime
) -> PassiveResult:
    """Check the files of a chip against EF.SOD, and EF.SOD against the trust store.

    Args:
        sod: EF.SOD as read.
        data_groups: by number, the files exactly as read.
        trust: what the hall trusts.
        at: the time of the check; taken as UTC when it has no zone.
    """
    try:
        security_object = security_objects.parse(sod)
    except ChipError as error:
        return PassiveResult(Verdict.UNKNOWN, Verdict.UNKNOWN, reasons=(f"EF.SOD: {error}",))
    report = signed_object.check(
        security_object.signed, trust, aware(at), content_types=security_objects.CONTENT_TYPES
    )
    country = report.certificate.country if report.certificate else ""
    trusted, scope_reasons = _check_scope(report.signer_trusted, report.certificate, data_groups)
    found, hash_name, hash_reasons = _check_hashes(security_object, data_groups)
    weak = tuple(dict.fromkeys((*(("SHA-1",) if hash_name == "SHA-1" else ()), *report.weak)))
    weak_reasons = (f"weak algorithms in use: {', '.join(weak)}",) if weak else ()
    return PassiveResult(
        data_authentic=_all((report.signature_right, *(found.values() or (Verdict.UNKNOWN,)))),
        signer_trusted=trusted,
        data_groups=found,
        reasons=(*hash_reasons, *report.reasons, *scope_reasons, *weak_reasons),
        issuing_country=country,
        hash_algorithm=hash_name,
        signature_algorithm=report.algorithm,
        weak_algorithms=weak,
        lds_version=security_object.lds_version,
        signer=report.certificate.subject.text if report.certificate else "",
        anchor=report.anchor.subject.text if report.anchor else "",
    )


def _check_hashes(
    security_object: SecurityObject, data_groups: Mapping[int, bytes]
) -> tuple[dict[int, Verdict], str, tuple[str, ...]]:
    """Whether each file has its signed hash, the hash's name, and why not."""
    try:
        name = algorithms.hash_name(security_object.hash_oid)
    except ChipError as error:
        return {}, "", (str(error),)
    if not data_groups:
        return {}, name, ("no data group was given",)
    found: dict[int, Verdict] = {}
    reasons = []
    for number, file in sorted(data_groups.items()):
        expected = security_object.hashes.get(number)
        if expected is None:
            reasons.append(f"EF.SOD has no hash of DG{number}")
        elif not hmac.compare_digest(algorithms.digest(name, file), expected):
            reasons.append(f"DG{number} was altered: its hash is not the signed one")
        else:
            found[number] = Verdict.YES
            continue
        found[number] = Verdict.NO
    return found, name, tuple(reasons)


def _check_scope(
    trusted: Verdict, certificate: Certificate | None, data_groups: Mapping[int, bytes]
) -> tuple[Verdict, tuple[str, ...]]:
    """Keep one state's signer from vouching for another state's documents."""
    if trusted is not Verdict.YES or certificate is None or 1 not in data_groups:
        return trusted, ()
    try:
        zone = dg1.parse(data_groups[1])
    except ChipError as error:
        return Verdict.UNKNOWN, (f"the issuing state could not be compared: {error}",)
    may_sign = countries.may_sign(certificate.country, zone.issuing_state)
    if may_sign is None:
        reason = f"whose signer signs documents of {zone.issuing_state} is not known"
        return Verdict.UNKNOWN, (reason,)
    if not may_sign:
        reason = (
            f"a signer of {certificate.country} does not sign documents of {zone.issuing_state}"
        )
        return Verdict.NO, (reason,)
    types = certificate.document_types
    if types and not types & {zone.document_code, zone.document_code[:1]}:
        # only remarked: the list is of use to states, and readers are not asked to enforce it
        named = ", ".join(sorted(types))
        return trusted, (f"the signer is meant for {named}, not {zone.document_code} documents",)
    return trusted, ()


def _all(verdicts: tuple[Verdict, ...]) -> Verdict:
    """Yes only when all say so, no as soon as one says so."""
    if Verdict.NO in verdicts:
        return Verdict.NO
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.YES


def aware(at: datetime) -> datetime:
    """The same time, in UTC where it had no zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
