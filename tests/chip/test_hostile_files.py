"""Files that are made to keep the machine busy: bounded memory, and an answer."""

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from devices.chip import object_identifiers as oids
from devices.chip import tlv
from devices.chip.authentication.active_authentication import ActiveAuthenticationKey
from devices.chip.errors import ChipError
from devices.chip.lds import com, dg2, dg11, dg14
from devices.chip.pki import (
    certificate,
    cms,
    crl,
    keys,
    ldif,
    master_list,
    passive_authentication,
    sod,
)
from devices.chip.pki.trust_store import TrustStore
from devices.chip.security_infos import parse_security_infos, reference_octets
from devices.documents.identity import Verdict

SIZE = 60_000
"""About the longest file that a chip holds."""


def _nested(tag: int, size: int) -> bytes:
    """As many objects of definite length inside one another as the size holds."""
    headers: list[bytes] = []
    length = 0
    while length < size:
        headers.append(tlv.encode(tag, b"")[:-1] + _length(length))
        length += len(headers[-1])
    return b"".join(reversed(headers))


def _length(length: int) -> bytes:
    if length < 0x80:
        return bytes((length,))
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


INDEFINITE = b"\x30\x80" * (SIZE // 2)
MANY_SMALL = b"\x30\x00" * (SIZE // 2)
BOMBS = {
    "indefinite lengths": INDEFINITE,
    "definite lengths": _nested(0x30, SIZE),
    "many small objects": tlv.encode(0x30, MANY_SMALL),
    "a length of four gigabytes": b"\x30\x84\xff\xff\xff\xff" + bytes(100),
    "zeros": bytes(SIZE),
    "octet strings in parts": tlv.encode(0x30, _nested(0x24, SIZE)),
}
PARSERS: dict[str, Callable[[bytes], object]] = {
    "tlv": lambda data: tlv.parse(data).children(),
    "sod": lambda data: sod.parse(tlv.encode(0x77, data)),
    "cms": cms.parse,
    "certificate": certificate.parse,
    "crl": crl.parse,
    "public key": keys.load_public_key,
    "master list": master_list.parse,
    "ldif": lambda data: list(ldif.entries(data)),
    "com": lambda data: com.parse(tlv.encode(0x60, data)),
    "dg2": lambda data: dg2.parse(
        tlv.encode(
            0x75,
            tlv.encode(0x7F61, b"\x02\x01\x01" + tlv.encode(0x7F60, tlv.encode(0x7F2E, data))),
        )
    ),
    "dg11": lambda data: dg11.parse(tlv.encode(0x6B, tlv.encode(0xA0, data))),
    "dg14": lambda data: dg14.parse(tlv.encode(0x6E, data)),
}


LONG_OID = tlv.encode(0x06, b"\x2a" + b"\x81" * 30_000 + b"\x01")
LONG_NUMBER = tlv.encode(0x02, b"\x7f" * 30_000)
P_OF_ZERO = tlv.encode(
    0x30,
    tlv.encode(0x02, b"\x01")
    + tlv.encode(0x30, tlv.encode(0x06, oids.PRIME_FIELD) + tlv.encode(0x02, b"\x00"))
    + tlv.encode(0x30, tlv.encode(0x04, b"\x01") * 2)
    + tlv.encode(0x04, b"\x04")
    + tlv.encode(0x02, b"\x05"),
)


def _key_info(algorithm: bytes, public: bytes = bytes(65)) -> bytes:
    return tlv.encode(0x30, tlv.encode(0x30, algorithm) + tlv.encode(0x03, b"\x00" + public))


EC_KEY = tlv.encode(0x06, oids.EC_PUBLIC_KEY)
NUMBERED = tlv.encode(0x06, oids.STANDARDISED_DOMAIN_PARAMETERS)
KEYS = {
    "long algorithm": _key_info(LONG_OID + LONG_NUMBER),
    "long curve name": _key_info(EC_KEY + LONG_OID),
    "curve modulo zero": _key_info(EC_KEY + P_OF_ZERO),
    "long number of parameters": _key_info(NUMBERED + LONG_NUMBER),
    "RSA exponent longer than the modulus": _key_info(
        tlv.encode(0x06, bytes.fromhex("2A864886F70D010101")) + b"\x05\x00",
        tlv.encode(0x30, tlv.encode(0x02, b"\x7f" * 256) + LONG_NUMBER),
    ),
}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_asks_for_the_absurd_is_refused(key: str) -> None:
    with pytest.raises(ChipError):
        ActiveAuthenticationKey(KEYS[key])
    with pytest.raises(ChipError):
        keys.load_public_key(KEYS[key])


@pytest.mark.parametrize("content", [LONG_OID, LONG_NUMBER])
def test_signed_data_of_absurd_numbers_proves_nothing(content: bytes) -> None:
    file = tlv.encode(0x77, tlv.encode(0x30, content + tlv.encode(0xA0, b"")))
    result = passive_authentication.verify(
        file, {1: b""}, TrustStore(), datetime(2026, 11, 21, tzinfo=UTC)
    )
    assert (result.data_authentic, result.signer_trusted) == (Verdict.UNKNOWN, Verdict.UNKNOWN)


PACE_ENTRY = tlv.encode(0x06, oids.PACE + b"\x02\x02") + b"\x02\x01\x02"
CHIP_AUTHENTICATION_ENTRY = (
    tlv.encode(0x06, oids.CHIP_AUTHENTICATION + b"\x02\x02") + b"\x02\x01\x01"
)


@pytest.mark.parametrize("entry", [PACE_ENTRY, CHIP_AUTHENTICATION_ENTRY])
def test_a_number_that_is_too_long_for_security_infos_is_refused(entry: bytes) -> None:
    with pytest.raises(ChipError, match="30000 bytes"):
        parse_security_infos(tlv.encode(0x31, tlv.encode(0x30, entry + LONG_NUMBER)))


def test_a_key_id_without_its_leading_zero_is_not_negative() -> None:
    entry = tlv.encode(0x30, CHIP_AUTHENTICATION_ENTRY + b"\x02\x01\x80")
    (info,) = parse_security_infos(tlv.encode(0x31, entry)).chip_authentication
    assert info.key_id == 0x80
    assert reference_octets(info.key_id) == b"\x80"


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("parser", PARSERS)
def test_memory_stays_within_a_multiple_of_the_file(parser: str, bomb: str) -> None:
    data = BOMBS[bomb]
    tracemalloc.start()
    try:
        PARSERS[parser](data)
    except ChipError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # an object of two bytes becomes a record of some two hundred
    assert peak < 150 * SIZE
