"""Public keys as certificates and chips give them, and the check of a signature with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import core
from asn1crypto import keys as asn1_keys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from ecdsa import VerifyingKey
from ecdsa.curves import Curve
from ecdsa.errors import MalformedPointError
from ecdsa.keys import BadSignatureError
from ecdsa.util import sigdecode_string

from devices.chip.crypto.library_curves import library_curve
from devices.chip.pki import algorithms
from devices.chip.pki.algorithms import RSA_PSS_OID, Scheme, SignatureAlgorithm
from devices.chip.pki.curves import curve_of
from devices.chip.pki.errors import UnsupportedAlgorithm, malformed
from devices.chip.pki.leniency import unsigned

RSA_OID: Final = "1.2.840.113549.1.1.1"
EC_OID: Final = "1.2.840.10045.2.1"
_RSA_BITS: Final = range(1024, 8193)
"""Longer keys only serve to keep the machine busy."""
_MAX_EXPONENT_BITS: Final = 64
_POINT_ENCODINGS: Final = ("uncompressed", "compressed", "hybrid")
_WEAK_RSA_BELOW: Final = 2048
_WEAK_EC_BELOW: Final = 224

HASH_OBJECTS: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {
    "SHA-1": hashes.SHA1,
    "SHA-224": hashes.SHA224,
    "SHA-256": hashes.SHA256,
    "SHA-384": hashes.SHA384,
    "SHA-512": hashes.SHA512,
}
_SECG_NAMES: Final = {"prime192v1": "secp192r1", "prime256v1": "secp256r1"}


@dataclass(frozen=True, slots=True)
class RsaPublicKey:
    modulus: int
    exponent: int

    def __str__(self) -> str:
        return f"RSA-{self.modulus.bit_length()}"


@dataclass(frozen=True, slots=True)
class EcPublicKey:
    curve: Curve
    point: bytes
    """Uncompressed (SEC 1, section 2.3.3), known to lie on the curve."""
    explicit: bool
    """The curve was written out, not named."""

    def __str__(self) -> str:
        name = self.curve.openssl_name
        return f"EC-{_SECG_NAMES.get(name, name)}"

    @property
    def bits(self) -> int:
        return int(self.curve.order.bit_length())


PublicKey = RsaPublicKey | EcPublicKey


def load_public_key(subject_public_key_info: bytes) -> PublicKey:
    """A key from a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).

    Raises:
        UnsupportedAlgorithm: the kind, the size or the curve is not accepted.
        MalformedPkiData: it is no such structure, or the point is not on its curve.
    """
    with malformed("a public key"):
        outer = core.SequenceOf.load(subject_public_key_info, spec=core.Any)
        identifier = outer[0].parse(core.SequenceOf, spec_params={"spec": core.Any})
        oid = identifier[0].parse(core.ObjectIdentifier).dotted
        bits = outer[1].parse(core.OctetBitString).native
        if oid in (RSA_OID, RSA_PSS_OID):
            numbers = asn1_keys.RSAPublicKey.load(bits)
            key = RsaPublicKey(unsigned(numbers["modulus"]), unsigned(numbers["public_exponent"]))
            _check_rsa(key)
            return key
        if oid == EC_OID and len(identifier) > 1:
            curve, explicit = curve_of(identifier[1].dump())
            return EcPublicKey(curve, _uncompressed(bits, curve), explicit)
    raise UnsupportedAlgorithm(f"a public key of the kind {oid} is not accepted")


def verify(key: PublicKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> bool:
    """Whether a signature of a message is right.

    Raises:
        UnsupportedAlgorithm: the algorithm is not one of the key's kind.
    """
    if isinstance(key, RsaPublicKey):
        if algorithm.scheme not in (Scheme.RSA, Scheme.RSA_PSS):
            raise UnsupportedAlgorithm(f"{algorithm} does not go with an RSA key")
        return _verify_rsa(key, algorithm, signature, message)
    if algorithm.scheme not in (Scheme.ECDSA, Scheme.ECDSA_PLAIN):
        raise UnsupportedAlgorithm(f"{algorithm} does not go with an elliptic curve key")
    return _verify_ecdsa(key, algorithm, signature, message)


def weaknesses(key: PublicKey, algorithm: SignatureAlgorithm) -> tuple[str, ...]:
    """Names of what is weak about a key and an algorithm, e.g. ``SHA-1``, ``RSA-1024``."""
    found = ["SHA-1"] if algorithm.hash == "SHA-1" else []
    if isinstance(key, RsaPublicKey):
        if key.modulus.bit_length() < _WEAK_RSA_BELOW:
            found.append(str(key))
    elif key.bits < _WEAK_EC_BELOW:
        found.append(str(key))
    return tuple(found)


def _uncompressed(point: bytes, curve: Curve) -> bytes:
    try:
        key = VerifyingKey.from_string(point, curve=curve, valid_encodings=_POINT_ENCODINGS)
    except MalformedPointError:
        raise ValueError("the point is not on its curve") from None
    encoded: bytes = key.to_string("uncompressed")
    return encoded


def _check_rsa(key: RsaPublicKey) -> None:
    if key.modulus.bit_length() not in _RSA_BITS:
        raise UnsupportedAlgorithm(f"an RSA key of {key.modulus.bit_length()} bits is not accepted")
    if key.exponent.bit_length() > _MAX_EXPONENT_BITS or key.exponent < 3:
        raise UnsupportedAlgorithm("an RSA key with that exponent is not accepted")


def _verify_rsa(
    key: RsaPublicKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes
) -> bool:
    chosen: padding.AsymmetricPadding = padding.PKCS1v15()
    if algorithm.scheme is Scheme.RSA_PSS:
        mask = padding.MGF1(HASH_OBJECTS[algorithm.mask_hash]())
        # the salt is as long as the signature says: its length adds nothing to the security
        chosen = padding.PSS(mask, padding.PSS.AUTO)
    try:
        public = rsa.RSAPublicNumbers(key.exponent, key.modulus).public_key()
        public.verify(signature, message, chosen, HASH_OBJECTS[algorithm.hash]())
    except InvalidSignature:
        return False
    except ValueError as error:
        raise UnsupportedAlgorithm(f"an RSA key is not accepted: {error}") from None
    return True


def _verify_ecdsa(
    key: EcPublicKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes
) -> bool:
    numbers = _signature_numbers(key, algorithm, signature)
    if numbers is None:
        return False
    fast = library_curve(key.curve)
    if fast is not None:
        public = ec.EllipticCurvePublicKey.from_encoded_point(fast, key.point)
        try:
            public.verify(
                encode_dss_signature(*numbers), message, ec.ECDSA(HASH_OBJECTS[algorithm.hash]())
            )
        except InvalidSignature:
            return False
        return True
    hashed = algorithms.digest(algorithm.hash, message)
    plain = b"".join(number.to_bytes(key.curve.baselen, "big") for number in numbers)
    verifying: Any = VerifyingKey.from_string(key.point, curve=key.curve)
    try:
        verifying.verify_digest(plain, hashed, sigdecode=sigdecode_string, allow_truncate=True)
    except BadSignatureError:
        return False
    return True


def _signature_numbers(
    key: EcPublicKey, algorithm: SignatureAlgorithm, signature: bytes
) -> tuple[int, int] | None:
    """The numbers r and s; None where they are not there or out of range."""
    if algorithm.scheme is Scheme.ECDSA_PLAIN:
        half = len(signature) // 2
        r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
    else:
        try:
            values = core.SequenceOf.load(signature, spec=core.Integer)
            r, s = (unsigned(value) for value in values)
        except (ValueError, TypeError):
            return None
    order = int(key.curve.order)
    return (r, s) if 0 < r < order and 0 < s < order else None
