"""`hall-kiosk demo`: the whole kiosk with simulated devices, by hand or as scripted visits."""

import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ui.demo.visits import ScriptedVisit


@click.command()
@click.option("--visit", "names", multiple=True, metavar="NAME", help="Play this scripted visit.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for screenshots, tickets and journals.",
)
@click.option("--list", "listing", is_flag=True, help="List the scripted visits.")
@click.option(
    "--orientation",
    type=click.Choice(["portrait", "landscape"]),
    default="portrait",
    show_default=True,
)
@click.option("--scripted", is_flag=True, help="Play all visits even where there is a display.")
def demo(
    names: tuple[str, ...], out: Path | None, orientation: str, *, listing: bool, scripted: bool
) -> None:
    """Demonstrate the kiosk: in a window where there is a display, else as scripted visits.

    Scripted visits go through the real screens, the real hall server and a virtual printer, and
    leave screenshots, the ticket and the journal of each, with an index.html to look at them.
    """
    from ui.demo.visits import VISITS

    if listing:
        for visit in VISITS.values():
            click.echo(f"{visit.name:22} {visit.title}")
        return
    unknown = [name for name in names if name not in VISITS]
    if unknown:
        raise click.BadParameter(
            f"there is no visit {', '.join(unknown)}; there are: {', '.join(VISITS)}",
            param_hint="--visit",
        )
    folder = out or Path(tempfile.mkdtemp(prefix="hall-kiosk-demo-"))
    if not names and not scripted and _has_display():
        from ui.demo.interactive import demonstrate

        demonstrate(folder, orientation)
        return
    if not _play([VISITS[name] for name in names or VISITS], folder, orientation):
        sys.exit(1)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _play(visits: list["ScriptedVisit"], out: Path, orientation: str) -> bool:
    from kiosk.logs import log_to_stderr
    from ui.app import application, draw_offscreen
    from ui.demo.hall import make_pki
    from ui.demo.report import write_report
    from ui.demo.scripted import play

    log_to_stderr(logging.ERROR)
    draw_offscreen()
    application()
    pki_folder = out / "pki"
    make_pki(pki_folder, {visit.person.name for visit in visits})
    played = []
    for visit in visits:
        result = play(visit, out / visit.name, pki_folder, orientation)
        played.append(result)
        problem = result.error or "; ".join(result.refusals)
        outcome = problem or f"{len(result.pictures)} pictures, {len(result.tickets)} tickets"
        click.echo(f"{visit.name:22} {outcome}")
        write_report(played, out)
    click.echo(f"\nLook at {(out / 'index.html').as_uri()}")
    return not any(result.error or result.refusals for result in played)
