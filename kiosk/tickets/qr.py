"""The signed code on a ticket: a desk can tell, offline, that the hall issued it.

Format ``HKT1:``, documented in docs/ticket-qr.md. It holds no personal data.
"""

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.tickets import base45

PREFIX = "HKT1:"
_EPOCH = date(2020, 1, 1)
_HEADER = struct.Struct(">4sIH")
"""Key id, issue time in seconds since 1970 UTC, business date in days since 2020-01-01."""
_SIGNATURE_BYTES = 64
_MAX_TEXT = 41
_DOMAIN = PREFIX.encode("ascii")
"""Signed along, so that a signature for anything else is never one for a ticket."""


class InvalidTicket(ValueError):  # noqa: N818 -- what the ticket is
    """A code that is not one of this hall's tickets; the text says why."""


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


def key_id(key: Ed25519PublicKey) -> bytes:
    """The first four bytes of the SHA-256 of the raw public key (RFC 8032, section 5.1.5)."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:4]


def sign(ticket: SignedTicket, key: Ed25519PrivateKey) -> str:
    """The code for a ticket, signed with Ed25519 (RFC 8032).

    Raises:
        ValueError: a field does not fit the format.
    """
    body = _HEADER.pack(
        key_id(key.public_key()),
        int(ticket.issued_at.timestamp()),
        (ticket.business_date - _EPOCH).days,
    )
    body += _text(ticket.hall_id) + _text(ticket.number)
    return PREFIX + base45.encode(body + key.sign(_DOMAIN + body))


def verify(code: str, keys: Iterable[Ed25519PublicKey]) -> SignedTicket:
    """What a code says, if one of the keys has signed it.

    Raises:
        InvalidTicket: it is no ticket's code, or has been changed, or the key is not known.
    """
    if not code.startswith(PREFIX):
        raise InvalidTicket(f"this is no ticket's code: it does not begin with {PREFIX}")
    try:
        data = base45.decode(code[len(PREFIX) :])
    except ValueError as error:
        raise InvalidTicket(f"the code is damaged: {error}") from error
    body, signature = data[:-_SIGNATURE_BYTES], data[-_SIGNATURE_BYTES:]
    if len(body) < _HEADER.size:
        raise InvalidTicket("the code is damaged: it is too short")
    key = {key_id(key): key for key in keys}.get(body[:4])
    if key is None:
        raise InvalidTicket(f"signed with key {body[:4].hex()}, which is not known here")
    try:
        key.verify(signature, _DOMAIN + body)
    except InvalidSignature as error:
        raise InvalidTicket("the signature is wrong: the hall did not issue this") from error
    return _parse(body)


def _text(text: str) -> bytes:
    data = text.encode("ascii")
    if not 0 < len(data) <= _MAX_TEXT:
        raise ValueError(f"{text!r} is not 1 to {_MAX_TEXT} ASCII characters")
    return bytes((len(data),)) + data


def _parse(body: bytes) -> SignedTicket:
    """Read a body whose signature is right."""
    _, seconds, days = _HEADER.unpack_from(body)
    texts, rest = [], body[_HEADER.size :]
    while rest:
        texts.append(rest[1 : 1 + rest[0]].decode("ascii"))
        rest = rest[1 + rest[0] :]
    if len(texts) != 2:
        raise InvalidTicket("the code is of a later format: update this program")
    return SignedTicket(
        texts[0], texts[1], _EPOCH + timedelta(days), datetime.fromtimestamp(seconds, UTC)
    )
