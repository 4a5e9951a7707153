"""Active authentication: the worked example of ICAO Doc 9303-11, appendix F, and what forges it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip.authentication.active_authentication import ActiveAuthenticationKey
from devices.chip.crypto import iso9796
from devices.chip.errors import ChipError, CryptoError

CHALLENGE = bytes.fromhex("F173589974BF40C6")
M1 = bytes.fromhex(
    "9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98"
    "599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E"
    "7292E2DCDA3024B47DA8"
)
EXAMPLE = b"\x6a" + M1 + bytes.fromhex("C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127") + b"\xbc"

KEY = rsa.generate_private_key(65537, 1024)
PUBLIC = ActiveAuthenticationKey(
    KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
)


def sign(message: bytes) -> bytes:
    numbers = KEY.private_numbers()
    n = numbers.public_numbers.n
    return pow(int.from_bytes(message, "big"), numbers.d, n).to_bytes(128, "big")


def test_message_of_the_worked_example() -> None:
    assert len(EXAMPLE) == 128
    assert iso9796.compose(M1, CHALLENGE, "sha1") == EXAMPLE
    assert iso9796.verify(EXAMPLE, CHALLENGE) == "sha1"


def test_a_signature_of_the_worked_examples_message() -> None:
    assert PUBLIC.verify(sign(EXAMPLE), CHALLENGE) == "sha1"


def test_the_smaller_of_both_roots_is_a_signature_too() -> None:
    n = KEY.public_key().public_numbers().n
    other = n - int.from_bytes(sign(EXAMPLE), "big")
    assert PUBLIC.verify(other.to_bytes(128, "big"), CHALLENGE) == "sha1"


@pytest.mark.parametrize("hash_name", ["sha1", "sha224", "sha256", "sha384", "sha512"])
def test_a_message_is_recovered_with_every_hash(hash_name: str) -> None:
    message = iso9796.compose(b"\x11" * 40, CHALLENGE, hash_name)
    assert iso9796.verify(message, CHALLENGE) == hash_name


def test_a_short_message_part_may_be_padded() -> None:
    padded = b"\x6b" + b"\xbb" * 20 + b"\xba" + iso9796.compose(b"\x11" * 20, CHALLENGE, "sha1")[1:]
    assert iso9796.verify(padded, CHALLENGE) == "sha1"


def test_another_challenge_is_refused() -> None:
    with pytest.raises(CryptoError, match="not over our challenge"):
        PUBLIC.verify(sign(EXAMPLE), bytes(8))


@given(message=st.binary(max_size=130))
@settings(max_examples=200)
def test_no_other_message_is_taken(message: bytes) -> None:
    with pytest.raises(CryptoError):
        iso9796.verify(message, CHALLENGE)


@given(signature=st.binary(max_size=130))
@settings(max_examples=50)
def test_no_other_signature_is_taken(signature: bytes) -> None:
    with pytest.raises(CryptoError):
        PUBLIC.verify(signature, CHALLENGE)


@given(data=st.binary(max_size=120))
@settings(max_examples=100)
def test_no_other_key_is_taken(data: bytes) -> None:
    with pytest.raises(ChipError):
        ActiveAuthenticationKey(data)


def test_a_small_rsa_key_is_refused() -> None:
    from asn1crypto.keys import PublicKeyInfo, RSAPublicKey

    weak = PublicKeyInfo.wrap(
        RSAPublicKey({"modulus": (1 << 511) + 1, "public_exponent": 65537}), "rsa"
    ).dump()
    with pytest.raises(CryptoError, match="not acceptable"):
        ActiveAuthenticationKey(weak)
