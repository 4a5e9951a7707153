"""From the lines of a machine readable zone to values, with everything that is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from devices.documents.identity import PartialDate, Sex
from devices.documents.mrz.checkdigit import ALPHABET, FILLER, check_digit
from devices.documents.mrz.dates import DateError, parse_birth_date, parse_expiry_date
from devices.documents.mrz.errors import Field, FieldError, MrzError, Reason
from devices.documents.mrz.fields import Mrz, MrzFields
from devices.documents.mrz.layout import LAYOUTS, Format, Layout, Span, format_of
from devices.documents.mrz.names import NameShapeError, may_be_truncated, split_name
from devices.documents.states import StateKind, lookup

_LONGEST = 3 * 44
"""Input longer than any zone is refused before it is looked at."""
_DIGITS = frozenset("0123456789")
_CAPITALS = frozenset(ALPHABET) - _DIGITS - {FILLER}


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that can be told of a text that should be a machine readable zone."""

    format: Format | None
    """None: neither number nor length of the lines fit any format."""
    lines: tuple[str, ...]
    raw: dict[Field, str]
    """Each field as it stands, with fillers; empty without a format."""
    mrz: Mrz | None
    """None when there is any error."""
    errors: tuple[FieldError, ...]
    remarks: tuple[FieldError, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.errors


def parse(text: str | Sequence[str], *, today: date) -> Mrz:
    """Return the machine readable zone in ``text``: its lines, or all in one string as DG1 has it.

    ``today`` resolves two-digit years. Raises MrzError with all that is wrong.
    """
    inspection = inspect(text, today=today)
    if inspection.mrz is None:
        raise MrzError(inspection.errors)
    return inspection.mrz


def inspect(text: str | Sequence[str], *, today: date) -> Inspection:
    """Like `parse`, but returns what is wrong, and what can be told nevertheless."""
    lines = _lines(text)
    format_ = format_of(lines)
    if format_ is None:
        return Inspection(None, lines, {}, None, (_shape_error(lines),))
    return _Inspector(LAYOUTS[format_], lines, today).run()


def _lines(text: str | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(text, str):
        return tuple(line.strip() for line in text)
    if len(text) > 2 * _LONGEST:
        return (text,)
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    if len(lines) == 1 and (width := {90: 30, 72: 36, 88: 44}.get(len(lines[0]))):
        return tuple(lines[0][i : i + width] for i in range(0, len(lines[0]), width))
    return lines


def _shape_error(lines: tuple[str, ...]) -> FieldError:
    if not any(lines):
        return FieldError(Field.LINES, Reason.EMPTY, "there is no text")
    if len(lines) in {2, 3}:
        lengths = ", ".join(str(len(line)) for line in lines)
        found = f"{len(lines)} lines of {lengths} characters"
    else:
        found = f"{len(lines)} line(s), {sum(map(len, lines))} characters in all"
    return FieldError(
        Field.LINES,
        Reason.LENGTH,
        f"{found} are no machine readable zone: 3 lines of 30, 2 of 36 or 2 of 44 are",
    )


class _Inspector:
    """One pass over lines whose format is known."""

    def __init__(self, layout: Layout, lines: tuple[str, ...], today: date) -> None:
        self.layout = layout
        self.lines = lines
        self.today = today
        self.raw = {field: span.of(lines) for field, span in layout.fields.items()}
        self.errors: list[FieldError] = []
        self.remarks: list[FieldError] = []

    def run(self) -> Inspection:
        self._characters()
        number, rest = self._document_number()
        expiry = self._expiry_date()
        primary, secondary = self._name()
        fields = MrzFields(
            document_code=self._document_code(),
            issuing_state=self._state(Field.ISSUING_STATE),
            document_number=number,
            nationality=self._state(Field.NATIONALITY),
            primary_identifier=primary,
            birth_date=self._birth_date(expiry),
            sex=self._sex(),
            expiry_date=expiry,
            secondary_identifier=secondary,
            optional_data=rest,
            optional_data_2=self.raw.get(Field.OPTIONAL_DATA_2, "").rstrip(FILLER),
        )
        for field in (Field.BIRTH_DATE, Field.EXPIRY_DATE, Field.OPTIONAL_DATA):
            self._check_digit(field)
        self._composite()
        mrz = None
        if not self.errors:
            mrz = Mrz(
                self.layout.format,
                self.lines,
                fields,
                may_be_truncated(self.raw[Field.NAME]),
                tuple(self.remarks),
            )
        return Inspection(
            self.layout.format, self.lines, self.raw, mrz, tuple(self.errors), tuple(self.remarks)
        )

    # -- reporting ----------------------------------------------------------------------------

    def _note(
        self, into: list[FieldError], field: Field, reason: Reason, message: str, span: Span | None
    ) -> None:
        if span is None:
            into.append(FieldError(field, reason, message))
        else:
            into.append(FieldError(field, reason, message, span.line + 1, span.start + 1, span.end))

    def _error(self, field: Field, reason: Reason, message: str, span: Span | None = None) -> None:
        self._note(self.errors, field, reason, message, span or self.layout.fields.get(field))

    def _remark(self, field: Field, reason: Reason, message: str) -> None:
        self._note(self.remarks, field, reason, message, self.layout.fields.get(field))

    # -- the parts ------------------------------------------------------------------------------

    def _characters(self) -> None:
        allowed = set(ALPHABET)
        for field, span in self._spans().items():
            wrong = [i for i, c in enumerate(span.of(self.lines), span.start) if c not in allowed]
            if wrong:
                self._error(
                    field,
                    Reason.CHARACTER,
                    "only A-Z, 0-9 and < may stand in a machine readable zone",
                    Span(span.line, wrong[0], wrong[-1] + 1),
                )

    def _spans(self) -> dict[Field, Span]:
        """Every position of the zone, check digits with the field they belong to."""
        spans = dict(self.layout.fields)
        for field, digit in self.layout.check_digits.items():
            covered = spans.get(field)
            spans[field] = digit if covered is None else Span(digit.line, covered.start, digit.end)
        return spans

    def _document_code(self) -> str:
        code = self.raw[Field.DOCUMENT_CODE]
        if code[0] not in _CAPITALS:
            self._error(
                Field.DOCUMENT_CODE, Reason.CODE, "the document code must begin with a letter"
            )
        elif code[0] not in self.layout.document_codes:
            self._remark(
                Field.DOCUMENT_CODE,
                Reason.CODE,
                f"the document code of {self.layout.format} begins with one of "
                f"{', '.join(self.layout.document_codes)} by the standard",
            )
        elif code in {"AV", "CV", "IV"}:
            self._remark(Field.DOCUMENT_CODE, Reason.CODE, "V may not stand second by the standard")
        return code.rstrip(FILLER)

    def _state(self, field: Field) -> str:
        code = self.raw[field].rstrip(FILLER)
        state = lookup(code)
        if not code:
            self._error(field, Reason.EMPTY, "the state code is missing")
        elif state is None:
            self._error(field, Reason.CODE, "no state has this code (Doc 9303-3, section 5)")
        elif state.kind is StateKind.WITHDRAWN:
            self._remark(field, Reason.CODE, "the state code is not used any more")
        return code

    def _document_number(self) -> tuple[str, str]:
        """Return the whole number, and the optional data without its rest."""
        field = Field.DOCUMENT_NUMBER
        number = self.raw[field]
        digit_span = self.layout.check_digits[field]
        optional = self.raw[Field.OPTIONAL_DATA]
        if not number.strip(FILLER):
            self._error(field, Reason.EMPTY, "the document number is missing")
        elif number.startswith(FILLER):
            self._error(field, Reason.SHAPE, "the document number must not begin with a filler")
        if digit_span.of(self.lines) != FILLER:
            self._check_digit(field)
            return number.rstrip(FILLER), optional.rstrip(FILLER)
        rest, _, remaining = optional.partition(FILLER)
        if not self.layout.long_numbers or not rest:
            self._error(field, Reason.CHECK_DIGIT, "the check digit is missing", digit_span)
            return number.rstrip(FILLER), optional.rstrip(FILLER)
        whole = number + rest[:-1]
        start = self.layout.fields[Field.OPTIONAL_DATA].start
        tail = Span(digit_span.line, start, start + len(rest))
        if number.endswith(FILLER) or len(rest) < 2:
            self._error(
                field,
                Reason.SHAPE,
                "a filler for the check digit means that the number goes on in the optional data, "
                "but it does not",
                tail,
            )
        elif _expected(whole) not in {None, rest[-1]}:
            self._error(
                field,
                Reason.CHECK_DIGIT,
                "the check digit after the long document number does not fit it",
                tail,
            )
        return whole, remaining.rstrip(FILLER)

    def _expiry_date(self) -> date | None:
        try:
            expiry = parse_expiry_date(self.raw[Field.EXPIRY_DATE], self.today)
        except DateError as error:
            self._error(Field.EXPIRY_DATE, Reason.DATE, str(error))
            return None
        if expiry is None:
            if self.layout.format in {Format.TD1, Format.TD2}:
                self._remark(Field.EXPIRY_DATE, Reason.EMPTY, "the document does not expire")
            else:
                self._error(Field.EXPIRY_DATE, Reason.EMPTY, "the expiry date is missing")
        return expiry

    def _birth_date(self, expiry: date | None) -> PartialDate:
        text = self.raw[Field.BIRTH_DATE]
        latest = min(self.today, expiry) if expiry else self.today
        try:
            birth = parse_birth_date(text, latest)
        except DateError as error:
            self._error(Field.BIRTH_DATE, Reason.DATE, str(error))
            return PartialDate(None)
        if "00" in {text[2:4], text[4:6]}:
            self._remark(
                Field.BIRTH_DATE, Reason.DATE, "00 stands where the standard wants fillers: unknown"
            )
        return birth

    def _sex(self) -> Sex:
        text = self.raw[Field.SEX]
        if text == "X":
            self._remark(Field.SEX, Reason.CODE, "X stands where the standard wants a filler")
            return Sex.UNSPECIFIED
        try:
            return Sex(text)
        except ValueError:
            self._error(Field.SEX, Reason.CODE, "the sex must be F, M or <")
            return Sex.UNSPECIFIED

    def _name(self) -> tuple[str, str]:
        text = self.raw[Field.NAME]
        if not text.strip(FILLER):
            self._error(Field.NAME, Reason.EMPTY, "the name is missing")
            return "", ""
        if digits := [i for i, c in enumerate(text) if c in _DIGITS]:
            span = self.layout.fields[Field.NAME]
            self._error(
                Field.NAME,
                Reason.CHARACTER,
                "a name has no digits",
                Span(span.line, span.start + digits[0], span.start + digits[-1] + 1),
            )
        try:
            primary, secondary, regular = split_name(text)
        except NameShapeError as error:
            self._error(Field.NAME, Reason.SHAPE, str(error))
            return "", ""
        if not regular:
            self._remark(
                Field.NAME, Reason.SHAPE, "more fillers than one stand between two given names"
            )
        return primary, secondary

    def _check_digit(self, field: Field) -> None:
        digit_span = self.layout.check_digits.get(field)
        if digit_span is None:
            return
        covered, digit = self.raw[field], digit_span.of(self.lines)
        expected = _expected(covered)
        if expected is None or digit not in ALPHABET or digit == expected:
            return
        if digit == FILLER and not covered.strip(FILLER):
            if field is not Field.OPTIONAL_DATA:
                self._remark(field, Reason.CHECK_DIGIT, "the check digit of fillers should be 0")
            return
        self._error(field, Reason.CHECK_DIGIT, "the check digit does not fit the field", digit_span)

    def _composite(self) -> None:
        if not self.layout.composite:
            return
        span = self.layout.check_digits[Field.COMPOSITE]
        digit = span.of(self.lines)
        expected = _expected("".join(part.of(self.lines) for part in self.layout.composite))
        if expected is not None and digit in ALPHABET and digit != expected:
            self._error(
                Field.COMPOSITE,
                Reason.CHECK_DIGIT,
                "the composite check digit does not fit the fields it covers",
                span,
            )


def _expected(covered: str) -> str | None:
    """Return the check digit, or None when a wrong character (reported already) prevents it."""
    try:
        return check_digit(covered)
    except ValueError:
        return None
