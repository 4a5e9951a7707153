"""`python -m ui.translations update|build|check`."""

import click

from ui.translations.catalogues import build, source_files
from ui.translations.check import problems
from ui.translations.update import update


@click.group()
def main() -> None:
    """Handle the translations of the screen."""


@main.command("update")
def update_command() -> None:
    """Bring all .ts files up to date with the texts of the screens."""
    click.echo(update(*source_files().values()))


@main.command("build")
def build_command() -> None:
    """Build all .qm files that are missing or out of date."""
    for source in source_files().values():
        click.echo(build(source))


@main.command("check")
def check_command() -> None:
    """Fail where a text is new, untranslated, unused, or has other placeholders than its source."""
    found = problems()
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise click.ClickException(
            "run 'python -m ui.translations update' and translate what is unfinished"
        )
    click.echo(f"{len(source_files())} translations are complete")


if __name__ == "__main__":
    main()
