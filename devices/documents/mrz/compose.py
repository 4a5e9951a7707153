"""From values to the lines of a machine readable zone."""

from devices.documents.mrz.checkdigit import ALPHABET, FILLER, check_digit
from devices.documents.mrz.dates import format_date
from devices.documents.mrz.errors import Field
from devices.documents.mrz.fields import MrzFields
from devices.documents.mrz.layout import LAYOUTS, Format, Layout, Span
from devices.documents.mrz.names import join_name
from devices.documents.mrz.transliterate import transliterate

_NUMBER_LENGTH = 9


class ComposeError(ValueError):
    """A value does not fit its field; the text names the field and says why, without the value."""

    def __init__(self, field: Field, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field


def compose(format_: Format, fields: MrzFields, language: str = "") -> tuple[str, ...]:
    """Return the lines, with all check digits.

    Names may be in national letters: they are transliterated (``language`` as in
    `transliterate`), and cut when they are too long. Raises ComposeError.
    """
    layout = LAYOUTS[format_]
    rows = [[FILLER] * layout.line_length for _ in range(layout.line_count)]

    def put(span: Span, text: str) -> None:
        rows[span.line][span.start : span.end] = text.ljust(span.length, FILLER)

    def check(field: Field, covered: str) -> None:
        put(layout.check_digits[field], check_digit(covered))

    for field, text in _texts(layout, fields, language).items():
        put(layout.fields[field], text)
        if field in layout.check_digits:
            check(field, text.ljust(layout.fields[field].length, FILLER))
    if format_ is Format.TD3 and not fields.optional_data:
        put(layout.check_digits[Field.OPTIONAL_DATA], FILLER)
    if len(fields.document_number) > _NUMBER_LENGTH:
        put(layout.check_digits[Field.DOCUMENT_NUMBER], FILLER)
    lines = tuple("".join(row) for row in rows)
    if layout.composite:
        check(Field.COMPOSITE, "".join(span.of(lines) for span in layout.composite))
    return tuple("".join(row) for row in rows)


def _texts(layout: Layout, fields: MrzFields, language: str) -> dict[Field, str]:
    """Return each field as it stands in its span, before filling up."""
    number, rest = _document_number(layout, fields.document_number)
    texts = {
        Field.DOCUMENT_CODE: fields.document_code,
        Field.ISSUING_STATE: fields.issuing_state,
        Field.NAME: _name(layout, fields, language),
        Field.DOCUMENT_NUMBER: number,
        Field.NATIONALITY: fields.nationality,
        Field.BIRTH_DATE: format_date(fields.birth_date),
        Field.SEX: fields.sex.value,
        Field.EXPIRY_DATE: format_date(fields.expiry_date),
        Field.OPTIONAL_DATA: rest + fields.optional_data,
    }
    if Field.OPTIONAL_DATA_2 in layout.fields:
        texts[Field.OPTIONAL_DATA_2] = fields.optional_data_2
    elif fields.optional_data_2:
        raise ComposeError(Field.OPTIONAL_DATA_2, f"{layout.format} has no second optional data")
    for field, text in texts.items():
        if not set(text) <= set(ALPHABET):
            raise ComposeError(field, "only A-Z, 0-9 and < may stand in a machine readable zone")
        if len(text) > layout.fields[field].length:
            raise ComposeError(
                field,
                f"{len(text)} characters, {layout.fields[field].length} fit in {layout.format}",
            )
    for field in (Field.DOCUMENT_CODE, Field.ISSUING_STATE, Field.DOCUMENT_NUMBER):
        if not texts[field]:
            raise ComposeError(field, "is missing")
    return texts


def _document_number(layout: Layout, number: str) -> tuple[str, str]:
    """Return what stands in the number's field, and before the optional data."""
    if len(number) <= _NUMBER_LENGTH:
        return number, ""
    room = layout.fields[Field.OPTIONAL_DATA].length - 2  # its check digit and a filler
    if not layout.long_numbers or len(number) > _NUMBER_LENGTH + room:
        most = _NUMBER_LENGTH + room if layout.long_numbers else _NUMBER_LENGTH
        raise ComposeError(
            Field.DOCUMENT_NUMBER, f"{len(number)} characters, {most} fit in {layout.format}"
        )
    if FILLER in number[_NUMBER_LENGTH:]:
        raise ComposeError(Field.DOCUMENT_NUMBER, "no filler may stand after the ninth character")
    try:
        digit = check_digit(number)
    except ValueError as error:
        raise ComposeError(Field.DOCUMENT_NUMBER, str(error)) from None
    return number[:_NUMBER_LENGTH], number[_NUMBER_LENGTH:] + digit + FILLER


def _name(layout: Layout, fields: MrzFields, language: str) -> str:
    try:
        primary = transliterate(fields.primary_identifier, language)
        secondary = transliterate(fields.secondary_identifier, language)
    except ValueError as error:
        raise ComposeError(Field.NAME, str(error)) from None
    if not primary:
        raise ComposeError(Field.NAME, "the primary identifier is missing")
    return join_name(primary, secondary, layout.fields[Field.NAME].length)
