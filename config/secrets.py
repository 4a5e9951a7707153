"""Secrets in files of their own, so that settings can be shown and copied freely."""

from pathlib import Path
from typing import Final

SHORTEST_SECRET: Final = 32
"""Bytes; as many as the hash of the HMAC has (NIST SP 800-107, section 5.3.2)."""


class SecretError(Exception):
    """A secret file that cannot be used; the text names the file, never what is in it."""


def read_secret(path: Path) -> bytes:
    """A secret key from a file with hexadecimal digits.

    Raises:
        SecretError: unreadable, no hexadecimal, or shorter than 32 bytes.
    """
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as error:
        raise SecretError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise SecretError(f"{path}: should hold hexadecimal digits only") from None
    if len(secret) < SHORTEST_SECRET:
        raise SecretError(
            f"{path}: holds {len(secret)} bytes, at least {SHORTEST_SECRET} are needed; "
            f"make one with: openssl rand -hex {SHORTEST_SECRET}"
        )
    return secret


def read_tokens(path: Path) -> tuple[str, ...]:
    """Bearer tokens from a file, one a line; empty lines and lines with ``#`` do not count.

    Raises:
        SecretError: unreadable, none in it, or one that is too short to be a secret.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise SecretError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SecretError(f"{path}: should hold ASCII text only") from None
    tokens = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if not tokens or min(map(len, tokens)) < SHORTEST_SECRET:
        raise SecretError(f"{path}: should hold tokens of {SHORTEST_SECRET} characters or more")
    return tokens
