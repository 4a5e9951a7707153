import pytest
from asn1crypto import core
from asn1crypto import keys as asn1_keys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from ecdsa import curves as known
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.errors import ChipError
from devices.chip.pki import algorithms, curves, keys, private_keys
from devices.chip.pki.algorithms import Scheme, SignatureAlgorithm
from devices.chip.pki.errors import MalformedPkiData, PkiError, UnsupportedAlgorithm
from devices.chip.pki.keys import EcPublicKey, RsaPublicKey

ECDSA_256 = SignatureAlgorithm(Scheme.ECDSA, "SHA-256")
ALGORITHMS = [
    *(SignatureAlgorithm(scheme, name) for scheme, name in set(algorithms.SIGNATURES.values())),
    SignatureAlgorithm(Scheme.RSA_PSS, "SHA-256", "SHA-256", 32),
    SignatureAlgorithm(Scheme.RSA_PSS, "SHA-512", "SHA-1", 20),
]


def _spki(parameters: bytes, point: bytes) -> bytes:
    identifier = tlv.encode(0x30, algorithms.encode_oid(keys.EC_OID) + parameters)
    return tlv.encode(0x30, identifier + tlv.encode(0x03, b"\0" + point))


def _explicit(**changes: object) -> bytes:
    """Explicit parameters of P-256 with some of them changed."""
    domain = keys_domain(curves.explicit_parameters(known.NIST256p))
    for name, value in changes.items():
        if value is None:
            del domain[name]
        else:
            domain[name] = value
    encoded: bytes = domain.dump(force=True)
    return encoded


def keys_domain(encoded: bytes) -> asn1_keys.SpecifiedECDomain:
    return asn1_keys.SpecifiedECDomain.load(encoded)


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.name)
def test_a_curve_is_found_named_and_written_out(curve: known.Curve) -> None:
    for explicit in (False, True):
        key = private_keys.generate_ec(curve, explicit=explicit)
        found = keys.load_public_key(key.public_key_info())
        assert found == EcPublicKey(curve, key.point(), explicit)


@pytest.mark.parametrize("curve", curves.CURVES, ids=lambda curve: curve.name)
def test_signatures_verify_on_every_curve(curve: known.Curve) -> None:
    key = private_keys.generate_ec(curve)
    public = keys.load_public_key(key.public_key_info())
    for algorithm in (ECDSA_256, SignatureAlgorithm(Scheme.ECDSA_PLAIN, "SHA-512")):
        signature = key.sign(algorithm, b"message")
        assert keys.verify(public, algorithm, signature, b"message")
        assert not keys.verify(public, algorithm, signature, b"another")


def test_explicit_parameters_may_leave_out_the_cofactor_and_compress_the_generator() -> None:
    point = private_keys.generate_ec(known.NIST256p).point()
    generator = known.NIST256p.generator
    y_is_odd = int(generator.y()) & 1
    compressed = bytes((2 + y_is_odd,)) + int(generator.x()).to_bytes(32, "big")
    for parameters in (
        _explicit(cofactor=None),
        _explicit(base=asn1_keys.ECPoint(compressed)),
    ):
        found = keys.load_public_key(_spki(parameters, point))
        assert isinstance(found, EcPublicKey)
        assert found.curve is known.NIST256p


def test_foreign_curves_are_never_accepted() -> None:
    point = private_keys.generate_ec(known.NIST256p).point()
    other_generator = known.NIST256p.generator * 2
    x, y = (int(v).to_bytes(32, "big") for v in (other_generator.x(), other_generator.y()))
    for parameters in (
        # the generator of a chosen-generator forgery (CVE-2020-0601)
        _explicit(base=asn1_keys.ECPoint(b"\x04" + x + y)),
        _explicit(order=int(known.NIST256p.order) - 2),
        _explicit(cofactor=2),
        _explicit(curve={"a": b"\x01", "b": b"\x02"}),
        _explicit(field_id={"field_type": "prime_field", "parameters": core.Integer(23)}),
        _explicit(
            field_id={
                "field_type": "characteristic_two_field",
                "parameters": asn1_keys.CharacteristicTwo(
                    {"m": 163, "basis": "gn_basis", "parameters": core.Null()}
                ),
            }
        ),
    ):
        with pytest.raises(UnsupportedAlgorithm, match=r"no known curve|not over a prime field"):
            keys.load_public_key(_spki(parameters, point))


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (algorithms.encode_oid("1.3.132.0.10"), "1.3.132.0.10 is not known"),
        (b"\x05\x00", "implied"),
    ],
)
def test_curves_that_are_not_known_are_named(parameters: bytes, message: str) -> None:
    with pytest.raises(UnsupportedAlgorithm, match=message):
        keys.load_public_key(_spki(parameters, b"\x04" + bytes(64)))


def test_a_point_off_its_curve_is_refused() -> None:
    point = bytearray(private_keys.generate_ec(known.NIST256p).point())
    point[-1] ^= 1
    with pytest.raises(MalformedPkiData, match="not on its curve"):
        keys.load_public_key(_spki(known.NIST256p.encoded_oid, bytes(point)))


def test_points_are_read_compressed_but_not_without_their_form() -> None:
    key = private_keys.generate_ec(known.BRAINPOOLP256r1)
    whole = key.point()
    compressed = bytes((2 + (whole[-1] & 1),)) + whole[1:33]
    hybrid = bytes((6 + (whole[-1] & 1),)) + whole[1:]
    for point in (whole, compressed, hybrid):
        public = keys.load_public_key(_spki(known.BRAINPOOLP256r1.encoded_oid, point))
        assert keys.verify(public, ECDSA_256, key.sign(ECDSA_256, b"message"), b"message")
    with pytest.raises(MalformedPkiData, match="not on its curve"):
        keys.load_public_key(_spki(known.BRAINPOOLP256r1.encoded_oid, whole[1:]))


@pytest.mark.parametrize("bits", [512, 16384])
def test_rsa_keys_of_absurd_size_are_refused(bits: int) -> None:
    numbers = asn1_keys.RSAPublicKey({"modulus": (1 << bits) - 1, "public_exponent": 65537})
    identifier = tlv.encode(0x30, algorithms.encode_oid(keys.RSA_OID) + b"\x05\x00")
    info = tlv.encode(0x30, identifier + tlv.encode(0x03, b"\0" + numbers.dump()))
    with pytest.raises(UnsupportedAlgorithm, match=f"RSA key of {bits} bits"):
        keys.load_public_key(info)


@pytest.mark.parametrize("exponent", [1, 1 << 80])
def test_rsa_exponents_that_prove_or_cost_too_much_are_refused(exponent: int) -> None:
    numbers = asn1_keys.RSAPublicKey({"modulus": (1 << 2047) + 1, "public_exponent": exponent})
    identifier = tlv.encode(0x30, algorithms.encode_oid(keys.RSA_OID) + b"\x05\x00")
    info = tlv.encode(0x30, identifier + tlv.encode(0x03, b"\0" + numbers.dump()))
    with pytest.raises(UnsupportedAlgorithm, match="exponent"):
        keys.load_public_key(info)


def test_keys_and_signatures_of_another_implementation_are_read() -> None:
    theirs = rsa.generate_private_key(65537, 2048)
    info = theirs.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    public = keys.load_public_key(info)
    assert isinstance(public, RsaPublicKey)
    pss = padding.PSS(padding.MGF1(hashes.SHA1()), 11)
    signature = theirs.sign(b"message", pss, hashes.SHA256())
    algorithm = SignatureAlgorithm(Scheme.RSA_PSS, "SHA-256", "SHA-1", 32)
    assert keys.verify(public, algorithm, signature, b"message"), "the salt's length is not binding"
    ours = private_keys.generate_ec(known.BRAINPOOLP384r1)
    signature = ours.sign(ECDSA_256, b"message")
    their_public = ec.EllipticCurvePublicKey.from_encoded_point(ec.BrainpoolP384R1(), ours.point())
    their_public.verify(signature, b"message", ec.ECDSA(hashes.SHA256()))


def test_numbers_without_their_leading_zero_are_taken_as_positive() -> None:
    theirs = rsa.generate_private_key(65537, 1024)
    modulus = theirs.public_key().public_numbers().n.to_bytes(128, "big")
    numbers = tlv.encode(0x30, tlv.encode(0x02, modulus) + b"\x02\x03\x01\x00\x01")
    identifier = tlv.encode(0x30, algorithms.encode_oid(keys.RSA_OID) + b"\x05\x00")
    info = tlv.encode(0x30, identifier + tlv.encode(0x03, b"\0" + numbers))
    signature = theirs.sign(b"message", padding.PKCS1v15(), hashes.SHA256())
    algorithm = SignatureAlgorithm(Scheme.RSA, "SHA-256")
    assert keys.verify(keys.load_public_key(info), algorithm, signature, b"message")

    ours = private_keys.generate_ec(known.NIST256p)
    public = keys.load_public_key(ours.public_key_info())
    for _ in range(20):
        r, s = core.SequenceOf.load(ours.sign(ECDSA_256, b"message"), spec=core.Integer).native
        bare = b"".join(tlv.encode(0x02, number.to_bytes(32, "big")) for number in (r, s))
        assert keys.verify(public, ECDSA_256, tlv.encode(0x30, bare), b"message")


def test_an_algorithm_of_another_kind_of_key_is_refused() -> None:
    public = keys.load_public_key(private_keys.generate_ec(known.NIST256p).public_key_info())
    with pytest.raises(UnsupportedAlgorithm, match="RSA with SHA-256 does not go with"):
        keys.verify(public, SignatureAlgorithm(Scheme.RSA, "SHA-256"), b"", b"")
    with pytest.raises(UnsupportedAlgorithm, match="ECDSA with SHA-256 does not go with"):
        keys.verify(RsaPublicKey(3, 3), ECDSA_256, b"", b"")


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=str)
def test_algorithm_identifiers_are_read_back(algorithm: SignatureAlgorithm) -> None:
    assert algorithms.signature_algorithm(algorithms.encode_identifier(algorithm)) == algorithm


def test_defaults_of_pss_parameters_are_those_of_the_standard() -> None:
    bare = tlv.encode(0x30, algorithms.encode_oid(algorithms.RSA_PSS_OID))
    empty = tlv.encode(0x30, algorithms.encode_oid(algorithms.RSA_PSS_OID) + b"\x30\x00")
    expected = SignatureAlgorithm(Scheme.RSA_PSS, "SHA-1", "SHA-1", 20)
    assert algorithms.signature_algorithm(bare) == expected
    assert algorithms.signature_algorithm(empty) == expected


def test_a_kind_of_key_in_place_of_an_algorithm_takes_the_digests_hash() -> None:
    bare = tlv.encode(0x30, algorithms.encode_oid(keys.RSA_OID) + b"\x05\x00")
    expected = SignatureAlgorithm(Scheme.RSA, "SHA-384")
    assert algorithms.signature_algorithm(bare, digest="SHA-384") == expected
    with pytest.raises(UnsupportedAlgorithm):
        algorithms.signature_algorithm(bare)


@pytest.mark.parametrize("oid", ["1.2.840.113549.1.1.4", "1.3.101.112"])
def test_md5_and_unknown_algorithms_are_refused(oid: str) -> None:
    with pytest.raises(UnsupportedAlgorithm, match=oid):
        algorithms.signature_algorithm(tlv.encode(0x30, algorithms.encode_oid(oid)))


def test_weak_keys_and_hashes_are_named() -> None:
    weak = keys.weaknesses(RsaPublicKey(1 << 1023, 3), SignatureAlgorithm(Scheme.RSA, "SHA-1"))
    assert weak == ("SHA-1", "RSA-1024")
    small = EcPublicKey(known.BRAINPOOLP192r1, b"", explicit=False)
    assert keys.weaknesses(small, ECDSA_256) == ("EC-brainpoolP192r1",)
    assert keys.weaknesses(RsaPublicKey(1 << 2047, 3), ALGORITHMS[-2]) == ()


@pytest.mark.parametrize(
    "key",
    [
        private_keys.generate_rsa(1024),
        private_keys.generate_ec(known.BRAINPOOLP320r1, explicit=True),
    ],
    ids=["RSA", "EC"],
)
def test_private_keys_are_read_back(key: private_keys.PrivateKey) -> None:
    found = private_keys.load_pem(key.to_pem(), explicit=True)
    assert found.public_key_info() == key.public_key_info()


@pytest.mark.parametrize("data", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n", b"\x30\x00"])
def test_what_is_no_private_key_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedPkiData):
        private_keys.load_pem(data)


VALID = [
    private_keys.generate_rsa(1024).public_key_info(),
    private_keys.generate_ec(known.NIST256p).public_key_info(),
    private_keys.generate_ec(known.NIST256p, explicit=True).public_key_info(),
]


@settings(max_examples=200)
@given(
    st.sampled_from(VALID),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=3),
)
def test_damaged_keys_fail_with_our_errors_only(
    data: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    try:
        public = keys.load_public_key(bytes(damaged))
        scheme = Scheme.RSA if isinstance(public, RsaPublicKey) else Scheme.ECDSA
        assert not keys.verify(public, SignatureAlgorithm(scheme, "SHA-256"), bytes(128), b"")
    except PkiError:
        return


@settings(max_examples=200)
@given(st.binary(max_size=80))
def test_any_bytes_fail_with_our_errors_only(data: bytes) -> None:
    for parse in (keys.load_public_key, algorithms.signature_algorithm, curves.curve_of):
        try:
            parse(data)
        except ChipError:
            continue
