"""What is said of a picture: as JSON for programs, as text for a person."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import compress
from pathlib import Path
from typing import Any

from devices.camera.barcodes import Barcode
from devices.camera.contract import Code, DocumentReading, MrzReading
from devices.camera.mrz import MrzSighting
from devices.camera.mrz.fields import doubtful_fields, doubtful_identifiers, possible_numbers
from devices.documents.identity import PartialDate
from devices.documents.mrz import Field, Mrz


def findings(
    source: Path | str, sighting: MrzSighting | None, milliseconds: float, codes: list[Barcode]
) -> dict[str, Any]:
    """Return what was found in a picture, for JSON. `source`: a file, or the URI of a camera."""
    found = _nothing(source) | {"ms": round(milliseconds, 1)}
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
        found["barcodes"] = _codes(codes)
    return found


def accepted(uri: str, reading: DocumentReading, milliseconds: float) -> dict[str, Any]:
    """Return what a camera's frames agreed on, for JSON; nothing of it is doubtful."""
    found = _nothing(uri) | {"ms": round(milliseconds, 1)}
    if isinstance(reading, MrzReading):
        mrz = reading.mrz
        found |= {"format": mrz.format.value, "lines": list(mrz.lines), "fields": _fields(mrz),
                  "valid": True, "certain": True, "uncertain": [],
                  "frames": reading.frames}  # fmt: skip
    else:
        found["barcodes"] = _codes(reading.codes)
    return found | {"accepted": True}


def failure(path: Path, why: str) -> dict[str, Any]:
    """Return what is said of a file that cannot be read."""
    return _nothing(path) | {"error": why}


def told(found: dict[str, Any], sighting: MrzSighting | None) -> str:
    """Return what was found, for a person. Marks stand under what the sighting leaves open."""
    lines = [f"{found['file']}: {', '.join(_summary(found))} ({found['ms']} ms)"]
    doubts = None if sighting is None else sighting.doubts.reshape(len(sighting.lines), -1)
    for number, line in enumerate(found["lines"] or ()):
        lines.append(f"    {line}")
        if doubts is not None and doubts[number].any():
            lines.append("    " + "".join("^" if k else " " for k in doubts[number]).rstrip())
    lines += [f"    {error}" for error in found.get("errors", ())]
    if found.get("uncertain"):
        lines.append(f"    not certain: {', '.join(found['uncertain'])}")
    for field, others in found.get("alternatives", {}).items():
        lines.append(f"    {field} may be: {', '.join(others)}")
    lines += [f"    {code['format']}: {code['text']}" for code in found.get("barcodes", ())]
    if "overlay" in found:
        lines.append(f"    drawn: {found['overlay']}")
    return "\n".join(lines)


def _summary(found: dict[str, Any]) -> Iterator[str]:
    """Yield what is to be said first."""
    if found["lines"] is not None:
        yield str(found["format"])
        yield "certain" if found["certain"] else "valid, not certain" if found["valid"] else "wrong"
    elif "accepted" in found:
        yield "a code"
    else:
        yield "no machine readable zone"
    if "accepted" in found:
        yield "accepted" if found["accepted"] else "not accepted"
    if "frames" in found:
        yield "1 frame" if found["frames"] == 1 else f"{found['frames']} frames alike"


def _codes(codes: Iterable[Barcode | Code]) -> list[dict[str, str]]:
    return [{"format": code.symbology, "text": code.text} for code in codes]


def _nothing(source: Path | str) -> dict[str, Any]:
    return {"file": str(source), "format": None, "lines": None, "fields": {}, "valid": False,
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
