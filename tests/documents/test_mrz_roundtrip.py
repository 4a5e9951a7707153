"""Parse and compose are each other's inverse; a changed digit is noticed; nothing raises."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from devices.documents.mrz import Format, MrzFields, compose, inspect, parse
from devices.documents.mrz.layout import LAYOUTS
from tests.documents.mrz_strategies import ALNUM, TODAY, zones


@given(zones())
@settings(max_examples=150)
def test_what_is_composed_parses_to_the_same_fields(zone: tuple[Format, MrzFields]) -> None:
    format_, fields = zone
    lines = compose(format_, fields)
    mrz = parse(lines, today=TODAY)
    assert mrz.format is format_
    assert mrz.fields == fields


@given(zones())
@settings(max_examples=100)
def test_what_is_parsed_composes_to_the_same_lines(zone: tuple[Format, MrzFields]) -> None:
    lines = compose(*zone)
    mrz = parse(lines, today=TODAY)
    assert compose(mrz.format, mrz.fields) == lines


@given(zones(), st.data())
@settings(max_examples=150)
def test_one_changed_checked_character_is_an_error(
    zone: tuple[Format, MrzFields], data: st.DataObject
) -> None:
    """Modulus 10 with weights prime to 10 notices a change unless the values differ by ten."""
    format_, fields = zone
    lines = compose(format_, fields)
    layout = LAYOUTS[format_]
    field = data.draw(st.sampled_from(sorted(set(layout.check_digits) & set(layout.fields))))
    span = layout.fields[field]
    at = data.draw(st.integers(span.start, span.end - 1))
    old = lines[span.line][at]
    new = data.draw(st.sampled_from("0123456789"))
    assume(old.isdigit() and old != new)
    changed = list(lines)
    changed[span.line] = changed[span.line][:at] + new + changed[span.line][at + 1 :]
    assert not inspect(changed, today=TODAY).valid


@given(st.one_of(st.text(max_size=300), st.text(ALNUM + "<\n", max_size=300)))
@settings(max_examples=150)
def test_any_text_gives_errors_and_never_an_exception(text: str) -> None:
    inspection = inspect(text, today=TODAY)
    assert (inspection.mrz is None) == bool(inspection.errors)


@given(
    st.sampled_from([(3, 30), (2, 36), (2, 44)]).flatmap(
        lambda s: st.lists(
            st.text(st.characters(exclude_categories=["Zs", "Cc"]), min_size=s[1], max_size=s[1]),
            min_size=s[0],
            max_size=s[0],
        )
    )
)
@settings(max_examples=80)
def test_lines_of_the_right_length_with_anything_in_them_do_not_raise(lines: list[str]) -> None:
    inspection = inspect(lines, today=TODAY)
    assert (inspection.mrz is None) == bool(inspection.errors)
