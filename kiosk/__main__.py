"""The command line, `hall-kiosk`: its commands by name, each loaded only when it is called."""

import importlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

PROGRAM = "hall-kiosk"


class UnforeseenError(click.ClickException):
    """An error that no command has put into words: what it is, and how to learn more."""

    exit_code = 70
    """EX_SOFTWARE of BSD's sysexits.h."""

    def __init__(self, error: Exception) -> None:
        said = ": ".join(part for part in (type(error).__name__, str(error).strip()) if part)
        super().__init__(f"{said} ({PROGRAM} --debug ... shows where)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that has not been loaded yet."""

    module: str
    attribute: str
    short_help: str
    """What the list of commands says; the same as the command's own short help."""


COMMANDS: Mapping[str, Entry] = {
    "camera": Entry("devices.camera.commands", "camera", "Try and judge the document camera."),
    "chip": Entry(
        "devices.chip.commands",
        "chip",
        "Read the chips of passports and ID cards, check what was read, and simulate chips.",
    ),
    "config": Entry(
        "kiosk.config_commands", "config", "Check the configuration, and describe it to editors."
    ),
    "demo": Entry(
        "ui.demo.commands",
        "demo",
        "Demonstrate the kiosk: in a window where there is a display, else as scripted visits.",
    ),
    "idcard": Entry(
        "devices.idcard.commands", "idcard", "Read foreigners' permanent resident cards."
    ),
    "journal": Entry(
        "kiosk.backend.commands",
        "journal",
        "See what became of tickets, and resolve those that are open.",
    ),
    "pki": Entry("devices.chip.pki_commands", "pki", "Make issuers and documents for tests."),
    "printer": Entry("ui.ticket.commands", "printer", "Try and simulate ticket printers."),
    "reservation": Entry(
        "kiosk.reservations.commands",
        "reservation",
        "Sign and verify the codes of reservations.",
    ),
    "run": Entry("ui.commands", "run", "Run the kiosk on this machine."),
    "screens": Entry(
        "ui.commands",
        "screens",
        "Draw every screen with invented data into PNG files, with an index.html to look at them.",
    ),
    "server": Entry("kiosk.server.commands", "server", "Run the reference hall server."),
    "ticket": Entry("ui.ticket.commands", "ticket", "Draw and verify tickets."),
    "trust": Entry(
        "devices.chip.trust_commands", "trust", "Keep the certificates that documents answer to."
    ),
}


class LazyGroup(click.Group):
    """A group that lists its commands from a table, so that `--help` imports none of them."""

    def __init__(self, *, entries: Mapping[str, Entry], **options: Any) -> None:
        super().__init__(**options)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(self._entries)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click's signature
        cmd_name: str,
    ) -> click.Command | None:
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        command = getattr(importlib.import_module(entry.module), entry.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}:{entry.attribute} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, self._entries[name].short_help) for name in self.list_commands(ctx)]
            )

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command.

        Raises:
            UnforeseenError: in place of any error that click would let through as a traceback.
        """
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                traceback.print_exception(error)
            raise UnforeseenError(error) from error


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--debug", is_flag=True, help="Show where an error came from.")
@click.version_option(package_name="hall-kiosk", prog_name=PROGRAM)
def cli(debug: bool) -> None:
    """Self-service kiosk for exit-entry service halls."""


def main() -> None:
    """Run the command line with the arguments of this process, and exit."""
    cli.main(prog_name=PROGRAM)


if __name__ == "__main__":
    main()
