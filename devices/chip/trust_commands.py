"""`hall-kiosk trust`: look at and keep the certificates that documents answer to."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from devices.chip import trust_folder
from devices.chip.command_options import FILE, FOLDER, PATH, CannotDo, Moment, load_trust, now
from devices.chip.errors import ChipError
from devices.chip.pki import sources
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.errors import PkiError
from devices.chip.pki.trust_store import TrustStore


@click.group(short_help="Keep the certificates that documents answer to.")
def trust() -> None:
    """Keep the certificates that documents answer to: CSCAs, link certificates, CRLs."""


@trust.command(short_help="Show what is trusted.")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--country", help="Each certificate of one country, by its two-letter code.")
@click.option("--at", type=Moment(), help="Date for which to tell what is valid (default: now).")
@click.option("--json", "as_json", is_flag=True, help="Every certificate and CRL as JSON.")
def show(paths: tuple[Path, ...], country: str | None, at: datetime | None, as_json: bool) -> None:
    """Show what PATHS hold: folders or files, in any form that `trust import` takes.

    Without --country there is one line for each country: how many CSCA certificates are valid,
    expired, and links between keys, and until when its CRL is good.
    """
    at = at or now()
    loaded = load_trust(paths, at, believe_lists=True)
    store = _only(loaded.store, country)
    if as_json:
        click.echo(json.dumps(_as_json(store, loaded.notes, at), indent=2, ensure_ascii=False))
        return
    if country is None:
        click.echo("\n".join(_overview(store, at)))
    else:
        click.echo("\n\n".join(_details(store, at)) or f"nothing of {country.upper()} is trusted")
    for note in loaded.notes:
        click.echo(f"note: {note}", err=True)


@trust.command("import", short_help="Add certificates, CRLs and master lists to a trust folder.")
@click.argument("source_paths", metavar="SOURCES...", nargs=-1, required=True, type=PATH)
@click.option("--into", "folder", required=True, type=FOLDER, help="The trust folder.")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    type=FILE,
    help="CSCA certificate under which master lists may be signed; may be repeated.",
)
@click.option(
    "--fingerprint",
    "fingerprints",
    multiple=True,
    help="SHA-256 of a CSCA certificate that a master list brings along, once it has been "
    "compared with what the state publishes; may be repeated.",
)
@click.option(
    "--at", type=Moment(), help="Date at which list signers must be valid (default: now)."
)
@click.option(
    "--document-signers",
    is_flag=True,
    help="Take document signers from LDIF too; only documents without a certificate need them.",
)
def import_(
    source_paths: tuple[Path, ...],
    folder: Path,
    anchors: tuple[Path, ...],
    fingerprints: tuple[str, ...],
    at: datetime | None,
    document_signers: bool,
) -> None:
    """Add SOURCES to a trust folder: PEM, DER, master lists, LDIF of the ICAO PKD, or folders.

    Certificates are taken at their giver's word. A master list has to be signed under a CSCA that
    is in the trust folder already, among the sources, or named with --anchor or --fingerprint.
    """
    at = at or now()
    try:
        known = sources.load([folder] if folder.exists() else [], at).store
        known = known.merged(sources.load(anchors, at).store)
        loaded = sources.load(
            source_paths,
            at,
            known=known,
            fingerprints=frozenset(_fingerprint(text) for text in fingerprints),
            keep_document_signers=document_signers,
        )
        written = trust_folder.write(loaded.store, folder, known)
    except ChipError as error:
        raise CannotDo(str(error)) from None
    except OSError as error:
        raise CannotDo(f"{folder}: cannot be written: {error.strerror}") from None
    for note in loaded.notes:
        click.echo(f"note: {note}")
    if written.refused:
        click.echo(
            f"note: {written.refused} revocation lists were not taken in place of older ones: "
            "no CSCA that is trusted signed them"
        )
    click.echo(f"{folder}: {written.new} new, {written.present} already there")


def _fingerprint(text: str) -> str:
    """A fingerprint in the form in which states publish them, with or without colons."""
    found = text.replace(":", "").replace(" ", "").lower()
    if len(found) != 64 or not all(letter in "0123456789abcdef" for letter in found):
        raise CannotDo(f"{text!r} is no SHA-256 fingerprint of 64 hexadecimal digits")
    return found


def _only(store: TrustStore, country: str | None) -> TrustStore:
    if country is None:
        return store
    wanted = country.upper()
    return TrustStore(
        store.of_country(wanted),
        tuple(item for item in store.revocation_lists if item.issuer.country == wanted),
        tuple(item for item in store.document_signers if item.country == wanted),
    )


def _overview(store: TrustStore, at: datetime) -> Iterable[str]:
    countries = {item.country for item in store.authorities}
    countries |= {item.issuer.country for item in store.revocation_lists}
    yield f"{'country':<8} {'valid':>5} {'expired':>7} {'links':>5}  CRL until"
    for country in sorted(countries):
        authorities = store.of_country(country)
        roots = [item for item in authorities if store.is_anchor(item)]
        valid = sum(item.not_before <= at <= item.not_after for item in roots)
        lists = [item for item in store.revocation_lists if item.issuer.country == country]
        until = max((item.next_update for item in lists if item.next_update), default=None)
        text = (
            "none" if until is None else f"{until:%Y-%m-%d}{' OUT OF DATE' if until < at else ''}"
        )
        links = len(authorities) - len(roots)
        yield f"{country or '??':<8} {valid:>5} {len(roots) - valid:>7} {links:>5}  {text}"
    signers = len(store.document_signers)
    total = f"{len(countries)} countries, {len(store.authorities)} CSCA certificates"
    yield total + (f", {signers} document signers" if signers else "")


def _details(store: TrustStore, at: datetime) -> Iterable[str]:
    for item in store.authorities:
        yield _certificate_text(item, "CSCA" if store.is_anchor(item) else "link", at)
    for item in store.document_signers:
        yield _certificate_text(item, "document signer", at)
    for revocation_list in store.revocation_lists:
        yield _list_text(revocation_list, at)


def _certificate_text(item: Certificate, kind: str, at: datetime) -> str:
    state = "" if item.not_before <= at <= item.not_after else "  NOT VALID"
    return "\n".join(
        (
            f"{kind}: {item.subject}",
            f"  valid        {item.not_before:%Y-%m-%d} to {item.not_after:%Y-%m-%d}{state}",
            f"  key          {_key(item)}",
            f"  key id       {item.subject_key_id.hex() if item.subject_key_id else 'none'}",
            f"  fingerprint  {item.fingerprint}",
        )
    )


def _list_text(item: RevocationList, at: datetime) -> str:
    until = item.next_update
    validity = "without end" if until is None else f"until {until:%Y-%m-%d}"
    state = "  OUT OF DATE" if until is not None and until < at else ""
    return "\n".join(
        (
            f"CRL: {item.issuer}",
            f"  issued       {item.this_update:%Y-%m-%d}, good {validity}{state}",
            f"  revoked      {len(item.revoked)} certificates",
        )
    )


def _key(item: Certificate) -> str:
    try:
        return f"{item.public_key()}, signed with {item.signature_algorithm()}"
    except PkiError as error:
        return f"not usable: {error}"


def _as_json(store: TrustStore, notes: tuple[str, ...], at: datetime) -> dict[str, Any]:
    return {
        "authorities": [
            {**_certificate_json(item, at), "anchor": store.is_anchor(item)}
            for item in store.authorities
        ],
        "documentSigners": [_certificate_json(item, at) for item in store.document_signers],
        "revocationLists": [
            {
                "issuer": item.issuer.text,
                "country": item.issuer.country,
                "thisUpdate": item.this_update.isoformat(),
                "nextUpdate": item.next_update.isoformat() if item.next_update else None,
                "revoked": len(item.revoked),
            }
            for item in store.revocation_lists
        ],
        "notes": list(notes),
    }


def _certificate_json(item: Certificate, at: datetime) -> dict[str, Any]:
    return {
        "country": item.country,
        "subject": item.subject.text,
        "issuer": item.issuer.text,
        "notBefore": item.not_before.isoformat(),
        "notAfter": item.not_after.isoformat(),
        "valid": item.not_before <= at <= item.not_after,
        "key": _key(item),
        "subjectKeyId": item.subject_key_id.hex() if item.subject_key_id else None,
        "fingerprint": item.fingerprint,
    }
