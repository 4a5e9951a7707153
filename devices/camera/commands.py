"""The command line of the camera: read pictures, watch a camera, draw specimens."""

import json
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click
import cv2

from devices.camera import watching
from devices.camera.capture import read_picture
from devices.camera.findings import accepted, failure, findings, told
from devices.camera.look import Looker
from devices.camera.mrz import MrzSighting
from devices.camera.overlay import Overlays, write_overlay
from devices.camera.simulator import SimulatedCamera
from devices.documents import specimen
from devices.documents.drawing import Side, draw_document
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver

_FILE = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_NO_PICTURE = "no picture that can be read (PNG, JPEG, BMP, TIFF, WebP)"
_AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="One line of JSON for every picture or reading."
)
_OVERLAY = click.option(
    "--overlay", type=_FOLDER, help="Folder for pictures with what was found on them."
)


@click.group(short_help="Try and judge the document camera.")
def camera() -> None:
    """Try and judge the document camera."""
    cv2.setNumThreads(1)  # as in the kiosk, so that the times are the kiosk's


@camera.command(short_help="Read the documents in pictures.")
@click.argument("images", nargs=-1, required=True, type=_FILE)
@_AS_JSON
@_OVERLAY
def read(images: tuple[Path, ...], as_json: bool, overlay: Path | None) -> None:
    """Read the machine readable zone and the barcodes in IMAGES.

    With --json, format and lines are null when there is no machine readable zone; valid means that
    all of it fits together, certain that besides every character was clear, and uncertain names
    the fields that are not. A file that is no picture does not keep the others from being read;
    the command then ends with status 1.
    """
    looker = Looker()
    overlays = None if overlay is None else Overlays(overlay, images)
    unreadable = False
    for path in images:
        picture = read_picture(path)
        if picture is None:
            unreadable = True
            click.echo(f"{path}: {_NO_PICTURE}", err=True)
            if as_json:
                click.echo(json.dumps(failure(path, _NO_PICTURE)))
            continue
        seen = looker.look(picture, still=True)
        found = findings(path, seen.sighting, seen.milliseconds, seen.codes)
        if overlays is not None:
            found["overlay"] = str(overlays.write(path.stem, seen.drawn()))
        _say(found, seen.sighting, as_json)
    if unreadable:
        raise SystemExit(1)


@camera.command(short_help="Read documents with a camera, live.")
@click.argument("uri")
@_AS_JSON
@_OVERLAY
@click.option("--count", default=0, help="End after so many readings; 0 goes on until Ctrl-C.")
@click.option("--seconds", default=0.0, help="End after so many seconds; 0 goes on until Ctrl-C.")
def watch(uri: str, as_json: bool, overlay: Path | None, count: int, seconds: float) -> None:
    """Read documents and codes with the camera URI, e.g. v4l2:/dev/video0 or sim:camera.

    What is accepted is told once, with the milliseconds since it was laid down, and again when it
    is laid down again. Of what has not been accepted for a second it is told what a single picture
    shows and what of it is doubtful; with --json, accepted is then false. Standard error has what a
    visitor would be told, the camera's settings and its status.

    The port of a simulated camera's side channel is told at the start; "place lindqvist-utopia"
    sent to it lays a document there.
    """
    try:
        driver = create_driver(DeviceKind.CAMERA, uri)
    except UnknownDeviceUri as error:
        raise click.UsageError(str(error)) from None
    if isinstance(driver, SimulatedCamera) and driver.side_channel is not None:
        click.echo(f"side channel at 127.0.0.1:{driver.side_channel.port}", err=True)
    looker = Looker()
    overlays = None if overlay is None else Overlays(overlay, overlay.glob("*.png"))
    done, doubted = 0, None
    with suppress(KeyboardInterrupt), closing(watching.watch(driver, seconds, _report)) as outcomes:
        for outcome in outcomes:
            seen = None if outcome.picture is None else looker.look(outcome.picture, still=False)
            sighting = None
            if outcome.reading is not None:
                found = accepted(uri, outcome.reading, outcome.milliseconds)
            elif seen is not None and seen.sighting is not None:
                sighting = seen.sighting
                found = findings(uri, sighting, seen.milliseconds, seen.codes)
                found["accepted"] = False
                if doubted == (doubted := (found["lines"], found["uncertain"])):
                    continue
            else:
                continue  # what the visitor is told says why
            if overlays is not None and seen is not None:
                found["overlay"] = str(overlays.write("seen", seen.drawn()))
            _say(found, sighting, as_json)
            done += found["accepted"]
            if count and done >= count:
                break


@camera.command(short_help="Draw a specimen document.")
@click.argument("name")
@click.option("--side", type=click.Choice([side.value for side in Side]), help="Front or back.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def draw(name: str, side: str | None, out: Path) -> None:
    """Draw the specimen document NAME into a PNG file."""
    known = specimen.load_all()
    if name not in known:
        raise click.UsageError(f"there is no specimen {name!r}; there are {', '.join(known)}")
    found = known[name]
    drawing = draw_document(
        found.document, Side(side) if side else None, chip=found.chip is not None
    )
    click.echo(write_overlay(out.parent, out.stem, drawing.image))


def _say(found: dict[str, Any], sighting: MrzSighting | None, as_json: bool) -> None:
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else told(found, sighting))


def _report(what: str, value: str) -> None:
    click.echo(f"{what}: {value}", err=True)
