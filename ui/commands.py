"""`hall-kiosk run` and `hall-kiosk screens`: the kiosk itself, and pictures of all its screens."""

from pathlib import Path

import click

ORIENTATIONS = ("portrait", "landscape")
TRAININGS = {"off": False, "on": True}


@click.command("run")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--windowed", is_flag=True, help="An ordinary window, half as large as the screen.")
def run(file: Path | None, *, windowed: bool) -> None:
    """Run the kiosk on this machine.

    FILE are the machine's settings. Without it: the file that $HALL_KIOSK_CONFIG names, else
    /etc/hall-kiosk/machine.toml, else the demonstration's. It ends with Ctrl+C or SIGTERM.
    """
    # Qt and the drivers are loaded only when they are needed, so that --help is instant.
    from config.loading import load
    from config.report import ConfigError
    from config.secrets import SecretError
    from devices.chip.pki.errors import PkiError
    from devices.registry import UnknownDeviceUri
    from kiosk.backend.journal_error import JournalError
    from kiosk.codes.keys import KeyFileError
    from kiosk.config_commands import default_machine_file
    from kiosk.logs import log_to_stderr
    from ui.app import ScreenError
    from ui.running import run_kiosk
    from ui.translations.catalogues import TranslationError

    log_to_stderr()
    file = file or default_machine_file()
    try:
        run_kiosk(load(file), windowed=windowed)
    except ConfigError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.ClickException(f"the kiosk cannot start with {file}") from None
    except (
        JournalError,
        KeyFileError,
        PkiError,
        ScreenError,
        SecretError,
        TranslationError,
        UnknownDeviceUri,
    ) as error:
        raise click.ClickException(str(error)) from error


@click.command("screens")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the pictures; it is made where it is missing.",
)
@click.option("--language", multiple=True, help="Language tag; several times for several [all].")
@click.option(
    "--orientation",
    type=click.Choice(ORIENTATIONS),
    multiple=True,
    help="Shape [both].",
)
@click.option(
    "--training",
    type=click.Choice(list(TRAININGS)),
    multiple=True,
    help="With the strip that says that tickets are not valid, or without [both].",
)
@click.option("--hall", default="urban", show_default=True, help="Id or path of a hall profile.")
@click.option("--only", default="", help="Only screens whose name begins with this.")
@click.option(
    "--failure",
    "failures",
    type=click.Choice(["all"]),
    help="Draw the failed screen with every failure code as well.",
)
def screens(
    out: Path,
    language: tuple[str, ...],
    orientation: tuple[str, ...],
    training: tuple[str, ...],
    hall: str,
    only: str,
    failures: str | None,
) -> None:
    """Draw every screen with invented data into PNG files, with an index.html to look at them."""
    # Qt is loaded only when it is needed, so that --help is instant.
    from config.report import ConfigError
    from ui.app import draw_offscreen
    from ui.gallery import draw, write_index
    from ui.samples import failure_samples, sample_place, samples

    draw_offscreen()
    try:
        place = sample_place(hall)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    unknown = set(language) - set(place.hall.languages)
    if unknown:
        raise click.BadParameter(
            f"{', '.join(sorted(unknown))}: this hall has {', '.join(place.hall.languages)}",
            param_hint="--language",
        )
    wanted = [*samples(place), *(failure_samples() if failures else ())]
    wanted = [sample for sample in wanted if sample.name.startswith(only)]
    if not wanted:
        raise click.BadParameter(f"no screen begins with {only!r}", param_hint="--only")
    out.mkdir(parents=True, exist_ok=True)
    pictures = list(
        draw(
            out,
            place,
            wanted,
            languages=language or place.hall.languages,
            orientations=orientation or ORIENTATIONS,
            trainings=[TRAININGS[one] for one in training or TRAININGS],
        )
    )
    click.echo(f"{len(pictures)} screens; look at them in {write_index(out, pictures)}")
