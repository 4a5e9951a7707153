"""The signed code of a reservation: a kiosk can tell, offline, that it is no invention.

Format ``HKR1:``, documented in docs/reservation-qr.md. It holds no personal data.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.codes.signed import InvalidCode, pack_text, seal, unpack_texts, unseal

PREFIX = "HKR1:"
_HEADER = struct.Struct(">II")
"""Issue and expiry in seconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class SignedReservation:
    """What a reservation's code says: no name, no hall, no service."""

    code: str = field(repr=False)
    """As the hall server knows it; the same in every hall."""
    issued_at: datetime
    """To the second."""
    expires_at: datetime
    """The first second in which it is no longer taken."""


def sign(reservation: SignedReservation, key: Ed25519PrivateKey) -> str:
    """The signed form of a reservation's code.

    Raises:
        ValueError: a field does not fit the format, or it expires before it is issued.
    """
    issued, expires = reservation.issued_at, reservation.expires_at
    if expires <= issued:
        raise ValueError("a reservation's code should expire after it is issued")
    try:
        header = _HEADER.pack(int(issued.timestamp()), int(expires.timestamp()))
    except struct.error:
        raise ValueError("times should lie between 1970 and 2106") from None
    return seal(PREFIX, header + pack_text(reservation.code), key)


def verify(text: str, keys: Iterable[Ed25519PublicKey]) -> SignedReservation:
    """What a signed code says, if one of the keys has signed it. It may have expired.

    Raises:
        InvalidCode: it is no reservation's code, or has been changed, or the key is not known.
    """
    content = unseal(PREFIX, text, keys)
    if len(content) < _HEADER.size:
        raise InvalidCode("the code is damaged: it is too short")
    issued, expires = _HEADER.unpack_from(content)
    (code,) = unpack_texts(content[_HEADER.size :], 1)
    return SignedReservation(
        code, datetime.fromtimestamp(issued, UTC), datetime.fromtimestamp(expires, UTC)
    )
