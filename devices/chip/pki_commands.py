"""`hall-kiosk pki`: issuers for virtual documents and for tests."""

import json
from datetime import datetime
from pathlib import Path

import click

from devices.chip.command_options import FOLDER, CannotDo, Moment, now
from devices.chip.errors import ChipError
from devices.chip.lds import files
from devices.chip.personalisation import personalise
from devices.chip.pki import specimen_pki
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.virtual.document import find_specimen
from devices.documents import specimen
from devices.documents.specimen import Specimen, SpecimenError


@click.group(short_help="Make issuers and documents for tests.")
def pki() -> None:
    """Make issuers and documents for tests. The keys are not protected: never trust them."""


@pki.command(short_help="Make CSCAs, document signers, CRLs and a master list.")
@click.option("--out", "folder", required=True, type=FOLDER, help="Where to write them.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    help="Specimen document whose issuer to make, by its file or, of those that come along, by its "
    "name; may be repeated (default: all that come along).",
)
@click.option(
    "--revoke",
    "revoked",
    multiple=True,
    metavar="STATE",
    help="State whose document signers to put on the CRL, e.g. UTO; may be repeated.",
)
@click.option(
    "--rekey",
    "rekeyed",
    multiple=True,
    metavar="STATE",
    help="State whose CSCA to give a new key, to which a link certificate leads; may be repeated.",
)
@click.option("--files", "with_files", is_flag=True, help="Also write each chip's files.")
@click.option("--at", type=Moment(), help="Date of the CRLs and the master list (default: now).")
def create(
    folder: Path,
    documents: tuple[str, ...],
    revoked: tuple[str, ...],
    rekeyed: tuple[str, ...],
    with_files: bool,
    at: datetime | None,
) -> None:
    """Make the issuers of specimen documents: trust/ is for readers, the rest for virtual chips.

    Issuers that the folder has already are kept, so documents that are in use stay valid, except
    after --rekey; CRLs and master list are made anew.
    """
    at = at or now()
    try:
        chips = [item for item in _specimens(documents) if item.chip is not None]
        issuers = specimen_pki.load(folder) if specimen_pki.exists(folder) else SpecimenPki()
        _make_issuers(chips, issuers)
        unknown = sorted({*revoked, *rekeyed} - {state for state, _ in issuers.pairs})
        if unknown:
            raise CannotDo(f"there is no issuer of {', '.join(unknown)}")
        for state in rekeyed:
            issuers.change_keys(state)
        issuers.issue_revocation_lists(
            at,
            revoked=[pair.signer for (state, _), pair in issuers.pairs.items() if state in revoked],
        )
        issuers.save(folder, at)
        if with_files:
            for item in chips:
                _write_files(item, issuers, folder / "files" / item.name)
    except (ChipError, SpecimenError) as error:
        raise CannotDo(str(error)) from None
    except OSError as error:
        raise CannotDo(f"{folder}: cannot be written: {error.strerror}") from None
    states = sorted({state for state, _ in issuers.pairs})
    click.echo(f"{folder}: {len(issuers.pairs)} issuers of {', '.join(states)}")
    click.echo(f"readers trust {folder / 'trust'}; the master list is {folder / 'master-list.ml'}")


@pki.command("documents", short_help="List the specimen documents that come along.")
def documents_() -> None:
    """List the specimen documents that come along, and what their holders do in the hall."""
    for item in specimen.load_all().values():
        chip = "chip" if item.chip else "no chip"
        kind = f"{item.document.format}, {chip}"
        click.echo(f"{item.name:<24} {kind:<16} {item.visit:<21} {item.description}")


@pki.command(short_help="Print the JSON Schema of specimen documents.")
def schema() -> None:
    """Print the JSON Schema of specimen documents, for editors that complete and check JSON."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Specimen.model_json_schema(),
    }
    click.echo(json.dumps(described, indent=2, ensure_ascii=False))


def _specimens(names: tuple[str, ...]) -> tuple[Specimen, ...]:
    return tuple(find_specimen(name) for name in names) or tuple(specimen.load_all().values())


def _make_issuers(chips: list[Specimen], issuers: SpecimenPki) -> None:
    if not chips:
        raise CannotDo("none of the documents has a chip")
    with click.progressbar(chips, label="making issuers", item_show_func=_name) as bar:
        for item in bar:
            if item.chip is not None:
                issuers.document_signer(item.document.issuing_state, item.chip.signer)


def _name(item: Specimen | None) -> str:
    return item.name if item else ""


def _write_files(item: Specimen, issuers: SpecimenPki, folder: Path) -> None:
    """The application's files under the names that `chip verify` is given."""
    content = personalise(item, issuers)
    folder.mkdir(parents=True, exist_ok=True)
    names = {files.EF_COM: "com.bin", files.EF_SOD: "sod.bin"}
    names |= {files.file_id(number): f"dg{number}.bin" for number in files.DATA_GROUPS}
    for file_id, data in content.application_files.items():
        (folder / names[file_id]).write_bytes(data)
