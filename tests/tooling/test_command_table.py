"""Every command of the table is there and is what the table says it is."""

import click
import pytest
from click.testing import CliRunner

from kiosk.__main__ import COMMANDS, cli

NAMES = sorted(COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"], prog_name="hall-kiosk")
    assert result.exit_code == 0, result.output
    assert f"Usage: hall-kiosk {name}" in result.output


@pytest.mark.parametrize("name", NAMES)
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert COMMANDS[name].short_help == command.get_short_help_str(limit=100)
