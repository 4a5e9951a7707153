"""The envelope of signed codes: a prefix, then Base45 of key id, content and Ed25519 signature."""

import hashlib
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.codes import base45

_KEY_ID_BYTES = 4
_SIGNATURE_BYTES = 64
_MAX_TEXT = 41


class InvalidCode(ValueError):  # noqa: N818 -- what the code is
    """A code that nobody who is trusted has signed, or that says what it must not; with why."""


def key_id(key: Ed25519PublicKey) -> bytes:
    """The first four bytes of the SHA-256 of the raw public key (RFC 8032, section 5.1.5)."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:_KEY_ID_BYTES]


def seal(prefix: str, content: bytes, key: Ed25519PrivateKey) -> str:
    """The code that holds some content, signed with Ed25519 (RFC 8032).

    The prefix is signed along, so that a signature for one kind of code is never one for another.
    """
    body = key_id(key.public_key()) + content
    return prefix + base45.encode(body + key.sign(prefix.encode("ascii") + body))


def unseal(prefix: str, code: str, keys: Iterable[Ed25519PublicKey]) -> bytes:
    """The content of a code, if one of the keys has signed it.

    Raises:
        InvalidCode: it is no such code, or has been changed, or the key is not known.
    """
    if not code.startswith(prefix):
        raise InvalidCode(f"this is no such code: it does not begin with {prefix}")
    try:
        data = base45.decode(code[len(prefix) :])
    except ValueError as error:
        raise InvalidCode(f"the code is damaged: {error}") from error
    body, signature = data[:-_SIGNATURE_BYTES], data[-_SIGNATURE_BYTES:]
    if len(body) < _KEY_ID_BYTES:
        raise InvalidCode("the code is damaged: it is too short")
    signer = body[:_KEY_ID_BYTES]
    candidates = [key for key in keys if key_id(key) == signer]
    if not candidates:
        raise InvalidCode(f"signed with key {signer.hex()}, which is not known here")
    if not any(_signed(key, signature, prefix.encode("ascii") + body) for key in candidates):
        raise InvalidCode("the signature is wrong: it is a forgery or was changed")
    return body[_KEY_ID_BYTES:]


def _signed(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def pack_text(text: str) -> bytes:
    """A length byte and ASCII characters.

    Raises:
        ValueError: empty, longer than 41 characters, or not ASCII.
    """
    data = text.encode("ascii", "replace")
    if not 0 < len(data) <= _MAX_TEXT or not text.isascii():
        raise ValueError(f"{text!r} is not 1 to {_MAX_TEXT} ASCII characters")
    return bytes((len(data),)) + data


def unpack_texts(data: bytes, count: int) -> list[str]:
    """As many texts as there must be, of content whose signature is right.

    Raises:
        InvalidCode: there are others, so it is of a later format.
    """
    texts = []
    while data:
        texts.append(data[1 : 1 + data[0]].decode("ascii", "replace"))
        data = data[1 + data[0] :]
    if len(texts) != count:
        raise InvalidCode("the code is of a later format: update this program")
    return texts
