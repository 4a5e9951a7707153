"""Specimens printed in ICAO Doc 9303 and by issuing states, read to the letter."""

from datetime import date

import pytest

from devices.documents.identity import PartialDate, Sex, Source
from devices.documents.mrz import Format, Mrz, MrzFields, compose, parse

TODAY = date(2026, 11, 21)

SPECIMENS = {
    Format.TD3: (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ),
    Format.TD2: (
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    ),
    Format.TD1: (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ),
    Format.MRV_A: (
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    ),
    Format.MRV_B: (
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "L8988901C4XXX4009078F9612109<<<<<<<<",
    ),
}


@pytest.mark.parametrize("format_", SPECIMENS)
def test_specimen_is_read_and_written_back_to_the_letter(format_: Format) -> None:
    lines = SPECIMENS[format_]
    mrz = parse(lines, today=TODAY)
    assert mrz.format is format_
    assert mrz.remarks == ()
    assert (mrz.fields.primary_identifier, mrz.fields.secondary_identifier) == (
        "ERIKSSON",
        "ANNA MARIA",
    )
    assert mrz.fields.sex is Sex.FEMALE
    assert compose(format_, mrz.fields) == lines


def test_passport_specimen_becomes_an_identity() -> None:
    identity = parse(SPECIMENS[Format.TD3], today=TODAY).identity(Source.CAMERA)
    assert identity.source is Source.CAMERA
    assert identity.document_number == "L898902C3"
    assert identity.issuing_state == identity.nationality == "UTO"
    assert identity.birth_date == PartialDate(1974, 8, 12)
    assert identity.expiry_date == date(2012, 4, 15)
    assert identity.document_code == "P"


def test_one_string_without_line_ends_is_read_as_data_group_1_has_it() -> None:
    assert parse("".join(SPECIMENS[Format.TD1]), today=TODAY).format is Format.TD1
    assert parse("".join(SPECIMENS[Format.TD2]), today=TODAY).format is Format.TD2
    assert parse("".join(SPECIMENS[Format.TD3]), today=TODAY).format is Format.TD3


def test_german_single_letter_code() -> None:
    mrz = parse(
        "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\n"
        "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4",
        today=TODAY,
    )
    assert mrz.fields.issuing_state == mrz.fields.nationality == "D"


def read_long() -> Mrz:
    return parse(
        "I<UTOD23145890<7349<<<<<<<<<<<\n"
        "3407127M9507122UTO<<<<<<<<<<<2\n"
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
        today=TODAY,
    )


def test_long_document_number_continues_in_the_optional_data() -> None:
    """Example of Doc 9303-11, appendix D.2."""
    mrz = read_long()
    assert mrz.fields.document_number == "D23145890734"
    assert mrz.fields.optional_data == ""


def test_access_key_text_is_that_of_the_standards_examples() -> None:
    """Doc 9303-11, appendix D.2: TD1 with a long number; and D.2 for TD2."""
    assert read_long().access_key_text() == "D23145890734934071279507122"
    td3 = parse(SPECIMENS[Format.TD3], today=TODAY)
    assert td3.access_key_text() == "L898902C3" + "6" + "740812" + "2" + "120415" + "9"


def test_chinese_passport_without_any_filler_in_line_2() -> None:
    fields = MrzFields(
        document_code="PO",
        issuing_state="CHN",
        document_number="E12345678",
        nationality="CHN",
        primary_identifier="ZHENGJIAN",
        secondary_identifier="YANGBEN",
        birth_date=PartialDate(1985, 1, 1),
        sex=Sex.MALE,
        expiry_date=date(2030, 1, 1),
        optional_data="MBPOLALBMCLNA9",
    )
    lines = compose(Format.TD3, fields)
    assert "<" not in lines[1]
    assert parse(lines, today=TODAY).fields == fields
