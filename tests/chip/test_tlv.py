import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.tlv import IndefiniteLengthError, Tlv, TlvError

TAGS = st.sampled_from([0x04, 0x30, 0x61, 0x77, 0x5F1F, 0x7F61, 0x5F2E, 0xA0, 0x7F8102])


def test_parses_tag_value_and_raw() -> None:
    data = bytes.fromhex("6106 5F1F03414243".replace(" ", ""))
    found = tlv.parse(data)
    assert (found.tag, found.value, found.raw) == (0x61, data[2:], data)
    assert found.get(0x5F1F).value == b"ABC"


@pytest.mark.parametrize(
    ("length", "header"),
    [(0, "00"), (127, "7f"), (128, "8180"), (255, "81ff"), (256, "820100"), (65536, "83010000")],
)
def test_length_is_encoded_in_the_shortest_form(length: int, header: str) -> None:
    encoded = tlv.encode(0x04, bytes(length))
    assert encoded.hex().startswith("04" + header)
    assert tlv.parse(encoded).value == bytes(length)


def test_longer_forms_of_the_length_are_read_as_ber_allows() -> None:
    assert tlv.parse(bytes.fromhex("04 84 00000001 AA")).value == b"\xaa"


def test_indefinite_length_ends_at_its_own_end_of_contents() -> None:
    data = bytes.fromhex("3080 3080 040200000000 0401AA 0000")
    outer = tlv.parse(data)
    inner, last = outer.children()
    assert outer.raw == data
    assert inner.children()[0].value == b"\0\0"
    assert last.value == b"\xaa"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "should begin"),
        ("5F", "inside a tag"),
        ("5F8181818101", "longer than 4 octets"),
        ("04", "before the length"),
        ("0482", "inside the length"),
        ("048201", "inside the length"),
        ("0405AA", "claims 5 bytes, but only 1 follow"),
        ("0484FFFFFFFF", "claims 4294967295 bytes"),
        ("04850000000001AA", "length of 5 octets"),
        ("0480AA0000", "primitive but of indefinite length"),
        ("3080", "should begin"),
        ("308004010000", "should begin"),
        ("30800405", "more than there are"),
        ("0401AA00", "1 bytes left over"),
        ("0000", "zero byte"),
    ],
)
def test_malformed_data_is_named(data: str, message: str) -> None:
    with pytest.raises(TlvError, match=message):
        tlv.parse(bytes.fromhex(data))


def test_a_nested_bomb_is_refused_and_not_followed() -> None:
    with pytest.raises(TlvError, match="deeper than 16"):
        tlv.parse(b"\x30\x80" * 500_000)


def test_a_bomb_of_definite_lengths_is_opened_only_as_far_as_asked() -> None:
    bomb = b""
    for _ in range(10_000):
        bomb = tlv.encode(0x30, bomb)
    level = tlv.parse(bomb)
    for _ in range(5):
        (level,) = level.children()
    assert level.tag == 0x30


def test_depth_is_the_callers_choice() -> None:
    data = b"\x30\x80" * 3 + b"\0\0" * 3
    assert tlv.parse(data, max_depth=3).tag == 0x30
    with pytest.raises(TlvError, match="deeper than 2"):
        tlv.parse(data, max_depth=2)


def test_children_of_a_primitive_tag_are_refused() -> None:
    with pytest.raises(TlvError, match="primitive"):
        tlv.parse(b"\x04\x00").children()


def test_find_tells_missing_and_get_refuses_it() -> None:
    outer = tlv.parse(bytes.fromhex("30030401AA"))
    assert outer.find(0x05) is None
    with pytest.raises(TlvError, match="tag 5 is missing in tag 30"):
        outer.get(0x05)


def test_header_length_tells_how_much_to_read() -> None:
    assert tlv.header_length(bytes.fromhex("6182012C")) == (4, 304)
    assert tlv.header_length(bytes.fromhex("5F1F03FFFF")) == (3, 6)
    with pytest.raises(TlvError):
        tlv.header_length(bytes.fromhex("6182"))
    with pytest.raises(IndefiniteLengthError):
        tlv.header_length(bytes.fromhex("3080"))


@pytest.mark.parametrize("tag", [0, -1, 0x1F, 0x5F, 0x3030, 0x5F8182, 0x1_0000_0000])
def test_numbers_that_are_no_tags_are_not_encoded(tag: int) -> None:
    with pytest.raises(TlvError):
        tlv.encode(tag, b"")


@given(st.lists(st.tuples(TAGS, st.binary(max_size=300)), max_size=6))
def test_what_is_encoded_is_parsed_back(items: list[tuple[int, bytes]]) -> None:
    data = b"".join(tlv.encode(tag, value) for tag, value in items)
    assert [(item.tag, item.value) for item in tlv.parse_all(data)] == items


def _walk(items: tuple[Tlv, ...], depth: int = 0) -> int:
    count = 0
    for item in items:
        count += len(item.raw)
        if item.constructed and depth < 8:
            try:
                count += _walk(item.children(), depth + 1)
            except TlvError:
                continue
    return count


@settings(max_examples=300)
@given(st.binary(max_size=600))
def test_any_bytes_parse_or_fail_with_our_error(data: bytes) -> None:
    try:
        found = tlv.parse_all(data)
    except TlvError:
        return
    assert b"".join(item.raw for item in found) == data
    assert _walk(found) <= len(data) * 10


@settings(max_examples=100)
@given(st.binary(max_size=12))
def test_header_length_never_promises_less_than_its_header(prefix: bytes) -> None:
    try:
        header, total = tlv.header_length(prefix)
    except TlvError:
        return
    assert 2 <= header <= len(prefix)
    assert total >= header
