"""What certificates and signatures can be wrong about. None of the texts holds personal data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from devices.chip.errors import ChipError


class PkiError(ChipError):
    """Base of the errors of certificates, lists and signed data."""


class MalformedPkiData(PkiError):  # noqa: N818 -- a state of the data, named as one
    """Bytes that are not the structure they claim to be."""


class UnsupportedAlgorithm(PkiError):  # noqa: N818 -- as above
    """An algorithm, key or curve that is unknown or not acceptable, so nothing can be proven."""


class SignatureInvalid(PkiError):  # noqa: N818 -- as above
    """A signature, or a digest that it covers, does not fit."""


class UntrustedList(PkiError):  # noqa: N818 -- as above
    """A master list whose signer is not known to be who it says."""


ASN1_ERRORS: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What asn1crypto raises on malformed input."""


@contextmanager
def malformed(what: str) -> Iterator[None]:
    """Turn what asn1crypto raises on malformed input, where it is opened lazily, into our error."""
    try:
        yield
    except ASN1_ERRORS as error:
        reason = str(error).partition("\n")[0][:200]
        raise MalformedPkiData(f"{what} is malformed: {reason}") from None
