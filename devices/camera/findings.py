"""What is said of a picture: as JSON for programs, as text for a person."""

from dataclasses import asdict
from itertools import compress
from pathlib import Path
from typing import Any

from devices.camera.barcodes import Barcode
from devices.camera.mrz import MrzSighting
from devices.camera.mrz.fields import doubtful_fields, doubtful_identifiers, possible_numbers
from devices.documents.identity import PartialDate
from devices.documents.mrz import Field, Mrz


def findings(
    path: Path, sighting: MrzSighting | None, milliseconds: float, codes: list[Barcode]
) -> dict[str, Any]:
    """Return what was found in a picture, for JSON."""
    found = _nothing(path) | {"ms": round(milliseconds, 1)}
    if sighting is not None:
        inspection = sighting.inspection
        found["format"] = inspection.format and inspection.format.value
        found["lines"] = list(inspection.lines)
        found["valid"] = inspection.valid
        found["certain"] = sighting.certain
        if inspection.mrz is not None:
            found["fields"] = _fields(inspection.mrz)
        else:
            found["fields"] = {k.value: text.strip("<") for k, text in inspection.raw.items()}
            found["errors"] = [str(error) for error in inspection.errors]
        found["uncertain"] = _uncertain(sighting, list(found["fields"]))
        number = Field.DOCUMENT_NUMBER.value
        if number in found["uncertain"] and (numbers := possible_numbers(sighting)):
            found["alternatives"] = {number: list(numbers)}
    if codes:
        found["barcodes"] = [{"format": c.symbology, "text": c.text} for c in codes]
    return found


def failure(path: Path, why: str) -> dict[str, Any]:
    """Return what is said of a file that cannot be read."""
    return _nothing(path) | {"error": why}


def told(found: dict[str, Any], sighting: MrzSighting | None) -> str:
    """Return what was found, for a person. Marks stand under doubtful characters."""
    state = "certain" if found["certain"] else "valid, not certain" if found["valid"] else "wrong"
    if sighting is None:
        lines = [f"{found['file']}: no machine readable zone ({found['ms']} ms)"]
    else:
        lines = [f"{found['file']}: {found['format']}, {state} ({found['ms']} ms)"]
        doubts = sighting.doubts.reshape(len(sighting.lines), -1)
        for line, doubtful in zip(sighting.lines, doubts, strict=True):
            lines.append(f"    {line}")
            if doubtful.any():
                lines.append("    " + "".join("^" if k else " " for k in doubtful).rstrip())
        lines += [f"    {error}" for error in found.get("errors", ())]
        if found["uncertain"]:
            lines.append(f"    not certain: {', '.join(found['uncertain'])}")
    for field, others in found.get("alternatives", {}).items():
        lines.append(f"    {field} may be: {', '.join(others)}")
    lines += [f"    {code['format']}: {code['text']}" for code in found.get("barcodes", ())]
    return "\n".join(lines)


def _nothing(path: Path) -> dict[str, Any]:
    return {"file": str(path), "format": None, "lines": None, "fields": {}, "valid": False,
            "certain": False, "ms": 0.0}  # fmt: skip


def _uncertain(sighting: MrzSighting, keys: list[str]) -> list[str]:
    """Return which of the keys are doubtful; the composite check digit has none, and comes last."""
    names = {field.value for field in doubtful_fields(sighting)}
    if Field.NAME.value in names and Field.NAME.value not in keys:
        names.remove(Field.NAME.value)
        parts = ("primaryIdentifier", "secondaryIdentifier")
        names.update(compress(parts, doubtful_identifiers(sighting)))
    return [*(key for key in keys if key in names), *sorted(names.difference(keys))]


def _fields(mrz: Mrz) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for name, value in asdict(mrz.fields).items():
        first, *rest = name.split("_")
        key = first + "".join(word.capitalize() for word in rest)
        attribute = getattr(mrz.fields, name)
        if isinstance(attribute, PartialDate):
            fields[key] = _partial(attribute)
        else:
            fields[key] = None if value is None else str(value)
    return fields


def _partial(value: PartialDate) -> str:
    year = "XXXX" if value.year is None else f"{value.year:04d}"
    parts = ("XX" if part is None else f"{part:02d}" for part in (value.month, value.day))
    return "-".join((year, *parts))
