"""What a machine readable zone says, as values."""

from dataclasses import dataclass, field
from datetime import date

from devices.documents.identity import Identity, PartialDate, Proof, Sex, Source
from devices.documents.mrz.errors import Field, FieldError
from devices.documents.mrz.layout import LAYOUTS, Format


@dataclass(frozen=True, slots=True)
class MrzFields:
    """The data elements of a machine readable zone, without fillers.

    The names have spaces where the zone has single fillers; some of them may have been hyphens.
    """

    document_code: str
    issuing_state: str
    document_number: str
    """The whole number, also where it continues in the optional data; a filler inside it stays."""
    nationality: str
    primary_identifier: str
    birth_date: PartialDate
    sex: Sex
    expiry_date: date | None
    """None: fillers, the document does not expire."""
    secondary_identifier: str = ""
    optional_data: str = ""
    """Without a long document number's rest. Fillers inside stay, trailing ones do not."""
    optional_data_2: str = ""
    """Second optional element of TD1."""


@dataclass(frozen=True, slots=True)
class Mrz:
    """A valid machine readable zone."""

    format: Format
    lines: tuple[str, ...]
    fields: MrzFields
    name_truncated: bool = False
    """The last position of the name is a letter: it may have been cut (Doc 9303-4, 4.2.3)."""
    remarks: tuple[FieldError, ...] = field(default=())
    """What is unusual, yet no reason to refuse the document."""

    def identity(self, source: Source, proof: Proof | None = None) -> Identity:
        """Return the identity, as read by ``source``."""
        f = self.fields
        return Identity(
            source=source,
            document_code=f.document_code,
            issuing_state=f.issuing_state,
            document_number=f.document_number,
            nationality=f.nationality,
            primary_identifier=f.primary_identifier,
            secondary_identifier=f.secondary_identifier,
            birth_date=f.birth_date,
            sex=f.sex,
            expiry_date=f.expiry_date,
            proof=proof or Proof(),
        )

    def access_key_text(self) -> str:
        """Return the 'MRZ information' from which the chip's access keys are made.

        Document number, birth date and expiry date, each with its check digit, as they stand in the
        zone; a long document number is put together first (ICAO Doc 9303-11, section 4.3.1).
        """
        layout = LAYOUTS[self.format]

        def with_check(name: Field) -> str:
            return layout.fields[name].of(self.lines) + layout.check_digits[name].of(self.lines)

        number = with_check(Field.DOCUMENT_NUMBER)
        if number.endswith("<") and layout.long_numbers:
            rest = layout.fields[Field.OPTIONAL_DATA].of(self.lines).partition("<")[0]
            number = number[:-1] + rest
        return number + with_check(Field.BIRTH_DATE) + with_check(Field.EXPIRY_DATE)
