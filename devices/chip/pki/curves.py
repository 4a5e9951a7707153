"""Elliptic curves that signatures may use, and explicit parameters matched against them.

Many CSCA certificates write their curve out instead of naming it (ICAO Doc 9303-12, section 4.4
asks for that). Parameters that describe no known curve are never accepted: whoever may choose the
generator can forge signatures for any public key.
"""

from typing import Final

from asn1crypto import core, keys
from ecdsa import curves as known
from ecdsa.curves import Curve

from devices.chip.pki.errors import UnsupportedAlgorithm, malformed
from devices.chip.pki.leniency import unsigned

CURVES: Final[tuple[Curve, ...]] = (
    known.NIST192p,
    known.NIST224p,
    known.NIST256p,
    known.NIST384p,
    known.NIST521p,
    known.BRAINPOOLP192r1,
    known.BRAINPOOLP224r1,
    known.BRAINPOOLP256r1,
    known.BRAINPOOLP320r1,
    known.BRAINPOOLP384r1,
    known.BRAINPOOLP512r1,
    known.BRAINPOOLP192t1,
    known.BRAINPOOLP224t1,
    known.BRAINPOOLP256t1,
    known.BRAINPOOLP320t1,
    known.BRAINPOOLP384t1,
    known.BRAINPOOLP512t1,
)
"""All of cofactor 1."""

_BY_OID: Final = {".".join(map(str, curve.oid)): curve for curve in CURVES}
_PRIME_FIELD: Final = "1.2.840.10045.1.1"


def curve_of(parameters: bytes) -> tuple[Curve, bool]:
    """The curve that the parameters of an algorithm identifier give (RFC 3279, section 2.3.5).

    Returns:
        The curve, and whether it was written out instead of named.

    Raises:
        UnsupportedAlgorithm: the curve is not known, or implied.
        MalformedPkiData: they are no curve parameters.
    """
    with malformed("an elliptic curve"):
        choice = keys.ECDomainParameters.load(parameters, strict=True)
        if choice.name == "named":
            return _named(choice.chosen.dotted), False
        if choice.name != "specified":
            raise UnsupportedAlgorithm("the elliptic curve is implied, not given")
        return _matching(choice.chosen), True


def explicit_parameters(curve: Curve) -> bytes:
    """A curve written out (SpecifiedECDomain in DER)."""
    p = int(curve.curve.p())
    length = (p.bit_length() + 7) // 8
    generator = curve.generator.to_affine()
    domain = keys.SpecifiedECDomain(
        {
            "version": "ecdpVer1",
            "field_id": {"field_type": "prime_field", "parameters": core.Integer(p)},
            "curve": {
                "a": (int(curve.curve.a()) % p).to_bytes(length, "big"),
                "b": (int(curve.curve.b()) % p).to_bytes(length, "big"),
            },
            "base": keys.ECPoint(
                b"\x04" + b"".join(int(v).to_bytes(length, "big") for v in _affine(generator))
            ),
            "order": int(curve.order),
            "cofactor": 1,
        }
    )
    encoded: bytes = domain.dump()
    return encoded


def _named(oid: str) -> Curve:
    curve = _BY_OID.get(oid)
    if curve is None:
        raise UnsupportedAlgorithm(f"the elliptic curve {oid} is not known")
    return curve


def _affine(point: object) -> tuple[int, int]:
    x, y = point.x(), point.y()  # type: ignore[attr-defined] # ecdsa has no types
    return int(x), int(y)


def _matching(domain: keys.SpecifiedECDomain) -> Curve:
    if domain["field_id"]["field_type"].dotted != _PRIME_FIELD:
        raise UnsupportedAlgorithm("an explicit elliptic curve is not over a prime field")
    p = unsigned(domain["field_id"]["parameters"])
    a = int.from_bytes(domain["curve"]["a"].native, "big")
    b = int.from_bytes(domain["curve"]["b"].native, "big")
    base = domain["base"].native
    order = unsigned(domain["order"])
    cofactor = domain["cofactor"].native
    for curve in CURVES:
        if (
            p == curve.curve.p()
            and a == curve.curve.a() % p
            and b == curve.curve.b() % p
            and _is_generator(base, curve)
            and order == curve.order
            and cofactor in (None, 1)
        ):
            return curve
    raise UnsupportedAlgorithm("explicit elliptic curve parameters match no known curve")


def _is_generator(encoded: bytes, curve: Curve) -> bool:
    """Whether an encoded point, compressed or not, is the curve's generator (SEC 1, 2.3.3)."""
    x, y = _affine(curve.generator.to_affine())
    length = (int(curve.curve.p()).bit_length() + 7) // 8
    x_octets, y_octets = x.to_bytes(length, "big"), y.to_bytes(length, "big")
    odd = y & 1
    return encoded in (
        b"\x04" + x_octets + y_octets,
        bytes((2 + odd,)) + x_octets,
        bytes((6 + odd,)) + x_octets + y_octets,
    )
