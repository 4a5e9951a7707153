"""Domain parameters and key agreement over them."""

import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa.curves import Curve
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.crypto.domain_parameters import STANDARDISED, DhParameters, by_id
from devices.chip.crypto.key_agreement import EcGroup, group_of
from devices.chip.crypto.public_key import (
    AgreementKey,
    encode_subject_public_key_info,
    parse_subject_public_key_info,
)
from devices.chip.errors import CryptoError

ALL_IDS = sorted(STANDARDISED)
CURVE_IDS = [i for i in ALL_IDS if i >= 8]

LIBRARY_CURVES: dict[int, ec.EllipticCurve] = {
    12: ec.SECP256R1(),
    13: ec.BrainpoolP256R1(),
    15: ec.SECP384R1(),
    16: ec.BrainpoolP384R1(),
    17: ec.BrainpoolP512R1(),
    18: ec.SECP521R1(),
}


def test_table_4_is_complete() -> None:
    assert [0, 1, 2, *range(8, 19)] == ALL_IDS


@pytest.mark.parametrize("reserved", [-1, 3, 7, 19, 31])
def test_reserved_numbers_are_refused(reserved: int) -> None:
    with pytest.raises(CryptoError):
        by_id(reserved)


@pytest.mark.parametrize("group_id", [0, 1, 2])
def test_generator_of_a_group_has_the_stated_order(group_id: int) -> None:
    group = by_id(group_id)
    assert isinstance(group, DhParameters)
    assert pow(group.g, group.q, group.p) == 1
    assert (group.p - 1) % group.q == 0
    assert (group.p.bit_length(), group.q.bit_length()) == [(1024, 160), (2048, 224), (2048, 256)][
        group_id
    ]


@pytest.mark.parametrize("parameter_id", ALL_IDS)
def test_both_sides_agree(parameter_id: int) -> None:
    group = group_of(by_id(parameter_id))
    terminal, card = group.generate(), group.generate()
    assert group.shared_secret(terminal.private, card.public) == group.shared_secret(
        card.private, terminal.public
    )


@pytest.mark.parametrize("parameter_id", ALL_IDS)
def test_both_sides_map_to_the_same_generator(parameter_id: int) -> None:
    group = group_of(by_id(parameter_id))
    nonce = secrets.token_bytes(16)
    terminal, card = group.generate(), group.generate()
    ours = group.map_generic(nonce, terminal.private, card.public)
    theirs = group.map_generic(nonce, card.private, terminal.public)
    assert ours.key_pair(1) == theirs.key_pair(1)


@pytest.mark.parametrize("parameter_id", [i for i in ALL_IDS if i != 10])
@settings(max_examples=3, deadline=None)
@given(number=st.binary(min_size=32, max_size=80))
def test_integrated_mapping_lands_in_the_group(parameter_id: int, number: bytes) -> None:
    group = group_of(by_id(parameter_id))
    if int.from_bytes(number, "big") < 2:
        return
    mapped = group.map_integrated(number)
    pair, other = mapped.generate(), mapped.generate()
    assert group.shared_secret(pair.private, other.public)


def test_integrated_mapping_refuses_the_one_curve_it_is_not_defined_for() -> None:
    with pytest.raises(CryptoError, match="not defined"):
        group_of(by_id(10)).map_integrated(b"\x05")


@pytest.mark.parametrize("parameter_id", LIBRARY_CURVES)
def test_agreement_is_that_of_another_implementation(parameter_id: int) -> None:
    group = group_of(by_id(parameter_id))
    ours = group.generate()
    theirs = ec.generate_private_key(LIBRARY_CURVES[parameter_id])
    numbers = theirs.public_key().public_numbers()
    length = (len(ours.public) - 1) // 2
    public = b"\x04" + numbers.x.to_bytes(length, "big") + numbers.y.to_bytes(length, "big")
    our_key = ec.EllipticCurvePublicKey.from_encoded_point(
        LIBRARY_CURVES[parameter_id], ours.public
    )
    assert group.shared_secret(ours.private, public) == theirs.exchange(ec.ECDH(), our_key)


@pytest.mark.parametrize("parameter_id", CURVE_IDS)
def test_points_off_the_curve_are_refused(parameter_id: int) -> None:
    group = group_of(by_id(parameter_id))
    public = bytearray(group.generate().public)
    public[-1] ^= 1
    for bad in (bytes(public), public[:-1], b"\x02" + public[1:33], b"\x00", b""):
        with pytest.raises(CryptoError):
            group.shared_secret(5, bytes(bad))


@pytest.mark.parametrize("parameter_id", CURVE_IDS)
def test_the_point_at_infinity_is_no_key_and_no_generator(parameter_id: int) -> None:
    group = group_of(by_id(parameter_id))
    assert isinstance(group, EcGroup)
    pair = group.generate()
    for scalar in (0, group.curve.order):
        with pytest.raises(CryptoError, match="infinity"):
            group.multiply(scalar, pair.public)
    nonce = (group.curve.order - 5).to_bytes(70, "big")
    with pytest.raises(CryptoError, match="infinity"):
        group.map_generic(nonce, 1, group.key_pair(5).public)


@pytest.mark.parametrize("group_id", [0, 1, 2])
def test_numbers_outside_the_subgroup_are_refused(group_id: int) -> None:
    parameters = by_id(group_id)
    group = group_of(parameters)
    for bad in (0, 1, 2, parameters.p - 1, parameters.p, parameters.p + 1):
        with pytest.raises(CryptoError):
            group.shared_secret(5, bad.to_bytes(257, "big"))


@pytest.mark.parametrize("parameter_id", ALL_IDS)
def test_public_keys_survive_being_written_and_read(parameter_id: int) -> None:
    parameters = by_id(parameter_id)
    key = AgreementKey(parameters, group_of(parameters).key_pair(7).public.lstrip(b"\x00"))
    written = tlv.parse(encode_subject_public_key_info(key))
    assert parse_subject_public_key_info(written) == key


def explicit_key(curve: Curve, **changed: int) -> tlv.Tlv:
    """A SubjectPublicKeyInfo with explicit parameters (X9.62), some of them changed."""
    length = (curve.curve.p().bit_length() + 7) // 8
    p = changed.get("p", curve.curve.p())
    a, b = curve.curve.a() % p, changed.get("b", curve.curve.b() % p)
    order = changed.get("order", curve.order)

    def integer(number: int) -> bytes:
        return tlv.encode(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))

    field = tlv.encode(0x30, tlv.encode(0x06, bytes.fromhex("2A8648CE3D0101")) + integer(p))
    coefficients = tlv.encode(
        0x30,
        tlv.encode(0x04, int(a).to_bytes(length, "big"))
        + tlv.encode(0x04, int(b).to_bytes(length, "big")),
    )
    base = EcGroup(curve, curve.generator).encode(curve.generator)
    parameters = tlv.encode(
        0x30,
        integer(1) + field + coefficients + tlv.encode(0x04, base) + integer(order) + integer(1),
    )
    algorithm = tlv.encode(0x30, tlv.encode(0x06, bytes.fromhex("2A8648CE3D0201")) + parameters)
    return tlv.parse(tlv.encode(0x30, algorithm + tlv.encode(0x03, b"\x00" + base)))


@pytest.mark.parametrize("parameter_id", CURVE_IDS)
def test_explicit_parameters_of_a_known_curve_are_recognised(parameter_id: int) -> None:
    key = parse_subject_public_key_info(explicit_key(by_id(parameter_id)))
    assert key.parameters is by_id(parameter_id)


@pytest.mark.parametrize("changed", [{"b": 5}, {"order": 7}, {"p": (1 << 255) - 19}, {"p": 1}])
def test_explicit_parameters_of_an_unknown_curve_are_refused(changed: dict[str, int]) -> None:
    with pytest.raises(CryptoError, match="match no"):
        parse_subject_public_key_info(explicit_key(by_id(12), **changed))
