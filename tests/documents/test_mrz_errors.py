"""Every error says which field, where and why; all at once; and never what stands there."""

from dataclasses import replace
from datetime import date

import pytest

from devices.documents.identity import PartialDate, Sex
from devices.documents.mrz import (
    Field,
    Format,
    MrzError,
    MrzFields,
    Reason,
    check_digit,
    compose,
    inspect,
    parse,
)

TODAY = date(2026, 11, 21)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
PERSON = MrzFields(
    document_code="I",
    issuing_state="UTO",
    document_number="D23145890",
    nationality="UTO",
    primary_identifier="ERIKSSON",
    secondary_identifier="ANNA",
    birth_date=PartialDate(1974, 8, 12),
    sex=Sex.FEMALE,
    expiry_date=date(2032, 4, 15),
)


def td3(line: int, start: int, text: str, *, fix: bool = False) -> tuple[str, ...]:
    """The passport specimen with ``text`` put at a position (from 1), check digits put right."""
    lines = list(TD3)
    lines[line - 1] = lines[line - 1][: start - 1] + text + lines[line - 1][start - 1 + len(text) :]
    if fix:
        row = list(lines[1])
        for first, last in ((0, 9), (13, 19), (21, 27), (28, 42)):
            row[last] = check_digit("".join(row[first:last]))
        row[43] = check_digit("".join(row[0:10] + row[13:20] + row[21:43]))
        lines[1] = "".join(row)
    return tuple(lines)


def found(lines: tuple[str, ...]) -> set[tuple[Field, Reason]]:
    return {(error.field, error.reason) for error in inspect(lines, today=TODAY).errors}


def remarked(lines: tuple[str, ...]) -> set[tuple[Field, Reason]]:
    inspection = inspect(lines, today=TODAY)
    assert inspection.valid, inspection.errors
    return {(remark.field, remark.reason) for remark in inspection.remarks}


@pytest.mark.parametrize(
    ("lines", "field", "reason"),
    [
        (td3(1, 1, "1"), Field.DOCUMENT_CODE, Reason.CODE),
        (td3(1, 3, "QQQ"), Field.ISSUING_STATE, Reason.CODE),
        (td3(1, 3, "<<<"), Field.ISSUING_STATE, Reason.EMPTY),
        (td3(1, 3, "D<K"), Field.ISSUING_STATE, Reason.CODE),
        (td3(2, 11, "ZZZ"), Field.NATIONALITY, Reason.CODE),
        (td3(1, 6, "<"), Field.NAME, Reason.SHAPE),
        (td3(1, 6, "<" * 39), Field.NAME, Reason.EMPTY),
        (td3(1, 8, "1"), Field.NAME, Reason.CHARACTER),
        (td3(1, 8, "é"), Field.NAME, Reason.CHARACTER),
        (td3(2, 1, "<" * 9, fix=True), Field.DOCUMENT_NUMBER, Reason.EMPTY),
        (td3(2, 1, "<", fix=True), Field.DOCUMENT_NUMBER, Reason.SHAPE),
        (td3(2, 10, "<"), Field.DOCUMENT_NUMBER, Reason.CHECK_DIGIT),
        (td3(2, 14, "741312", fix=True), Field.BIRTH_DATE, Reason.DATE),
        (td3(2, 14, "7<0812", fix=True), Field.BIRTH_DATE, Reason.DATE),
        (td3(2, 14, "7408I2"), Field.BIRTH_DATE, Reason.DATE),
        (td3(2, 21, "K"), Field.SEX, Reason.CODE),
        (td3(2, 22, "3202<<", fix=True), Field.EXPIRY_DATE, Reason.DATE),
        (td3(2, 22, "310229", fix=True), Field.EXPIRY_DATE, Reason.DATE),
        (td3(2, 22, "<<<<<<", fix=True), Field.EXPIRY_DATE, Reason.EMPTY),
        (td3(2, 43, "2"), Field.OPTIONAL_DATA, Reason.CHECK_DIGIT),
        (td3(2, 44, "1"), Field.COMPOSITE, Reason.CHECK_DIGIT),
        (td3(2, 44, " "), Field.LINES, Reason.LENGTH),
        (("",), Field.LINES, Reason.EMPTY),
        ((), Field.LINES, Reason.EMPTY),
        ((TD3[0],), Field.LINES, Reason.LENGTH),
        ((TD3[0], TD3[1] + "<"), Field.LINES, Reason.LENGTH),
    ],
)
def test_error_names_field_and_reason(lines: tuple[str, ...], field: Field, reason: Reason) -> None:
    assert (field, reason) in found(lines)


def test_all_errors_are_told_at_once_with_line_and_position() -> None:
    lines = td3(2, 21, "K")
    lines = (lines[0].replace("UTO", "QQQ", 1), lines[1].replace("740812", "741312"))
    with pytest.raises(MrzError) as caught:
        parse(lines, today=TODAY)
    places = {(e.field, e.line, e.start, e.end) for e in caught.value.errors}
    assert {
        (Field.ISSUING_STATE, 1, 3, 5),
        (Field.SEX, 2, 21, 21),
        (Field.BIRTH_DATE, 2, 14, 19),
        (Field.COMPOSITE, 2, 44, 44),
    } <= places
    assert "sex (line 2, position 21): the sex must be F, M or <" in str(caught.value)


def test_error_texts_repeat_nothing_of_the_document() -> None:
    lines = (
        "P<QQQERIKSSON<1ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        TD3[1].replace("3", "4").replace("F", "Q"),
    )
    text = str([str(error) for error in inspect(lines, today=TODAY).errors])
    for secret in ("ERIKSSON", "ANNA", "L898902", "740812", "ZE184226B"):
        assert secret not in text


@pytest.mark.parametrize("digit", ["<", "0"])
def test_position_43_of_a_passport_without_optional_data_may_be_filler_or_zero(digit: str) -> None:
    lines = td3(2, 29, "<" * 14, fix=True)
    line2 = lines[1][:42] + digit
    covered = line2[0:10] + line2[13:20] + line2[21:43]
    assert inspect((lines[0], line2 + check_digit(covered)), today=TODAY).errors == ()


def test_visas_have_no_composite_check_digit() -> None:
    visa = replace(PERSON, document_code="V", optional_data="ABCDEFGHIJKLMNOP")
    assert compose(Format.MRV_A, visa)[1].endswith("ABCDEFGHIJKLMNOP")
    assert parse(compose(Format.MRV_A, visa), today=TODAY).fields == visa


@pytest.mark.parametrize("format_", [Format.TD1, Format.TD2])
def test_long_number_with_wrong_check_digit_or_without_rest(format_: Format) -> None:
    long = replace(PERSON, document_number="D23145890735")
    lines = list(compose(format_, long))
    row = 0 if format_ is Format.TD1 else 1
    place = lines[row].index("735")
    lines[row] = lines[row][:place] + "736" + lines[row][place + 3 :]
    assert (Field.DOCUMENT_NUMBER, Reason.CHECK_DIGIT) in found(tuple(lines))
    lines[row] = lines[row][:place] + "<<<<" + lines[row][place + 4 :]
    assert (Field.DOCUMENT_NUMBER, Reason.CHECK_DIGIT) in found(tuple(lines))
    lines[row] = lines[row][:place] + "5<<<" + lines[row][place + 4 :]
    assert (Field.DOCUMENT_NUMBER, Reason.SHAPE) in found(tuple(lines))


def test_remarks_do_not_refuse_the_document() -> None:
    assert remarked(td3(2, 21, "X")) == {(Field.SEX, Reason.CODE)}
    assert remarked(td3(1, 1, "Q")) == {(Field.DOCUMENT_CODE, Reason.CODE)}
    assert remarked(td3(1, 3, "SUN")) == {(Field.ISSUING_STATE, Reason.CODE)}
    assert remarked(td3(2, 14, "740000", fix=True)) == {(Field.BIRTH_DATE, Reason.DATE)}
    assert remarked(td3(1, 6, "A<<B<<C" + "<" * 32)) == {(Field.NAME, Reason.SHAPE)}


def test_card_without_expiry_is_remarked_and_has_no_expiry_date() -> None:
    lines = compose(Format.TD1, replace(PERSON, expiry_date=None))
    assert remarked(lines) == {(Field.EXPIRY_DATE, Reason.EMPTY)}
    assert parse(lines, today=TODAY).fields.expiry_date is None


def test_over_long_input_is_refused_without_being_looked_at() -> None:
    assert found(("A" * 1_000_000,)) == {(Field.LINES, Reason.LENGTH)}
    assert [e.reason for e in inspect("A" * 1_000_000, today=TODAY).errors] == [Reason.LENGTH]
