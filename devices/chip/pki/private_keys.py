"""Private keys of test issuers. Nothing that a kiosk reads needs one."""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from ecdsa import SigningKey
from ecdsa.curves import Curve
from ecdsa.util import sigencode_der, sigencode_string

from devices.chip import tlv
from devices.chip.pki import algorithms, curves
from devices.chip.pki.algorithms import Scheme, SignatureAlgorithm
from devices.chip.pki.errors import UnsupportedAlgorithm, malformed
from devices.chip.pki.keys import EC_OID, HASH_OBJECTS

_EXPONENT: Final = 65537
_SEQUENCE: Final = 0x30
_BIT_STRING: Final = 0x03


@dataclass(frozen=True, slots=True)
class RsaPrivateKey:
    """An RSA key pair."""

    key: rsa.RSAPrivateKey

    def public_key_info(self) -> bytes:
        """SubjectPublicKeyInfo in DER."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, algorithm: SignatureAlgorithm, message: bytes) -> bytes:
        """Signature of a message; raises UnsupportedAlgorithm for another kind of key's."""
        hashed = HASH_OBJECTS[algorithm.hash]()
        if algorithm.scheme is Scheme.RSA:
            return self.key.sign(message, padding.PKCS1v15(), hashed)
        if algorithm.scheme is Scheme.RSA_PSS:
            mask = padding.MGF1(HASH_OBJECTS[algorithm.mask_hash]())
            return self.key.sign(message, padding.PSS(mask, algorithm.salt_length), hashed)
        raise UnsupportedAlgorithm(f"an RSA key does not sign {algorithm}")

    def to_pem(self) -> bytes:
        """PKCS #8 without encryption."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


@dataclass(frozen=True, slots=True)
class EcPrivateKey:
    """A key pair on any curve of `curves`; the curve may be written out in the public key."""

    curve: Curve
    secret: int
    explicit: bool = False

    def point(self) -> bytes:
        """The public key, uncompressed."""
        encoded: bytes = self._key().verifying_key.to_string("uncompressed")
        return encoded

    def public_key_info(self) -> bytes:
        """SubjectPublicKeyInfo in DER."""
        parameters = (
            curves.explicit_parameters(self.curve) if self.explicit else self.curve.encoded_oid
        )
        identifier = algorithms.encode_oid(EC_OID) + parameters
        return tlv.encode(
            _SEQUENCE,
            tlv.encode(_SEQUENCE, identifier) + tlv.encode(_BIT_STRING, b"\x00" + self.point()),
        )

    def sign(self, algorithm: SignatureAlgorithm, message: bytes) -> bytes:
        """Signature of a message; raises UnsupportedAlgorithm for another kind of key's."""
        if algorithm.scheme not in (Scheme.ECDSA, Scheme.ECDSA_PLAIN):
            raise UnsupportedAlgorithm(f"an elliptic curve key does not sign {algorithm}")
        plain = algorithm.scheme is Scheme.ECDSA_PLAIN
        signature: bytes = self._key().sign_digest(
            algorithms.digest(algorithm.hash, message),
            sigencode=sigencode_string if plain else sigencode_der,
            allow_truncate=True,
        )
        return signature

    def to_pem(self) -> bytes:
        """PKCS #8 without encryption, the curve named."""
        encoded: bytes = self._key().to_pem(format="pkcs8")
        return encoded

    def _key(self) -> Any:
        return SigningKey.from_secret_exponent(self.secret, self.curve)


PrivateKey = RsaPrivateKey | EcPrivateKey


def generate_rsa(bits: int) -> RsaPrivateKey:
    return RsaPrivateKey(rsa.generate_private_key(_EXPONENT, bits))


def generate_ec(curve: Curve, *, explicit: bool = False) -> EcPrivateKey:
    return EcPrivateKey(curve, 1 + secrets.randbelow(int(curve.order) - 1), explicit)


def load_pem(data: bytes, *, explicit: bool = False) -> PrivateKey:
    """A key that `to_pem` wrote.

    Args:
        data: PKCS #8 without encryption.
        explicit: whether the public key's curve is to be written out.

    Raises:
        MalformedPkiData: it is no such key.
    """
    with malformed("a private key"):
        encoded = pem.unarmor(data)[2]
        info = asn1_keys.PrivateKeyInfo.load(encoded, strict=True)
        if info.algorithm == "ec":
            curve, _ = curves.curve_of(info["private_key_algorithm"]["parameters"].dump())
            secret = int(info["private_key"].parsed["private_key"].native)
            return EcPrivateKey(curve, secret, explicit)
        key = serialization.load_der_private_key(
            encoded,
            password=None,
            # a key of specimen documents, made here; to validate it takes up to half a second
            unsafe_skip_rsa_key_validation=True,
        )
        if not isinstance(key, rsa.RSAPrivateKey):
            raise UnsupportedAlgorithm("a private key is neither RSA nor EC")
        return RsaPrivateKey(key)
