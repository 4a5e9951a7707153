"""A reading of a chip as plain values and as a table, for the command line."""

import re
from typing import Any

from devices.chip.reading import ChipReading
from devices.documents.masking import mask_birth_date, mask_identity_name, mask_number


def describe(reading: ChipReading, *, full: bool) -> dict[str, Any]:
    """A reading as plain values, for people and for JSON.

    Args:
        full: with name, number and birth date as they are, instead of masked.
    """
    identity, birth = reading.identity, reading.identity.birth_date
    number = identity.document_number
    return {
        "document": {
            "code": identity.document_code,
            "issuingState": identity.issuing_state,
            "number": number if full else mask_number(number),
            "expiryDate": identity.expiry_date.isoformat() if identity.expiry_date else None,
        },
        "holder": {
            "name": (
                f"{identity.primary_identifier} {identity.secondary_identifier}".strip()
                if full
                else mask_identity_name(identity)
            ),
            "nationality": identity.nationality,
            "sex": identity.sex.value,
            "birthDate": (
                "-".join(
                    "??" if part is None else f"{part:02}"
                    for part in (birth.year, birth.month, birth.day)
                )
                if full
                else mask_birth_date(birth)
            ),
        },
        "proof": {
            "dataAuthentic": identity.proof.data_authentic.value,
            "signerTrusted": identity.proof.signer_trusted.value,
            "chipGenuine": identity.proof.chip_genuine.value,
            "zoneMatches": reading.zone_matches_camera.value,
            "reasons": list(identity.proof.reasons),
        },
        "protocols": {
            "access": reading.access,
            "chip": reading.chip_proof or None,
            "signature": reading.signature_algorithm or None,
        },
        "dataGroups": {str(number): len(data) for number, data in reading.data_groups.items()},
        "absentDataGroups": sorted(reading.absent_data_groups),
        "cost": {
            "apdus": reading.cost.apdus,
            "bytesSent": reading.cost.bytes_sent,
            "bytesReceived": reading.cost.bytes_received,
        },
    }


def table(described: dict[str, Any]) -> str:
    """What `describe` gave, for people."""
    lines: list[str] = []
    for title, values in described.items():
        if not values:
            continue
        lines += ["", _words(title)] if lines else [_words(title)]
        if isinstance(values, list):
            lines.append(f"  {', '.join(map(str, values))}")
            continue
        for name, value in values.items():
            many = value if isinstance(value, list) else [value]
            for index, one in enumerate(many):
                label = _words(name) if index == 0 else ""
                lines.append(f"  {label:20} {'-' if one is None else one}")
    return "\n".join(lines)


def _words(name: str) -> str:
    """A name of the JSON as words: ``dataAuthentic`` is ``data authentic``."""
    return re.sub(r"([A-Z])", r" \1", name).lower()
