"""Composing: what fits, what is cut, what is refused."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.documents.identity import PartialDate, Sex
from devices.documents.mrz import ComposeError, Field, Format, MrzFields, compose, parse
from devices.documents.mrz.names import join_name
from tests.documents.mrz_strategies import LETTERS, TODAY


def person(**changes: Any) -> MrzFields:
    values: dict[str, Any] = {
        "document_code": "P",
        "issuing_state": "UTO",
        "document_number": "L898902C3",
        "nationality": "UTO",
        "primary_identifier": "ERIKSSON",
        "birth_date": PartialDate(1974, 8, 12),
        "sex": Sex.FEMALE,
        "expiry_date": date(2032, 4, 15),
    }
    return MrzFields(**{**values, **changes})


@pytest.mark.parametrize(
    ("format_", "changes", "field"),
    [
        (Format.TD3, {"document_number": "L898902C36"}, Field.DOCUMENT_NUMBER),
        (Format.TD1, {"document_number": "L" * 23}, Field.DOCUMENT_NUMBER),
        (Format.TD1, {"document_number": "L23456789<A"}, Field.DOCUMENT_NUMBER),
        (Format.TD1, {"document_number": "l23456789012"}, Field.DOCUMENT_NUMBER),
        (Format.TD2, {"document_number": ""}, Field.DOCUMENT_NUMBER),
        (Format.TD3, {"optional_data": "A" * 15}, Field.OPTIONAL_DATA),
        (Format.TD2, {"document_number": "L" * 12, "optional_data": "ABC"}, Field.OPTIONAL_DATA),
        (Format.TD3, {"optional_data_2": "A"}, Field.OPTIONAL_DATA_2),
        (Format.TD3, {"issuing_state": "UTOP"}, Field.ISSUING_STATE),
        (Format.TD3, {"nationality": "uto"}, Field.NATIONALITY),
        (Format.TD3, {"primary_identifier": "ANNA 2"}, Field.NAME),
        (Format.TD3, {"primary_identifier": "王"}, Field.NAME),
        (Format.TD3, {"primary_identifier": " - "}, Field.NAME),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    format_: Format, changes: dict[str, Any], field: Field
) -> None:
    with pytest.raises(ComposeError) as caught:
        compose(format_, person(**changes))
    assert caught.value.field is field


@pytest.mark.parametrize(
    ("primary", "secondary", "line"),
    [
        ("O'Connor", "Enya Siobhan", "P<UTOOCONNOR<<ENYA<SIOBHAN"),
        ("Smith-Jones", "Susie Margaret", "P<UTOSMITH<JONES<<SUSIE<MARGARET"),
        ("Ólafsdóttir", "Þóra Æsa", "P<UTOOLAFSDOTTIR<<THORA<AESA"),
        ("Müller", "Jörg Weiß", "P<UTOMUELLER<<JOERG<WEISS"),
        ("ARKFREITH", "", "P<UTOARKFREITH"),
        ("Щукина", "Юлия", "P<UTOSHCHUKINA<<IULIIA"),
        ("Nguyễn", "Thị Đào", "P<UTONGUYEN<<THI<DAO"),
    ],
)
def test_names_are_written_as_the_standard_says(primary: str, secondary: str, line: str) -> None:
    lines = compose(Format.TD3, person(primary_identifier=primary, secondary_identifier=secondary))
    assert lines[0] == line.ljust(44, "<")


def test_language_chooses_between_transliterations() -> None:
    serbian = compose(Format.TD3, person(primary_identifier="Жижић"), "sr")
    assert serbian[0].startswith("P<UTOZIZIC<<")
    ukrainian = compose(Format.TD3, person(primary_identifier="Григорий"), "uk")
    assert ukrainian[0].startswith("P<UTOHRYHORYI<<")


def test_a_name_that_is_too_long_ends_in_a_letter_and_is_said_to_be_cut() -> None:
    lines = compose(
        Format.TD3,
        person(
            primary_identifier="NILAVADHANANANDA",
            secondary_identifier="CHAYAPA DEJTHAMRONG KRASUANG",
        ),
    )
    assert lines[0] == "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"
    assert parse(lines, today=TODAY).name_truncated


long_names = st.lists(st.text(LETTERS, min_size=1, max_size=30), min_size=1, max_size=8).map(
    " ".join
)


@given(long_names, st.one_of(st.just(""), long_names), st.sampled_from([30, 31, 39]))
@settings(max_examples=200)
def test_cut_names_fill_the_field_and_keep_something_of_both_parts(
    primary: str, secondary: str, length: int
) -> None:
    field = join_name(primary, secondary, length)
    assert len(field) == length
    cut = len(primary) + len(secondary) + (2 if secondary else 0) > length
    assert (field[-1] != "<") or not cut
    first, separator, second = field.rstrip("<").partition("<<")
    assert first
    assert bool(second) == bool(separator) == bool(secondary)


def test_wholly_unknown_birth_date_is_fillers_with_check_digit_zero() -> None:
    lines = compose(Format.TD3, person(birth_date=PartialDate(None)))
    assert lines[1][13:20] == "<<<<<<0"
