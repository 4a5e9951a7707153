"""Ciphers, message authentication codes and key derivation (ICAO Doc 9303-11, sections 9.6-9.8)."""

import hashlib
from enum import Enum, IntEnum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher as LibraryCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from cryptography.hazmat.primitives.cmac import CMAC

from devices.chip.errors import CryptoError

MAC_LENGTH = 8


class Purpose(IntEnum):
    """Counter of the key derivation function (section 9.7.1)."""

    ENCRYPTION = 1
    MAC = 2
    PASSWORD = 3


class Cipher(Enum):
    """A block cipher with the MAC and key lengths that go with it.

    The value is (name, key length in bytes, block length in bytes).
    """

    TDES = ("3DES", 16, 8)
    AES128 = ("AES-128", 16, 16)
    AES192 = ("AES-192", 24, 16)
    AES256 = ("AES-256", 32, 16)

    def __init__(self, label: str, key_length: int, block_length: int) -> None:
        self.label = label
        self.key_length = key_length
        self.block_length = block_length

    def derive(self, secret: bytes, purpose: Purpose) -> bytes:
        """KDF(K, c) of section 9.7.1."""
        hashed = secret + purpose.to_bytes(4, "big")
        if self in (Cipher.AES192, Cipher.AES256):
            return hashlib.sha256(hashed).digest()[: self.key_length]
        key = hashlib.sha1(hashed, usedforsecurity=False).digest()[: self.key_length]
        return _with_odd_parity(key) if self is Cipher.TDES else key

    def encrypt(self, key: bytes, iv: bytes, data: bytes) -> bytes:
        """CBC without padding."""
        encryptor = LibraryCipher(self._algorithm(key), CBC(iv)).encryptor()
        return encryptor.update(data) + encryptor.finalize()

    def decrypt(self, key: bytes, iv: bytes, data: bytes) -> bytes:
        """CBC without padding.

        Raises:
            CryptoError: the data is no whole number of blocks.
        """
        if len(data) % self.block_length:
            raise CryptoError("a cryptogram is no whole number of blocks")
        decryptor = LibraryCipher(self._algorithm(key), CBC(iv)).decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def encrypt_block(self, key: bytes, block: bytes) -> bytes:
        encryptor = LibraryCipher(self._algorithm(key), ECB()).encryptor()  # noqa: S305 -- one block
        return encryptor.update(block) + encryptor.finalize()

    @property
    def zero_iv(self) -> bytes:
        return bytes(self.block_length)

    def mac(self, key: bytes, message: bytes) -> bytes:
        """MAC over a message, as BAC and the tokens of PACE have it.

        The retail MAC pads the message (ISO/IEC 9797-1, MAC algorithm 3, padding method 2);
        CMAC (NIST SP 800-38B) takes it as it is and is cut to eight bytes.
        """
        if self is Cipher.TDES:
            return retail_mac(key, pad(message, self.block_length))
        return self._cmac(key, message)

    def mac_padded(self, key: bytes, message: bytes) -> bytes:
        """MAC over a message that is padded whatever the cipher, as secure messaging has it."""
        padded = pad(message, self.block_length)
        return retail_mac(key, padded) if self is Cipher.TDES else self._cmac(key, padded)

    def _cmac(self, key: bytes, message: bytes) -> bytes:
        cmac = CMAC(self._algorithm(key))
        cmac.update(message)
        return cmac.finalize()[:MAC_LENGTH]

    def _algorithm(self, key: bytes) -> BlockCipherAlgorithm:
        if self is Cipher.TDES:
            return TripleDES(key + key[:8])
        return AES(key)


def retail_mac(key: bytes, padded: bytes) -> bytes:
    """ISO/IEC 9797-1 MAC algorithm 3 with DES over whole blocks."""
    first, second = key[:8], key[8:16]
    # Triple DES with one key three times is single DES.
    encryptor = LibraryCipher(TripleDES(first * 3), CBC(bytes(8))).encryptor()
    last = (encryptor.update(padded) + encryptor.finalize())[-8:]
    decryptor = LibraryCipher(TripleDES(second * 3), ECB()).decryptor()  # noqa: S305 -- one block
    return Cipher.encrypt_block(Cipher.TDES, first + first, decryptor.update(last))


def pad(data: bytes, block_length: int) -> bytes:
    """ISO/IEC 9797-1 padding method 2."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block_length)


def unpad(data: bytes) -> bytes:
    """Take padding method 2 off.

    Raises:
        CryptoError: there is none.
    """
    stripped = data.rstrip(b"\x00")
    if not stripped.endswith(b"\x80"):
        raise CryptoError("decrypted data is not padded")
    return stripped[:-1]


def _with_odd_parity(key: bytes) -> bytes:
    """Set the parity bits of DES keys (section 9.7.1.1)."""
    return bytes((octet & 0xFE) | (1 - (octet >> 1).bit_count() % 2) for octet in key)
