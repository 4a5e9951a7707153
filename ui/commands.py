"""`hall-kiosk screens`: pictures of all screens, to look at and to show to translators."""

from pathlib import Path

import click

ORIENTATIONS = ("portrait", "landscape")


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
        )
    )
    click.echo(f"{len(pictures)} screens; look at them in {write_index(out, pictures)}")
