"""What is found out about the chip itself in one reading."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from devices.chip.access.pace import ChipAuthenticationMappingData
from devices.chip.authentication.chip_authentication_mapping import (
    verify_chip_authentication_mapping,
)
from devices.chip.errors import ChipError, CryptoError
from devices.chip.pki import cms, signed_object
from devices.chip.pki.trust_store import TrustStore
from devices.chip.security_infos import (
    ChipAuthenticationPublicKeyInfo,
    SecurityInfos,
    parse_security_infos,
)
from devices.documents.identity import Verdict

SECURITY_OBJECT: Final = "0.4.0.127.0.7.3.2.1"
"""Content type of EF.CardSecurity (ICAO Doc 9303-11, section 9.2.11.2)."""


@dataclass(slots=True)
class ChipProof:
    """The verdict on the chip, and how it came about."""

    verdict: Verdict = Verdict.UNKNOWN
    name: str = ""
    reasons: list[str] = field(default_factory=list)

    def proven(self, name: str) -> None:
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


def signed_mapping_keys(
    card_security: bytes, trust: TrustStore, at: datetime
) -> tuple[SecurityInfos | None, str]:
    """SecurityInfos of EF.CardSecurity if a trusted signer signed them, and otherwise why not."""
    try:
        signed = cms.parse(card_security)
        report = signed_object.check(signed, trust, at, content_types=frozenset({SECURITY_OBJECT}))
        if (report.signature_right, report.signer_trusted) != (Verdict.YES, Verdict.YES):
            return None, "the signer of EF.CardSecurity is not trusted"
        return parse_security_infos(signed.content), ""
    except ChipError as error:
        return None, f"EF.CardSecurity: {error}"
