import struct
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.lds import com, dg1, dg2, dg7, dg11, dg12, dg14, dg15, dg16, files
from devices.chip.lds.com import Com
from devices.chip.lds.dg11 import Dg11
from devices.chip.lds.dg12 import Dg12
from devices.chip.lds.dg16 import PersonToNotify
from devices.chip.lds.errors import LdsError
from devices.chip.tlv import TlvError

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(200)) + b"\xff\xd9"
JPEG_2000 = b"\x00\x00\x00\x0cjP  " + bytes(50)
PARSERS = (
    com.parse,
    dg1.parse,
    dg2.parse,
    dg7.parse,
    dg11.parse,
    dg12.parse,
    dg14.parse,
    dg15.parse,
    dg16.parse,
)


def test_com_of_the_standards_worked_example() -> None:
    # ICAO Doc 9303-11, appendix D.4
    data = bytes.fromhex("60145F0104303130365F36063034303030305C026175")
    found = com.parse(data)
    assert found == Com("1.6", "4.0.0", (1, 2))
    assert com.build(found) == data


@pytest.mark.parametrize("version", ["1.7", "1.8"])
def test_com_of_both_lds_versions(version: str) -> None:
    whole = Com(version, "4.0.0", (1, 2, 3, 7, 11, 12, 14, 15, 16))
    assert com.parse(com.build(whole)) == whole


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("6100", "tag 60 expected, 61 found"),
        ("6014 5F010430313036 5F3606303430303030 5B02 6175", "tag 5C is missing"),
        ("6012 5F01023031 5F3606303430303030 5C02 6175", "a version is not 4 digits"),
    ],
)
def test_com_that_is_wrong_is_named(data: str, message: str) -> None:
    with pytest.raises((LdsError, TlvError), match=message):
        com.parse(bytes.fromhex(data))


@pytest.mark.parametrize("lines", [TD1, TD2, TD3], ids=["TD1", "TD2", "TD3"])
def test_dg1_holds_the_lines_of_every_format(lines: tuple[str, ...]) -> None:
    data = dg1.build(lines)
    assert dg1.parse(data).lines == lines
    assert data[:2] == bytes((0x61, len("".join(lines)) + 3))


@pytest.mark.parametrize(
    ("lines", "message"), [((TD3[0],), "not 44"), ((TD3[0], TD3[1].lower()), "not A-Z")]
)
def test_dg1_that_is_no_mrz_is_refused(lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(LdsError, match=message):
        dg1.build(lines)


@pytest.mark.parametrize("image", [JPEG, JPEG_2000])
def test_dg2_tells_picture_size_and_position(image: bytes) -> None:
    data = dg2.build(image, width=413, height=531)
    (face,) = dg2.parse(data)
    assert (face.image, face.width, face.height) == (image, 413, 531)
    assert data[face.offset : face.offset + len(image)] == image


def test_dg2_skips_feature_points_and_reads_every_face() -> None:
    information = struct.pack(">BBHHBBHH", 1, 0, 10, 20, 1, 2, 0, 0)

    def face(image: bytes, points: int) -> bytes:
        body = bytes(8 * points) + information + image
        return struct.pack(">IH14x", 20 + len(body), points) + body

    faces = face(JPEG, 3) + face(JPEG, 0)
    record = struct.pack(">4s4sIH", b"FAC\0", b"010\0", 14 + len(faces), 2) + faces
    template = tlv.encode(0x7F60, tlv.encode(0xA1, b"") + tlv.encode(0x5F2E, record))
    data = tlv.encode(0x75, tlv.encode(0x7F61, b"\x02\x01\x01" + template))
    first, second = dg2.parse(data)
    assert first.image == second.image == JPEG
    assert first.offset < second.offset


def test_dg2_in_the_newer_encoding_is_located() -> None:
    block = tlv.encode(0xA1, tlv.encode(0x30, b"\x02\x01\x03" + tlv.encode(0x81, JPEG_2000)))
    template = tlv.encode(0x7F60, tlv.encode(0xA1, b"") + tlv.encode(0x7F2E, block))
    data = tlv.encode(0x75, tlv.encode(0x7F61, b"\x02\x01\x01" + template))
    (face,) = dg2.parse(data)
    assert (face.image, face.format, face.width) == (JPEG_2000, "image/jp2", None)


@pytest.mark.parametrize(
    ("position", "value", "message"),
    [
        (11, 2, "2 instances are stated, 1 are there"),
        (-len(JPEG), 0, "neither JPEG"),
        (-len(JPEG) - 32, 0xFF, "a length that it does not have"),
        (-len(JPEG) - 46, 0, "wrong header"),
    ],
)
def test_dg2_that_lies_is_refused(position: int, value: int, message: str) -> None:
    data = bytearray(dg2.build(JPEG, width=1, height=1))
    data[position] = value
    with pytest.raises(LdsError, match=message):
        dg2.parse(bytes(data))


def test_dg7_holds_pictures() -> None:
    assert dg7.parse(dg7.build([JPEG, JPEG])) == (JPEG, JPEG)
    with pytest.raises(LdsError, match="0 pictures are stated, 0 are there"):
        dg7.parse(bytes.fromhex("6703020100"))


def test_dg11_holds_personal_details() -> None:
    details = Dg11(
        full_name="ÅSTRÖM<<MAJA",
        other_names=("LIND<<MAJA", "BERG"),
        personal_number="ZE184226B",
        birth_date=date(1988, 3, 17),
        place_of_birth=("ZENITH", "UTOPIA"),
        address=("1 MAIN STREET", "ZENITH"),
        telephone="+000 5550100",
        profession="ENGINEER",
        other_document_numbers=("A1", "B2"),
    )
    assert dg11.parse(dg11.build(details)) == details


def test_dg11_lists_the_tags_that_it_has() -> None:
    outer = tlv.parse(dg11.build(Dg11(full_name="A<<B", place_of_birth=("C",))))
    assert outer.get(0x5C).value == bytes.fromhex("5F0E5F11")


def test_dg11_reads_bcd_dates_and_latin_1() -> None:
    data = tlv.encode(
        0x6B,
        tlv.encode(0x5F0E, "MÜLLER".encode("latin-1"))
        + tlv.encode(0x5F2B, bytes.fromhex("19880317")),
    )
    found = dg11.parse(data)
    assert (found.full_name, found.birth_date) == ("MÜLLER", date(1988, 3, 17))


@pytest.mark.parametrize("value", [b"19880000", b"<<<<<<<<", b"88", b"19881331"])
def test_dates_that_are_none_are_left_out(value: bytes) -> None:
    assert dg11.parse(tlv.encode(0x6B, tlv.encode(0x5F2B, value))).birth_date is None


def test_dg12_holds_document_details() -> None:
    details = Dg12(
        authority="MINISTRY",
        issue_date=date(2025, 5, 2),
        other_persons=("SMITH<<JOHN",),
        endorsements="NONE",
        front=JPEG,
        rear=JPEG,
        personalisation_time="20250502101530",
        personalisation_device="P-1",
    )
    assert dg12.parse(dg12.build(details)) == details
    bcd = tlv.encode(0x6C, tlv.encode(0x5F55, bytes.fromhex("20250502101530")))
    assert dg12.parse(bcd).personalisation_time == "20250502101530"


def test_dg14_and_dg15_are_kept_as_they_stand() -> None:
    unsorted = bytes.fromhex("3106 300102 300101".replace(" ", ""))
    assert dg14.parse(dg14.build(unsorted)) == unsorted
    key = bytes.fromhex("30020500")
    assert dg15.parse(dg15.build(key)) == key
    with pytest.raises(LdsError, match="SET"):
        dg14.build(key)
    with pytest.raises(LdsError, match="SubjectPublicKeyInfo"):
        dg15.build(unsorted)


def test_dg16_holds_persons_to_notify() -> None:
    persons = (
        PersonToNotify("SMITH<<ANNA", date(2025, 5, 2), "5550100", ("1 MAIN STREET", "ZENITH")),
        PersonToNotify("BERG<<OLA"),
    )
    assert dg16.parse(dg16.build(persons)) == persons
    with pytest.raises(LdsError, match="room for 15"):
        dg16.build([PersonToNotify("A")] * 16)


def test_a_file_of_another_data_group_is_refused() -> None:
    with pytest.raises(LdsError, match="DG11: tag 6B expected, 61 found"):
        dg11.parse(dg1.build(TD3))


def test_tags_file_ids_and_data_groups_agree() -> None:
    for number in files.DATA_GROUPS:
        assert files.data_group(files.tag(number)) == number
        assert files.short_id(files.file_id(number)) == number
    assert (files.tag(1), files.tag(16)) == (0x61, 0x70)
    assert files.data_group(0x60) is None
    assert files.data_group(0x7F61) is None
    assert files.short_id(files.EF_SOD) == 0x1D


VALID_FILES = (
    com.build(Com("1.7", "4.0.0", (1, 2))),
    dg1.build(TD3),
    dg2.build(JPEG, width=10, height=20),
    dg7.build([JPEG]),
    dg11.build(Dg11(full_name="A<<B", other_names=("C",), birth_date=date(1988, 3, 17))),
    dg12.build(Dg12(authority="A", other_persons=("B",))),
    dg14.build(bytes.fromhex("3100")),
    dg15.build(bytes.fromhex("3000")),
    dg16.build([PersonToNotify("A", telephone="1")]),
)


@settings(max_examples=300)
@given(
    st.sampled_from(VALID_FILES),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4),
    st.integers(0, 400),
)
def test_damaged_files_fail_with_our_errors_only(
    data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    for parse in PARSERS:
        try:
            parse(bytes(damaged[: max(cut, 1)]))
        except (LdsError, TlvError):
            continue


@settings(max_examples=150)
@given(st.sampled_from([*range(1, 17)]), st.binary(max_size=300))
def test_any_contents_fail_with_our_errors_only(number: int, contents: bytes) -> None:
    data = tlv.encode(files.tag(number), contents)
    for parse in PARSERS:
        try:
            parse(data)
        except (LdsError, TlvError):
            continue
