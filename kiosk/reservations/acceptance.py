"""Which codes a kiosk takes for a reservation's, and what it makes of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.codes.signed import InvalidCode
from kiosk.reservations.qr import PREFIX, SignedReservation, verify

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""By how much the clock of the reservation system may be ahead of the kiosk's."""
UNSIGNED_PREFIX: Final = "HK1:"
"""What a reservation code begins with that nobody has signed."""


class Refusal(Enum):
    """Why a code is not taken."""

    FOREIGN = auto()
    """It is a code for something else, and may lie beside what was meant."""
    NOT_GENUINE = auto()
    """It says that it is a reservation's, but nobody who is trusted says so."""
    EXPIRED = auto()
    """It is genuine, and its time is over."""
    NOT_YET = auto()
    """It is genuine, and issued later than now: a clock is wrong, here or where it was signed."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the kiosk trusts."""

    keys: tuple[Ed25519PublicKey, ...] = ()
    """Of those who sign reservation codes; none: unsigned codes are taken, and no signed one."""
    unsigned: bool = True
    """Whether codes are taken that nobody has signed."""

    def judge_all(self, texts: Sequence[str], now: datetime) -> str | Refusal:
        """What is made of codes that lie there together: a reservation hides behind no other."""
        judged = [self.judge(text, now) for text in texts]
        taken = [one for one in judged if not isinstance(one, Refusal)]
        refused = [one for one in judged if one is not Refusal.FOREIGN]
        return next(iter(taken + refused), Refusal.FOREIGN)

    def judge(self, text: str, now: datetime) -> str | Refusal:
        """The reservation's code, as the hall server knows it, or why it is not taken.

        Blanks and line ends around the text do not count: who made the QR code may have left some.
        """
        text = text.strip()  # Base45 has blanks too, but none ends with one (RFC 9285, section 4)
        if text.startswith(UNSIGNED_PREFIX):
            code = text.removeprefix(UNSIGNED_PREFIX)
            return code if self.unsigned else Refusal.NOT_GENUINE
        if not text.startswith(PREFIX):
            return Refusal.FOREIGN
        try:
            reservation = verify(text, self.keys)
        except InvalidCode:
            return Refusal.NOT_GENUINE
        return out_of_time(reservation, now) or reservation.code


def out_of_time(reservation: SignedReservation, now: datetime) -> Refusal | None:
    """Why a genuine code is not taken at a time; None: it is."""
    if now >= reservation.expires_at:
        return Refusal.EXPIRED
    return Refusal.NOT_YET if reservation.issued_at > now + CLOCKS_DIFFER else None


UNSIGNED: Final = Acceptance()
"""Where nobody signs reservation codes."""
