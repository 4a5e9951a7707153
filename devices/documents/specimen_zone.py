"""The machine readable zone that a specimen document carries."""

from devices.documents.mrz import Format, MrzFields, compose
from devices.documents.specimen import PrintedDocument


def zone_fields(document: PrintedDocument) -> MrzFields:
    """Return what the document's machine readable zone says."""
    return MrzFields(
        document_code=document.code,
        issuing_state=document.issuing_state,
        document_number=document.number,
        nationality=document.nationality,
        primary_identifier=document.primary_identifier,
        secondary_identifier=document.secondary_identifier,
        birth_date=document.birth_date,
        sex=document.sex,
        expiry_date=document.expiry_date,
        optional_data=document.optional_data.rstrip("<"),
        optional_data_2=document.optional_data_2.rstrip("<"),
    )


def zone_lines(document: PrintedDocument) -> tuple[str, ...]:
    """Return the lines of the document's machine readable zone, with check digits."""
    return compose(Format(document.format), zone_fields(document))
