"""The runner of the benchmarks: `python -m benchmarks [NAME...] [--json FILE]`.

A benchmark is a module `benchmarks/bench_NAME.py` with a function `measure()` that returns its
figures: dotted name -> (value, unit). Each runs in a process of its own, so that none leaves its
threads, its caches or its Qt application to the next one, and a crash ends only that benchmark.
"""

import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from typing import IO

import click

from benchmarks.figures import BenchmarkError, Figures, find, measure, named
from benchmarks.table import table


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--json",
    "json_file",
    type=click.File("w", encoding="utf-8", lazy=False, atomic=True),
    help='Write the figures to FILE, as {"figure.name": {"value": ..., "unit": "..."}}.',
)
@click.option("--list", "only_list", is_flag=True, help="Name the benchmarks; run none.")
def bench(names: tuple[str, ...], json_file: IO[str] | None, only_list: bool) -> None:
    """Run the benchmarks and print their figures.

    NAME is a benchmark (chip for benchmarks/bench_chip.py) or the beginning of several. Without a
    NAME all of them run. One that fails is told, the others still run, and the exit code is 1.
    """
    modules = _selected(names)
    if only_list:
        for module in modules:
            click.echo(named(module))
        return
    click.echo(
        f"{os.cpu_count()} CPUs ({platform.machine()}), "
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}"
    )
    figures: Figures = {}
    failed = []
    for module in modules:
        click.echo(f"\n{named(module)}")
        try:
            measured = measure(module)
            _refuse_twice(measured, figures)
        except BenchmarkError as error:
            failed.append(named(module))
            click.echo(f"  failed: {error}")
            continue
        figures |= measured
        click.echo(table(measured))
    if json_file is not None:
        json.dump(_for_json(figures), json_file, indent=2, allow_nan=False)
        json_file.write("\n")
    if failed:
        click.echo(f"\n{len(failed)} of {len(modules)} failed: {', '.join(failed)}", err=True)
        sys.exit(1)


def _selected(names: Iterable[str]) -> list[str]:
    modules = find()
    selected: set[str] = set()
    for name in names:
        wanted = name.removeprefix("bench_")
        matching = [module for module in modules if named(module).startswith(wanted)]
        if not matching:
            raise click.BadParameter(
                f"no benchmark is called {name!r}; there are: {', '.join(map(named, modules))}"
            )
        # A whole name means that one, even where it is the beginning of another.
        selected.update([m for m in matching if named(m) == wanted] or matching)
    return [module for module in modules if not names or module in selected]


def _refuse_twice(measured: Figures, figures: Figures) -> None:
    twice = measured.keys() & figures.keys()
    if twice:
        raise BenchmarkError(f"another benchmark has measured {', '.join(sorted(twice))} already")


def _for_json(figures: Figures) -> Mapping[str, Mapping[str, float | str]]:
    return {name: {"value": value, "unit": unit} for name, (value, unit) in figures.items()}


if __name__ == "__main__":
    bench(prog_name="./run bench")
