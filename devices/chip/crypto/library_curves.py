"""The curves that the cryptography library computes on, an order of magnitude faster than Python.

It has no point addition and lacks some curves of the standards; those are `ecdsa`'s.
"""

from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa.curves import Curve

_CURVES: Final[dict[str, ec.EllipticCurve]] = {
    "NIST192p": ec.SECP192R1(),
    "NIST224p": ec.SECP224R1(),
    "NIST256p": ec.SECP256R1(),
    "NIST384p": ec.SECP384R1(),
    "NIST521p": ec.SECP521R1(),
    "BRAINPOOLP256r1": ec.BrainpoolP256R1(),
    "BRAINPOOLP384r1": ec.BrainpoolP384R1(),
    "BRAINPOOLP512r1": ec.BrainpoolP512R1(),
}


def library_curve(curve: Curve) -> ec.EllipticCurve | None:
    """The library's curve; None where it has it not."""
    return _CURVES.get(curve.name)
