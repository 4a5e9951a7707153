"""``hall-kiosk chip``: read, verify and simulate chip documents."""

import click

from devices.chip.read_command import read
from devices.chip.simulate_command import simulate
from devices.chip.verify_command import verify


@click.group()
def chip() -> None:
    """Read the chips of passports and ID cards, check what was read, and simulate chips."""


chip.add_command(read)
chip.add_command(simulate)
chip.add_command(verify)
