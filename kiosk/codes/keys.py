"""The keys of signed codes, in PEM files: a private one to sign, public ones to verify."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class KeyFileError(Exception):
    """A key file that cannot be used; the text names the file and says what is wrong."""


def make_key_pair(private: Path, public: Path) -> Ed25519PrivateKey:
    """Make a key pair and write it: PKCS #8, readable by its owner only, and its public half.

    Raises:
        KeyFileError: a file is there already, or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    open_half = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for path, data, mode in ((private, secret, 0o600), (public, open_half, 0o644)):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            raise KeyFileError(f"{path} exists already; a key is never overwritten") from None
        except OSError as error:
            raise KeyFileError(f"{path}: cannot be written: {error.strerror}") from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    return key


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs codes.

    Raises:
        KeyFileError: unreadable, or no Ed25519 private key in PEM.
    """
    try:
        key = serialization.load_pem_private_key(_read(path), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(
            f"{path}: no Ed25519 private key in PEM (the .key file that keygen makes)"
        )
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """A key that tells whether a code is genuine.

    Raises:
        KeyFileError: unreadable, or no Ed25519 public key in PEM.
    """
    try:
        key = serialization.load_pem_public_key(_read(path))
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(
            f"{path}: no Ed25519 public key in PEM (the .pub file that keygen makes)"
        )
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be read: {error.strerror}") from None
