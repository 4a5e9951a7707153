"""The machine readable zone: parse and compose TD1, TD2, TD3, MRV-A, MRV-B (Doc 9303-3 to -7)."""

from devices.documents.mrz.checkdigit import check_digit
from devices.documents.mrz.compose import ComposeError, compose
from devices.documents.mrz.errors import Field, FieldError, MrzError, Reason
from devices.documents.mrz.fields import Mrz, MrzFields
from devices.documents.mrz.layout import Format
from devices.documents.mrz.parse import Inspection, inspect, parse
from devices.documents.mrz.transliterate import transliterate

__all__ = [
    "ComposeError",
    "Field",
    "FieldError",
    "Format",
    "Inspection",
    "Mrz",
    "MrzError",
    "MrzFields",
    "Reason",
    "check_digit",
    "compose",
    "inspect",
    "parse",
    "transliterate",
]
