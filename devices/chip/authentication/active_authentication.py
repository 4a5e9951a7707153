"""Active authentication (ICAO Doc 9303-11, section 6.1)."""

import hashlib
import secrets
from typing import Final

from asn1crypto.keys import PublicKeyInfo
from ecdsa import BadSignatureError, VerifyingKey
from ecdsa.curves import Curve
from ecdsa.util import MalformedSignature, sigdecode_der, sigdecode_string

from devices.chip import tlv
from devices.chip.access.bac import RandomBytes
from devices.chip.apdu import SHORT_BLOCK, SHORT_NE, Command, exchange
from devices.chip.crypto import iso9796
from devices.chip.crypto.public_key import parse_subject_public_key_info
from devices.chip.errors import CardRefused, CryptoError, UnsupportedDocument
from devices.chip.pki.errors import ASN1_ERRORS
from devices.chip.security_infos import ActiveAuthenticationInfo
from devices.chip.transport import CardTransport

CHALLENGE_LENGTH: Final = 8
_RSA_ENCRYPTION: Final = bytes.fromhex("2A864886F70D010101")
_ECDSA_HASHES: Final = ("sha256", "sha1", "sha224", "sha384", "sha512")
_WRONG_LENGTH: Final = 0x6700
_MIN_RSA_BITS: Final = 1024
_MAX_RSA_BITS: Final = 8192


class ActiveAuthenticationKey:
    """The public key of DG15."""

    def __init__(self, subject_public_key_info: bytes) -> None:
        """Read a SubjectPublicKeyInfo.

        Raises:
            CryptoError, TlvError: it is no RSA key, nor one on a standardised curve.
        """
        item = tlv.parse(subject_public_key_info)
        algorithm = item.children()[0].children() if item.children() else ()
        self._rsa: tuple[int, int] | None = None
        self._ec: tuple[Curve, bytes] | None = None
        if algorithm and algorithm[0].value == _RSA_ENCRYPTION:
            self._rsa = _rsa_numbers(subject_public_key_info)
        else:
            key = parse_subject_public_key_info(item)
            if not isinstance(key.parameters, Curve):
                raise CryptoError("the key of DG15 is no key for signatures")
            self._ec = (key.parameters, key.public)

    @property
    def signature_length(self) -> int:
        """The most bytes that a signature takes; DER needs more than r || s."""
        if self._rsa is not None:
            return (self._rsa[0].bit_length() + 7) // 8
        assert self._ec is not None  # noqa: S101 -- one of the two is set
        return 2 * _scalar_length(self._ec[0]) + 16

    @property
    def is_rsa(self) -> bool:
        return self._rsa is not None

    @property
    def name(self) -> str:
        if self._rsa is not None:
            return f"active authentication RSA-{self._rsa[0].bit_length()}"
        assert self._ec is not None  # noqa: S101 -- one of the two is set
        return f"active authentication ECDSA {self._ec[0].name}"

    def verify(self, signature: bytes, challenge: bytes, hash_name: str | None = None) -> str:
        """Check a signature over a challenge and return the name of its hash.

        Args:
            hash_name: of ECDSA, where DG14 names it; otherwise every hash of the standard is
                tried, which gives nobody a better chance to forge.

        Raises:
            CryptoError: the signature is not of this key over this challenge.
        """
        if self._rsa is not None:
            return self._verify_rsa(*self._rsa, signature, challenge)
        assert self._ec is not None  # noqa: S101 -- one of the two is set
        for name in (hash_name,) if hash_name else _ECDSA_HASHES:
            if _verify_ecdsa(*self._ec, signature, challenge, name):
                return name
        raise CryptoError("the signature of active authentication is wrong")

    @staticmethod
    def _verify_rsa(n: int, e: int, signature: bytes, challenge: bytes) -> str:
        length = (n.bit_length() + 7) // 8
        if len(signature) != length:
            raise CryptoError(f"the signature is {len(signature)} bytes instead of {length}")
        opened = pow(int.from_bytes(signature, "big"), e, n)
        # Scheme 1 lets the signer send the smaller of s and n - s.
        if opened & 0xF != 0xC:
            opened = n - opened
        return iso9796.verify(opened.to_bytes(length, "big"), challenge)


def _scalar_length(curve: Curve) -> int:
    bits: int = curve.order.bit_length()
    return (bits + 7) // 8


def _rsa_numbers(subject_public_key_info: bytes) -> tuple[int, int]:
    try:
        native = PublicKeyInfo.load(subject_public_key_info)["public_key"].native
        n, e = int(native["modulus"]), int(native["public_exponent"])
    except ASN1_ERRORS as error:
        raise CryptoError("the RSA key of DG15 is not in order") from error
    fits = _MIN_RSA_BITS <= n.bit_length() <= _MAX_RSA_BITS
    # A longer exponent serves nobody but whoever wants the kiosk to compute for minutes.
    if not fits or not 3 <= e < n or not e & 1 or not n & 1:
        raise CryptoError("the RSA key of DG15 is not acceptable")
    return n, e


def _verify_ecdsa(
    curve: Curve, public: bytes, signature: bytes, challenge: bytes, hash_name: str
) -> bool:
    try:
        key = VerifyingKey.from_string(public, curve=curve)
        is_plain = len(signature) == 2 * _scalar_length(curve)
        # A DER signature may by chance be as long as a plain one.
        decoders = (sigdecode_string, sigdecode_der) if is_plain else (sigdecode_der,)
        for decode in decoders:
            try:
                return bool(
                    key.verify(
                        signature,
                        challenge,
                        hashfunc=getattr(hashlib, hash_name),
                        sigdecode=decode,
                        allow_truncate=True,
                    )
                )
            except (BadSignatureError, MalformedSignature, ValueError):
                continue
    except (ValueError, AssertionError) as error:
        raise CryptoError("the key of DG15 is not acceptable") from error
    return False


def perform_active_authentication(
    session: CardTransport,
    key: ActiveAuthenticationKey,
    info: ActiveAuthenticationInfo | None,
    *,
    extended: bool = False,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> str:
    """Have the chip sign a challenge; return the name of the hash it used.

    Args:
        info: of DG14, where there is one.
        extended: the card takes extended length. A signature that does not fit a short response
            would otherwise come back cut, with 9000.

    Raises:
        CardRefused: the card does not sign.
        CryptoError: the signature is wrong.
        UnsupportedDocument: the signature came back cut, because the card takes no extended length.
        ChipError: what the session raises.
    """
    challenge = random_bytes(CHALLENGE_LENGTH)
    needs_extended = extended and key.signature_length > SHORT_BLOCK
    command = Command(
        0x00,
        0x88,
        0x00,
        0x00,
        challenge,
        ne=key.signature_length if needs_extended else SHORT_NE,
        extended=needs_extended,
    )
    reply = exchange(session, command)
    too_long = key.is_rsa and key.signature_length > SHORT_BLOCK and not needs_extended
    if not reply.ok and not (too_long and reply.sw == _WRONG_LENGTH):
        raise CardRefused("active authentication", reply.sw)
    if too_long and len(reply.data) < key.signature_length:
        raise UnsupportedDocument(
            "the signature of active authentication does not fit a short response"
        )
    return key.verify(reply.data, challenge, info.hash_name if info else None)
