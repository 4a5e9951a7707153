"""The pseudo-random function of integrated mapping (ICAO Doc 9303-11, section 4.4.3.3.2)."""

from typing import Final

from devices.chip.crypto.cipher import Cipher
from devices.chip.errors import MalformedReply

_CONSTANTS_128: Final = (
    bytes.fromhex("A668892A7C41E3CA739F40B057D85904"),
    bytes.fromhex("A4E136AC725F738B01C1F60217C188AD"),
)
_CONSTANTS_256: Final = (
    bytes.fromhex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676"),
    bytes.fromhex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517"),
)


def pseudo_random(cipher: Cipher, s: bytes, t: bytes, prime_bits: int) -> bytes:
    """R(s, t) before its reduction modulo p.

    Args:
        s: the card's nonce.
        t: the terminal's nonce, as long as the cipher's key.

    Raises:
        MalformedReply: the card's nonce has not the length that goes with the cipher.
    """
    c0, c1 = _CONSTANTS_256 if cipher.key_length > 16 else _CONSTANTS_128
    if len(s) != len(c0):
        raise MalformedReply(f"the card's nonce for integrated mapping is {len(s)} bytes")
    key = cipher.encrypt(t, cipher.zero_iv, s)[: cipher.key_length]
    output = b""
    while len(output) * 8 < prime_bits + 64:
        output += cipher.encrypt(key, cipher.zero_iv, c1)
        key = cipher.encrypt(key, cipher.zero_iv, c0)[: cipher.key_length]
    return output
