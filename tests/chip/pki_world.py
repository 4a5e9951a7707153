"""Issuers that the tests of certificates and signatures share; each key is made once a run."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from devices.chip.pki import create
from devices.chip.pki.create import Issuer, Validity
from devices.documents.specimen_chip import SignerSpec

DATA = Path(__file__).with_name("data")
AT = datetime(2026, 6, 1, tzinfo=UTC)
VALIDITY = Validity(datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
EXPIRED = Validity(datetime(2010, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
FAST = SignerSpec(algorithm="ECDSA", curve=12, hash="SHA-256")
KINDS = (
    FAST,
    SignerSpec(algorithm="ECDSA", curve=9, hash="SHA-1"),
    SignerSpec(algorithm="ECDSA", curve=10, hash="SHA-224"),
    SignerSpec(algorithm="ECDSA", curve=13, hash="SHA-256", explicit_parameters=True),
    SignerSpec(algorithm="ECDSA", curve=14, hash="SHA-384", explicit_parameters=True),
    SignerSpec(algorithm="ECDSA", curve=17, hash="SHA-512"),
    SignerSpec(algorithm="ECDSA", curve=18, hash="SHA-512", explicit_parameters=True),
    SignerSpec(algorithm="RSA", modulus_bits=1024, hash="SHA-1"),
    SignerSpec(algorithm="RSA", modulus_bits=2048, hash="SHA-256"),
    SignerSpec(algorithm="RSA-PSS", modulus_bits=2048, hash="SHA-256"),
    SignerSpec(algorithm="RSA-PSS", modulus_bits=2048, hash="SHA-512"),
)
MRZ = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def label(spec: SignerSpec) -> str:
    explicit = "-explicit" if spec.explicit_parameters else ""
    size = spec.curve if spec.algorithm == "ECDSA" else spec.modulus_bits
    return f"{spec.algorithm}-{size}{explicit}-{spec.hash}"


def csca(spec: SignerSpec = FAST, country: str = "UT", common_name: str = "CSCA") -> Issuer:
    return _csca(spec, country, common_name)


def signer(spec: SignerSpec = FAST, country: str = "UT") -> Issuer:
    return _signer(spec, country)


@cache
def _csca(spec: SignerSpec, country: str, common_name: str) -> Issuer:
    return create.create_csca(country, spec, VALIDITY, common_name=common_name)


@cache
def _signer(spec: SignerSpec, country: str) -> Issuer:
    return create.create_signer(csca(spec, country), spec, VALIDITY)
