"""What is found out about the chip itself in one reading."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from devices.chip.access.pace import ChipAuthenticationMappingData
from devices.chip.authentication.chip_authentication_mapping import (
    verify_chip_authentication_mapping,
)
from devices.chip.errors import ChipError, CryptoError
from devices.chip.pki import card_security
from devices.chip.pki.trust_store import TrustStore
from devices.chip.security_infos import (
    ChipAuthenticationPublicKeyInfo,
    parse_security_infos,
)
from devices.documents.identity import Verdict


@dataclass(slots=True)
class ChipProof:
    """The verdict on the chip, and how it came about."""

    verdict: Verdict = Verdict.UNKNOWN
    name: str = ""
    reasons: list[str] = field(default_factory=list)

    def proven(self, name: str) -> None:
        """The chip has shown that it is no copy, unless it has been refuted already."""
        if self.verdict is not Verdict.NO:
            self.verdict, self.name = Verdict.YES, name

    def refuted(self, reason: str) -> None:
        """Once refuted, a chip stays so in this reading."""
        self.verdict, self.name = Verdict.NO, ""
        self.reasons.append(reason)

    def remark(self, reason: str) -> None:
        self.reasons.append(reason)


def prove_by_mapping(
    proof: ChipProof,
    data: ChipAuthenticationMappingData,
    keys: Iterable[ChipAuthenticationPublicKeyInfo],
) -> None:
    """Judge PACE-CAM by keys that are signed."""
    try:
        verify_chip_authentication_mapping(data, keys)
    except CryptoError as error:
        proof.refuted(str(error))
    else:
        proof.proven("PACE-CAM")


def prove_by_signed_key(
    proof: ChipProof,
    data: ChipAuthenticationMappingData,
    keys: Iterable[ChipAuthenticationPublicKeyInfo],
) -> bool:
    """Whether one of DG14's keys proves PACE-CAM; that none does, says nothing against the chip.

    The key of PACE-CAM may be another one, which stands in EF.CardSecurity only.
    """
    try:
        verify_chip_authentication_mapping(data, keys)
    except CryptoError:
        return False
    proof.proven("PACE-CAM")
    return True


def signed_mapping_keys(
    file: bytes, trust: TrustStore, at: datetime
) -> tuple[tuple[ChipAuthenticationPublicKeyInfo, ...], tuple[str, ...]]:
    """The keys in EF.CardSecurity, if a trusted signer signed them; and remarks on it."""
    found = card_security.verify(file, trust, at)
    if (found.data_authentic, found.signer_trusted) != (Verdict.YES, Verdict.YES):
        return (), tuple(f"EF.CardSecurity: {reason}" for reason in found.reasons)
    try:
        return parse_security_infos(found.security_infos).chip_authentication_keys, ()
    except ChipError as error:
        return (), (f"EF.CardSecurity: {error}",)
