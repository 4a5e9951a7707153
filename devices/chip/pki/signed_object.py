"""The check that all signed objects have in common: one signature, then the signer's chain."""

from dataclasses import dataclass
from datetime import datetime

from devices.chip.errors import ChipError
from devices.chip.pki import chain, cms, keys
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.chain import Chain
from devices.chip.pki.cms import SignedData, Signer
from devices.chip.pki.errors import SignatureInvalid
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What is known of the signature of an object."""

    signature_right: Verdict
    signer_trusted: Verdict
    """Unknown as long as the signature is not right: then the signer is not known either."""
    reasons: tuple[str, ...]
    certificate: Certificate | None = None
    """The signer's."""
    algorithm: str = ""
    chain: Chain | None = None
    weak: tuple[str, ...] = ()

    @property
    def anchor(self) -> Certificate | None:
        """The CSCA at the end of the chain."""
        return self.chain.anchor if self.chain else None


def check(
    signed: SignedData,
    trust: TrustStore,
    at: datetime,
    *,
    content_types: frozenset[str] = frozenset(),
    usage: str | None = None,
) -> SignatureReport:
    """Check the signature of signed data, and whether its signer may be trusted.

    With several signers, one that is right suffices.

    Args:
        signed: the object.
        trust: what the hall trusts.
        at: aware time of the check.
        content_types: see `cms.verify`.
        usage: see `chain.build`.
    """
    reports = []
    for signer in signed.signers:
        report = _check_signer(signed, signer, trust, content_types)
        if report.signature_right is Verdict.YES and report.certificate is not None:
            return _with_chain(report, signer, report.certificate, trust, at, usage)
        reports.append(report)
    return reports[0]


def _check_signer(
    signed: SignedData, signer: Signer, trust: TrustStore, content_types: frozenset[str]
) -> SignatureReport:
    candidates = (
        cms.signer_certificates(signed, signer)
        or trust.signers_named(signer)
        # some states name another certificate than the one they send: the signature decides
        or signed.certificates
    )
    if not candidates:
        reason = "the signer's certificate is neither in the document nor in the trust store"
        return SignatureReport(Verdict.UNKNOWN, Verdict.UNKNOWN, (reason,))
    verdict, reasons = Verdict.NO, dict[str, None]()
    for candidate in candidates:
        try:
            cms.verify(signed, signer, candidate, content_types=content_types)
        except SignatureInvalid as error:
            reasons[str(error)] = None
        except ChipError as error:
            verdict = Verdict.UNKNOWN
            reasons[str(error)] = None
        else:
            return SignatureReport(Verdict.YES, Verdict.UNKNOWN, (), candidate)
    return SignatureReport(verdict, Verdict.UNKNOWN, tuple(reasons), candidates[0])


def _with_chain(
    report: SignatureReport,
    signer: Signer,
    certificate: Certificate,
    trust: TrustStore,
    at: datetime,
    usage: str | None,
) -> SignatureReport:
    found = chain.build(certificate, trust, at, usage=usage)
    key, algorithm = certificate.public_key(), signer.algorithm()
    weak = list(keys.weaknesses(key, algorithm))
    for subject, issuer in zip(found.certificates, found.certificates[1:], strict=False):
        weak.extend(keys.weaknesses(issuer.public_key(), subject.signature_algorithm()))
    return SignatureReport(
        signature_right=Verdict.YES,
        signer_trusted=found.verdict,
        reasons=(*report.reasons, *found.reasons),
        certificate=certificate,
        algorithm=f"{algorithm}, {key}",
        chain=found,
        weak=tuple(dict.fromkeys(weak)),
    )
