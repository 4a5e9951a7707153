"""EF.CardSecurity: SecurityInfos that are signed (ICAO Doc 9303-11, section 9.2.11).

Chip authentication mapping proves that a chip is no copy only when the key it used comes from here
and this file's signature holds.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from devices.chip.errors import ChipError
from devices.chip.pki import cms, signed_object
from devices.chip.pki.passive_authentication import aware
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict

CONTENT_TYPE: Final = "0.4.0.127.0.7.3.2.1"


@dataclass(frozen=True, slots=True)
class CardSecurity:
    """What EF.CardSecurity says, and whether it is to be believed."""

    security_infos: bytes
    """A SET of SecurityInfo; empty where the file could not be read."""
    data_authentic: Verdict
    signer_trusted: Verdict
    reasons: tuple[str, ...] = ()
    weak_algorithms: tuple[str, ...] = ()


def verify(file: bytes, trust: TrustStore, at: datetime) -> CardSecurity:
    """Read EF.CardSecurity and check its signature; never raises on what the file holds.

    Args:
        file: EF.CardSecurity as read.
        trust: what the hall trusts.
        at: the time of the check; taken as UTC when it has no zone.
    """
    try:
        signed = cms.parse(file)
    except ChipError as error:
        return _unknown(f"EF.CardSecurity: {error}")
    if signed.content_type != CONTENT_TYPE:
        return _unknown(f"EF.CardSecurity: content of the type {signed.content_type}")
    report = signed_object.check(signed, trust, aware(at))
    return CardSecurity(
        security_infos=signed.content,
        data_authentic=report.signature_right,
        signer_trusted=report.signer_trusted,
        reasons=report.reasons,
        weak_algorithms=report.weak,
    )


def _unknown(reason: str) -> CardSecurity:
    return CardSecurity(b"", Verdict.UNKNOWN, Verdict.UNKNOWN, (reason,))
