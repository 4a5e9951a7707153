"""The signed code on a ticket: a desk can tell, offline, that the hall issued it.

Format ``HKT1:``, documented in docs/ticket-qr.md. It holds no personal data.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.codes.signed import InvalidCode, pack_text, seal, unpack_texts, unseal

PREFIX = "HKT1:"
_EPOCH = date(2020, 1, 1)
_HEADER = struct.Struct(">IH")
"""Issue time in seconds since 1970 UTC, business date in days since 2020-01-01."""


@dataclass(frozen=True, slots=True)
class SignedTicket:
    """What a ticket's code says."""

    hall_id: str
    number: str
    """As on paper, e.g. ``A 012``."""
    business_date: date
    issued_at: datetime
    """To the second."""

    @property
    def series(self) -> str:
        return self.number.partition(" ")[0]


def sign(ticket: SignedTicket, key: Ed25519PrivateKey) -> str:
    """The code for a ticket.

    Raises:
        ValueError: a field does not fit the format.
    """
    header = _HEADER.pack(int(ticket.issued_at.timestamp()), (ticket.business_date - _EPOCH).days)
    return seal(PREFIX, header + pack_text(ticket.hall_id) + pack_text(ticket.number), key)


def verify(code: str, keys: Iterable[Ed25519PublicKey]) -> SignedTicket:
    """What a code says, if one of the keys has signed it.

    Raises:
        InvalidCode: it is no ticket's code, or has been changed, or the key is not known.
    """
    content = unseal(PREFIX, code, keys)
    if len(content) < _HEADER.size:
        raise InvalidCode("the code is damaged: it is too short")
    seconds, days = _HEADER.unpack_from(content)
    hall_id, number = unpack_texts(content[_HEADER.size :], 2)
    return SignedTicket(
        hall_id, number, _EPOCH + timedelta(days), datetime.fromtimestamp(seconds, UTC)
    )
