"""Key agreement over a group whose generator may have been mapped (ICAO Doc 9303-11, 4.4, 6.2)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa.curves import Curve
from ecdsa.ellipticcurve import INFINITY, AbstractPoint, PointJacobi

from devices.chip.crypto.domain_parameters import DhParameters, DomainParameters
from devices.chip.crypto.library_curves import library_curve
from devices.chip.errors import CryptoError

RandomBelow = Callable[[int], int]
"""A uniformly distributed integer from 0 to below the argument."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    private: int
    public: bytes
    """As it is sent: an uncompressed point, or a number as long as p."""


class Group(Protocol):
    """A cyclic group of prime order with a generator."""

    public_key_tag: int
    """Tag of a public key in the authentication token's data (section 9.4)."""

    def generate(self, random_below: RandomBelow = secrets.randbelow) -> KeyPair:
        """An ephemeral key pair."""

    def key_pair(self, private: int) -> KeyPair:
        """The key pair of a given private key."""

    def shared_secret(self, private: int, public: bytes) -> bytes:
        """K as it goes into the KDF: the x-coordinate, or the number (section 9.7.1).

        Raises:
            CryptoError: the public key is no element of the group's generator's order.
        """

    def map_generic(self, nonce: bytes, private: int, public: bytes) -> "Group":
        """The group with the generator of generic mapping (section 4.4.3.3.1)."""

    def map_integrated(self, number: bytes) -> "Group":
        """The group with the generator of integrated mapping (section 4.4.3.3.2).

        Args:
            number: what the pseudo-random function gave, not yet reduced.
        """

    @property
    def prime_bits(self) -> int:
        """Length of p in bits."""


def group_of(parameters: DomainParameters) -> Group:
    """The group with its standard generator."""
    if isinstance(parameters, DhParameters):
        return DhGroup(parameters, parameters.g)
    return EcGroup(parameters, parameters.generator)


class EcGroup:
    """Points of an elliptic curve over a prime field; all curves in use have cofactor 1."""

    public_key_tag = 0x86

    def __init__(self, curve: Curve, generator: AbstractPoint) -> None:
        self.curve = curve
        self._generator = generator
        self._library = library_curve(curve)
        self._p: int = curve.curve.p()
        self._length = (self._p.bit_length() + 7) // 8

    def generate(self, random_below: RandomBelow = secrets.randbelow) -> KeyPair:
        return self.key_pair(1 + random_below(self.curve.order - 1))

    def key_pair(self, private: int) -> KeyPair:
        return KeyPair(private, self.encode(self._generator * private))

    def shared_secret(self, private: int, public: bytes) -> bytes:
        point = self.decode(public)
        if self._library is not None and 0 < private < self.curve.order:
            # Whichever generator the two keys were made with, K is the point times the number.
            own = ec.derive_private_key(private, self._library)
            return own.exchange(
                ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(self._library, public)
            )
        x, _ = _coordinates(point * private)
        return x.to_bytes(self._length, "big")

    def multiply(self, scalar: int, public: bytes) -> bytes:
        """A public key times a number, as a public key (PACE-CAM, section 4.4.3.5)."""
        return self.encode(self.decode(public) * (scalar % self.curve.order))

    def map_generic(self, nonce: bytes, private: int, public: bytes) -> "EcGroup":
        scalar = int.from_bytes(nonce, "big") % self.curve.order
        shared = self.decode(public) * private
        return self._with_generator(self._generator * scalar + shared)

    def map_integrated(self, number: bytes) -> "EcGroup":
        return self._with_generator(self._point_encoding(int.from_bytes(number, "big") % self._p))

    @property
    def prime_bits(self) -> int:
        return self._p.bit_length()

    def encode(self, point: AbstractPoint) -> bytes:
        """A point's uncompressed encoding; raises CryptoError for the point at infinity."""
        x, y = _coordinates(point)
        return b"\x04" + x.to_bytes(self._length, "big") + y.to_bytes(self._length, "big")

    def decode(self, public: bytes) -> PointJacobi:
        """A point from its uncompressed encoding; raises CryptoError where it is none."""
        if len(public) != 1 + 2 * self._length or public[0] != 0x04:
            raise CryptoError("a public key is no uncompressed point of the curve's size")
        x = int.from_bytes(public[1 : 1 + self._length], "big")
        y = int.from_bytes(public[1 + self._length :], "big")
        if not (x < self._p and y < self._p and self.curve.curve.contains_point(x, y)):
            raise CryptoError("a public key is no point of the curve")
        return PointJacobi(self.curve.curve, x, y, 1, self.curve.order)

    def _with_generator(self, generator: AbstractPoint) -> "EcGroup":
        x, y = _coordinates(generator)
        return EcGroup(self.curve, PointJacobi(self.curve.curve, x, y, 1, self.curve.order))

    def _point_encoding(self, t: int) -> PointJacobi:
        """Map a field element to a point (ICAO Doc 9303-11, appendix B.1.1; affine variant)."""
        p, a, b = self._p, self.curve.curve.a() % self._p, self.curve.curve.b() % self._p
        if p % 4 != 3:
            raise CryptoError("integrated mapping is not defined for this curve")
        alpha = -t * t % p
        denominator = (alpha + alpha * alpha) % p
        if denominator == 0:
            raise CryptoError("integrated mapping hit a number without an image")
        x2 = -b * pow(a, -1, p) * (1 + pow(denominator, -1, p)) % p
        x3 = alpha * x2 % p
        h2 = (x2 * x2 * x2 + a * x2 + b) % p
        u = t * t * t * h2 % p
        root = pow(h2, p - 1 - (p + 1) // 4, p)
        x, y = (x2, root * h2 % p) if root * root * h2 % p == 1 else (x3, root * u % p)
        if not self.curve.curve.contains_point(x, y):
            raise CryptoError("integrated mapping gave no point of the curve")
        return PointJacobi(self.curve.curve, x, y, 1, self.curve.order)


def _coordinates(point: AbstractPoint) -> tuple[int, int]:
    if point == INFINITY:
        raise CryptoError("a key or a generator is the point at infinity")
    affine = point.to_affine()
    return int(affine.x()), int(affine.y())


class DhGroup:
    """A prime-order subgroup of the integers modulo p."""

    public_key_tag = 0x84

    def __init__(self, parameters: DhParameters, generator: int) -> None:
        self.parameters = parameters
        self._generator = generator
        self._length = (parameters.p.bit_length() + 7) // 8

    def generate(self, random_below: RandomBelow = secrets.randbelow) -> KeyPair:
        return self.key_pair(1 + random_below(self.parameters.q - 1))

    def key_pair(self, private: int) -> KeyPair:
        public = pow(self._generator, private, self.parameters.p)
        return KeyPair(private, public.to_bytes(self._length, "big"))

    def shared_secret(self, private: int, public: bytes) -> bytes:
        secret = pow(self._decode(public), private, self.parameters.p)
        return secret.to_bytes(self._length, "big")

    def map_generic(self, nonce: bytes, private: int, public: bytes) -> "DhGroup":
        p = self.parameters.p
        shared = pow(self._decode(public), private, p)
        return self._with_generator(
            pow(self._generator, int.from_bytes(nonce, "big"), p) * shared % p
        )

    def map_integrated(self, number: bytes) -> "DhGroup":
        p, q = self.parameters.p, self.parameters.q
        return self._with_generator(pow(int.from_bytes(number, "big") % p, (p - 1) // q, p))

    @property
    def prime_bits(self) -> int:
        return self.parameters.p.bit_length()

    def _with_generator(self, generator: int) -> "DhGroup":
        if generator in (0, 1):
            raise CryptoError("the mapped generator generates nothing")
        return DhGroup(self.parameters, generator)

    def _decode(self, public: bytes) -> int:
        number = int.from_bytes(public, "big")
        p, q = self.parameters.p, self.parameters.q
        # A key outside the subgroup would leak bits of the private key.
        if not 1 < number < p - 1 or pow(number, q, p) != 1:
            raise CryptoError("a public key is no element of the group")
        return number
