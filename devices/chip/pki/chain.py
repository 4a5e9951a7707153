"""From a document signer to a trusted CSCA (ICAO Doc 9303-12, section 6; RFC 5280, section 6).

A path is signer, any number of link certificates, self-signed CSCA of the trust store. Every
candidate issuer is tried, for key identifiers repeat in real lists; a path without fault wins.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from devices.chip.pki.certificate import Certificate
from devices.chip.pki.errors import PkiError
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict

_MAX_LENGTH: Final = 8
_MAX_SIGNATURES: Final = 200
"""Signature checks for one document; crafted lists of lookalikes end here."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The best path that was found, and what is to be said of it."""

    verdict: Verdict
    certificates: tuple[Certificate, ...]
    """From the signer to the anchor; only the signer where there is no path."""
    reasons: tuple[str, ...]

    @property
    def anchor(self) -> Certificate | None:
        return self.certificates[-1] if len(self.certificates) > 1 else None


def build(
    signer: Certificate, trust: TrustStore, at: datetime, *, usage: str | None = None
) -> Chain:
    """Find out whether a signer may be trusted at a time.

    Args:
        signer: a document signer or master list signer.
        trust: anchors, link certificates and revocation lists.
        at: aware time at which all certificates have to be valid.
        usage: object identifier that the signer's extended key usage has to contain.
    """
    search = _Search(trust)
    paths = search.paths((signer,))
    if not paths:
        return _without_path(signer, trust, search)
    judged = [(path, *_judge(path, trust, at, usage)) for path in paths]
    path, faults, remarks = min(judged, key=lambda item: (len(item[1]), len(item[2]), len(item[0])))
    if faults:
        return Chain(Verdict.NO, path, (*faults, *remarks))
    return Chain(Verdict.YES, path, remarks)


class _Search:
    """Depth-first search of all paths to an anchor."""

    def __init__(self, trust: TrustStore) -> None:
        self._trust = trust
        self._left = _MAX_SIGNATURES
        self.problems: dict[str, None] = {}
        """Why signatures could not be checked."""
        self.forged = False
        """A certificate names a known key, by its identifier, that did not sign it."""
        self.loose_end = False
        """A certificate was issued by an authority that leads to no anchor."""

    def paths(self, path: tuple[Certificate, ...]) -> list[tuple[Certificate, ...]]:
        found: list[tuple[Certificate, ...]] = []
        for issuer in self._trust.issuers(path[-1]):
            if issuer in path or not self._signed(path[-1], issuer):
                continue
            longer = (*path, issuer)
            if self._trust.is_anchor(issuer):
                found.append(longer)
            elif len(longer) < _MAX_LENGTH:
                further = self.paths(longer)
                self.loose_end |= not further
                found.extend(further)
        return found

    def _signed(self, certificate: Certificate, issuer: Certificate) -> bool:
        if self._left == 0:
            self.problems["too many candidate CSCA certificates"] = None
            return False
        self._left -= 1
        try:
            right = certificate.signed_by(issuer)
        except PkiError as error:
            self.problems[str(error)] = None
            return False
        key_id = certificate.authority_key_id
        self.forged |= not right and key_id is not None and key_id == issuer.subject_key_id
        return right


def _without_path(signer: Certificate, trust: TrustStore, search: _Search) -> Chain:
    """What can be said of a signer that leads to no anchor.

    Only a key that is known and did not sign is proof of a forgery: states change their keys and
    keep their names, so that an unknown key may also mean that the trust store is out of date.
    """
    country = signer.issuer.country or "the issuer"
    if search.problems:
        return Chain(Verdict.UNKNOWN, (signer,), tuple(search.problems))
    if search.loose_end:
        reason = f"the CSCA of {country} leads to no self-signed CSCA in the trust store"
        return Chain(Verdict.UNKNOWN, (signer,), (reason,))
    if search.forged:
        reason = f"the CSCA of {country} did not make the signer certificate's signature"
        return Chain(Verdict.NO, (signer,), (reason,))
    if trust.of_country(signer.issuer.country):
        reason = (
            f"the CSCA key that issued the signer is not among those of {country} that are trusted"
        )
    else:
        reason = f"the trust store has no CSCA of {country}"
    return Chain(Verdict.UNKNOWN, (signer,), (reason,))


def _judge(
    path: tuple[Certificate, ...], trust: TrustStore, at: datetime, usage: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults, which forbid trust, and remarks, which do not."""
    faults: list[str] = []
    remarks: list[str] = []
    signer, authorities = path[0], path[1:]
    _judge_signer(signer, usage, faults)
    for authority in authorities:
        _judge_authority(authority, signer, faults, remarks)
    for position, certificate in enumerate(path):
        role = _role(position, len(path))
        faults.extend(_validity_faults(certificate, role, at))
        if certificate.unknown_critical_extensions:
            unknown = ", ".join(certificate.unknown_critical_extensions)
            faults.append(
                f"the {role} certificate has critical extensions not understood: {unknown}"
            )
        if position < len(path) - 1:
            _judge_revocation(certificate, role, trust, at, faults, remarks)
    return tuple(faults), tuple(remarks)


def _role(position: int, length: int) -> str:
    if position == 0:
        return "signer"
    return "CSCA" if position == length - 1 else "CSCA link"


def _judge_signer(signer: Certificate, usage: str | None, faults: list[str]) -> None:
    if signer.key_usage is not None and "digital_signature" not in signer.key_usage:
        faults.append("the signer certificate's key usage does not allow signing documents")
    if signer.is_authority:
        faults.append("the signer certificate is one of a certification authority")
    if usage is not None and usage not in signer.extended_key_usage:
        faults.append("the signer certificate's extended key usage does not allow this signature")


def _judge_authority(
    authority: Certificate, signer: Certificate, faults: list[str], remarks: list[str]
) -> None:
    if authority.key_usage is not None and "key_cert_sign" not in authority.key_usage:
        faults.append("the CSCA certificate's key usage does not allow issuing certificates")
    if authority.is_authority is None:
        remarks.append("the CSCA certificate has no basic constraints")
    elif not authority.is_authority:
        faults.append("the CSCA certificate is not one of a certification authority")
    if authority.country != signer.country:
        faults.append(
            f"the signer is of {signer.country or 'no country'}, "
            f"its CSCA of {authority.country or 'no country'}"
        )


def _validity_faults(certificate: Certificate, role: str, at: datetime) -> list[str]:
    if at < certificate.not_before:
        return [f"the {role} certificate is not valid before {certificate.not_before:%Y-%m-%d}"]
    if at > certificate.not_after:
        return [f"the {role} certificate expired on {certificate.not_after:%Y-%m-%d}"]
    return []


def _judge_revocation(
    certificate: Certificate,
    role: str,
    trust: TrustStore,
    at: datetime,
    faults: list[str],
    remarks: list[str],
) -> None:
    lists = trust.lists_of(certificate.issuer)
    country = certificate.issuer.country or "its issuer"
    for item in lists:
        since = item.revoked.get(certificate.serial)
        if since is not None and since <= at:
            faults.append(f"the {role} certificate was revoked on {since:%Y-%m-%d}")
            return
    complete = [item for item in lists if item.complete]
    if not complete:
        remarks.append(f"revocation of the {role} was not checked: no CRL of {country}")
    elif all(item.next_update is not None and item.next_update < at for item in complete):
        latest = max(item.next_update for item in complete if item.next_update is not None)
        remarks.append(f"the CRL of {country} is out of date since {latest:%Y-%m-%d}")
