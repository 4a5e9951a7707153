"""Master lists of CSCA certificates (ICAO Doc 9303-12, section 9), as ICAO and states publish them.

A list is only as good as its signer: it has to be issued by a CSCA that is known from elsewhere.
A list that contains its own signer's CSCA proves nothing but that it arrived unharmed.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from asn1crypto import core, x509

from devices.chip.pki import certificate, cms, signed_object
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.cms import SignedData
from devices.chip.pki.errors import MalformedPkiData, PkiError, UntrustedList, malformed
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict

CONTENT_TYPE: Final = "2.23.136.1.1.2"
_SIGNING_USAGE: Final = "2.23.136.1.1.3"


class _Certificates(core.SetOf):  # type: ignore[misc] # asn1crypto has no types
    _child_spec = x509.Certificate


class CscaMasterList(core.Sequence):  # type: ignore[misc] # as above
    """CscaMasterList of Doc 9303-12, section 9.2."""

    _fields: ClassVar = [("version", core.Integer), ("certificates", _Certificates)]


@dataclass(frozen=True, slots=True)
class MasterList:
    """The certificates of a list, not yet believed."""

    certificates: tuple[Certificate, ...]
    unreadable: int
    """Number of certificates that could not be read, and are left out."""
    signed: SignedData = field(repr=False)

    def verify(self, trust: TrustStore, at: datetime) -> Certificate:
        """Check that a CSCA of the trust store stands behind the list.

        Args:
            trust: what is trusted already, without this list.
            at: aware time of the check.

        Returns:
            The CSCA that issued the list's signer.

        Raises:
            UntrustedList: the signature is wrong, or the signer is not trusted.
        """
        with_links = trust.merged(TrustStore(self._links()))
        report = signed_object.check(self.signed, with_links, at, usage=_SIGNING_USAGE)
        if report.signature_right is not Verdict.YES:
            raise UntrustedList(f"the master list was altered: {'; '.join(report.reasons)}")
        if report.signer_trusted is not Verdict.YES or report.anchor is None:
            raise UntrustedList(
                f"the master list's signer is not trusted: {'; '.join(report.reasons)}"
            )
        return report.anchor

    def _links(self) -> tuple[Certificate, ...]:
        """Link certificates of the signer's country that the list brings along.

        Safe to take along unchecked: a chain ends only at a self-signed certificate, and those
        have to be in the trust store.
        """
        countries = {item.country for item in self.signed.certificates}
        carried = TrustStore(
            tuple(
                item
                for item in (*self.certificates, *self.signed.certificates)
                if item.is_authority and item.country in countries
            )
        )
        return tuple(item for item in carried.authorities if not carried.is_anchor(item))

    def own_anchors(self) -> tuple[Certificate, ...]:
        """Self-signed CSCA certificates that came with the list's signature.

        One of them has to be compared with what the issuing state publishes before the list can
        be verified with it.
        """
        carried = TrustStore(tuple(item for item in self.signed.certificates if item.is_authority))
        return tuple(item for item in carried.authorities if carried.is_anchor(item))


def parse(data: bytes) -> MasterList:
    """Read a master list.

    Raises:
        MalformedPkiData, TlvError: it is none.
    """
    return read(cms.parse(data))


def read(signed: SignedData) -> MasterList:
    """Read a master list out of signed data; raises MalformedPkiData when it is none."""
    if signed.content_type != CONTENT_TYPE:
        raise MalformedPkiData(f"the signed data is no master list, but {signed.content_type}")
    found = []
    unreadable = 0
    with malformed("a master list"):
        for item in CscaMasterList.load(signed.content, strict=True)["certificates"]:
            try:
                found.append(certificate.read_structure(item))
            except PkiError:
                unreadable += 1
    return MasterList(tuple(found), unreadable, signed)
