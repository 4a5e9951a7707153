"""`hall-kiosk chip verify`: passive authentication of files on disk."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from devices.chip import tlv
from devices.chip.command_options import (
    FILE,
    PATH,
    CannotDo,
    Moment,
    load_trust,
    now,
    read_file,
)
from devices.chip.lds import files
from devices.chip.pki import passive_authentication
from devices.chip.pki.passive_authentication import PassiveResult
from devices.chip.pki.sources import Loaded
from devices.chip.tlv import TlvError
from devices.documents.identity import Verdict

NOT_PROVEN: Final = 1
UNKNOWN: Final = 3


class DataGroupFile(click.ParamType[tuple[int, bytes]]):
    """``N=FILE``, or ``FILE`` alone: the file's first byte says which data group it is."""

    name = "N=FILE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, bytes]:
        if isinstance(value, tuple):
            return value
        number, equals, path = str(value).partition("=")
        if not equals:
            number, path = "", str(value)
        file = Path(path)
        if not file.is_file():
            self.fail(f"{path}: there is no such file", param, ctx)
        data = read_file(file)
        if not number:
            found = files.data_group(data[0]) if data else None
            if found is None:
                self.fail(f"{path}: begins like no data group; say which: N={path}", param, ctx)
            return found, data
        number = number.upper().removeprefix("DG")
        if not number.isdecimal() or int(number) not in files.DATA_GROUPS:
            self.fail(f"{number!r} is no data group from 1 to 16", param, ctx)
        return int(number), data


@click.command(short_help="Prove files on disk by EF.SOD.")
@click.option("--sod", required=True, type=FILE, help="EF.SOD as read from the chip.")
@click.option(
    "--dg",
    "data_groups",
    multiple=True,
    required=True,
    type=DataGroupFile(),
    help="A data group as read from the chip, e.g. 1=dg1.bin; may be repeated.",
)
@click.option(
    "--trust",
    "trust_paths",
    multiple=True,
    type=PATH,
    help="Folder or file with CSCA certificates, CRLs, master lists or LDIF; may be repeated.",
)
@click.option("--at", type=Moment(), help="Date of the check (default: now).")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def verify(
    sod: Path,
    data_groups: tuple[tuple[int, bytes], ...],
    trust_paths: tuple[Path, ...],
    at: datetime | None,
    as_json: bool,
) -> None:
    """Prove data groups by EF.SOD, and EF.SOD by the trust material (passive authentication).

    Ends with status 0 when the data is authentic and the signer trusted, 1 when one of them is
    not, 3 when one of them could not be told, 2 when the command could not be carried out.

    Whether the chip itself is a copy cannot be told from files. A master list given with --trust
    must carry a right signature, but its signer is taken at your word; a note says so.
    """
    at = at or now()
    numbers = [number for number, _ in data_groups]
    repeated = sorted({number for number in numbers if numbers.count(number) > 1})
    if repeated:
        raise CannotDo(f"DG{repeated[0]} is given twice")
    loaded = load_trust(trust_paths, at, believe_lists=True)
    result = passive_authentication.verify(
        _first_object(read_file(sod)), dict(data_groups), loaded.store, at
    )
    if as_json:
        click.echo(json.dumps(_as_json(result, loaded, at), indent=2, ensure_ascii=False))
    else:
        click.echo(_as_text(result, loaded))
    raise SystemExit(_status(result))


def _first_object(data: bytes) -> bytes:
    """EF.SOD without what some readers save behind it: the rest of the chip's file."""
    try:
        return data[: tlv.header_length(data[:16])[1]]
    except TlvError:
        return data


def _status(result: PassiveResult) -> int:
    verdicts = (result.data_authentic, result.signer_trusted)
    if Verdict.NO in verdicts:
        return NOT_PROVEN
    return UNKNOWN if Verdict.UNKNOWN in verdicts else 0


def _as_json(result: PassiveResult, loaded: Loaded, at: datetime) -> dict[str, Any]:
    return {
        "dataAuthentic": result.data_authentic,
        "signerTrusted": result.signer_trusted,
        "chipGenuine": Verdict.UNKNOWN,
        "dataGroups": {str(number): verdict for number, verdict in result.data_groups.items()},
        "reasons": list(result.reasons),
        "issuingCountry": result.issuing_country,
        "hashAlgorithm": result.hash_algorithm,
        "signatureAlgorithm": result.signature_algorithm,
        "weakAlgorithms": list(result.weak_algorithms),
        "ldsVersion": result.lds_version,
        "signer": result.signer,
        "anchor": result.anchor,
        "at": at.isoformat(),
        "trustNotes": list(loaded.notes),
    }


def _as_text(result: PassiveResult, loaded: Loaded) -> str:
    groups = ", ".join(
        f"DG{number} {'ok' if verdict is Verdict.YES else 'ALTERED'}"
        for number, verdict in result.data_groups.items()
    )
    rows = (
        ("data authentic", result.data_authentic),
        ("signer trusted", result.signer_trusted),
        ("chip genuine", f"{Verdict.UNKNOWN} (cannot be told from files)"),
        ("data groups", groups),
        ("hash", result.hash_algorithm),
        ("signature", result.signature_algorithm),
        ("signer", result.signer),
        ("CSCA", result.anchor),
        ("LDS version", result.lds_version or ""),
    )
    lines = [f"{name:<15} {value}" for name, value in rows if value]
    lines += [
        f"{'reason' if index == 0 else '':<15} {text}" for index, text in enumerate(result.reasons)
    ]
    lines += [
        f"{'note' if index == 0 else '':<15} {text}" for index, text in enumerate(loaded.notes)
    ]
    return "\n".join(lines)
