"""What identifies a document to the hall server: a keyed hash, never the number itself.

HMAC-SHA256 (FIPS 198-1, FIPS 180-4) over the issuing state and the number. Whoever books a
reservation and the hall server hash with the same secret, so equal documents have equal keys, and
without the secret the few numbers there are cannot be tried out.
"""

import hashlib
import hmac
import unicodedata
from typing import Final

from devices.documents.identity import Identity

_DOMAIN: Final = b"hall-kiosk document key v1"


def document_key(secret: bytes, issuing_state: str, number: str) -> str:
    """The keyed hash of one document number, as 64 hexadecimal digits.

    Case, spaces, hyphens and fillers do not count: a number typed by hand, read from the machine
    readable zone or from a chip gives the same key.
    """
    parts = (_DOMAIN, _plain(issuing_state).encode(), _plain(number).encode())
    # each part with its length before it, so that no two inputs run into the same text
    message = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def document_keys(secret: bytes, identity: Identity) -> tuple[str, ...]:
    """The keys of all numbers under which a document may be known, the present number's first."""
    return tuple(
        dict.fromkeys(
            document_key(secret, identity.issuing_state, number) for number in identity.numbers()
        )
    )


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if character.isalnum())
