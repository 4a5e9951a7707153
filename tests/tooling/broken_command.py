"""Commands that fail, for the tests of the command line."""

import click


@click.command()
def broken() -> None:
    """Fail in a way that nobody foresaw."""
    raise ZeroDivisionError("nothing to divide by")


@click.command()
def refusing() -> None:
    """Refuse, and say what to do."""
    raise click.ClickException("no reader; plug one in")
