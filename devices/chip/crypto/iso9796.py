"""Message recovery of active authentication with RSA (ISO/IEC 9796-2, digital signature scheme 1).

F = header || M1 || hash(M1 || M2) || trailer, where M1 is the chip's and comes back out of the
signature, and M2 is the terminal's challenge (ICAO Doc 9303-11, section 6.1.2.2).
"""

import hashlib
import hmac
from typing import Final

from devices.chip.errors import CryptoError

_HEADER: Final = 0x6A
"""Partial recovery (more data), no padding."""
_IMPLICIT: Final = b"\xbc"
"""Trailer of one byte: SHA-1."""
_HASHES: Final = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
"""Hash identifiers of ISO/IEC 10118-3 in the two-byte trailer xxCC."""


def trailer(hash_name: str) -> bytes:
    """The trailer that names a hash; SHA-1 has the short one."""
    if hash_name == "sha1":
        return _IMPLICIT
    number = next(number for number, name in _HASHES.items() if name == hash_name)
    return bytes((number, 0xCC))


def compose(recoverable: bytes, challenge: bytes, hash_name: str) -> bytes:
    """The message representative F that the chip signs."""
    digest = hashlib.new(hash_name, recoverable + challenge, usedforsecurity=False).digest()
    return bytes((_HEADER,)) + recoverable + digest + trailer(hash_name)


def verify(message: bytes, challenge: bytes) -> str:
    """Check a message representative that a signature was opened to; return the hash's name.

    Raises:
        CryptoError: it is none, or not over the challenge.
    """
    if message.endswith(_IMPLICIT):
        hash_name, body = "sha1", message[:-1]
    elif message.endswith(b"\xcc") and len(message) > 1 and message[-2] in _HASHES:
        hash_name, body = _HASHES[message[-2]], message[:-2]
    else:
        raise CryptoError("the signature has no trailer of ISO/IEC 9796-2 scheme 1")
    size = hashlib.new(hash_name, usedforsecurity=False).digest_size
    if len(body) < size + 1:
        raise CryptoError("the signature is too short for its hash")
    recoverable, digest = _recoverable(body[:-size]), body[-size:]
    expected = hashlib.new(hash_name, recoverable + challenge, usedforsecurity=False).digest()
    if not hmac.compare_digest(expected, digest):
        raise CryptoError("the signature is not over our challenge")
    return hash_name


def _recoverable(part: bytes) -> bytes:
    """M1, which begins after the header: 6A, or 6B BB ... BA where it had to be padded."""
    if part[0] & 0xE0 != 0x60:
        raise CryptoError("the signature has no header of partial recovery")
    if part[0] & 0x0F == 0x0A:
        return part[1:]
    position = 1
    while position < len(part) and part[position] == 0xBB:
        position += 1
    if position == len(part) or part[position] & 0x0F != 0x0A:
        raise CryptoError("the padding of the signature does not end")
    return part[position + 1 :]
