"""Finding the benchmarks and measuring them, each in a process of its own."""

import importlib
import math
import multiprocessing
import pkgutil
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import benchmarks

Figures = dict[str, tuple[float, str]]
"""Dotted name of a figure -> (value, unit)."""

PREFIX = "bench_"


class BenchmarkError(Exception):
    """A benchmark that gave no figures, or none that can be used."""


def find() -> list[str]:
    """The names of the benchmark modules in this package, sorted."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(f"{benchmarks.__name__}.{name}" for name in found if name.startswith(PREFIX))


def named(module: str) -> str:
    """What a person calls the benchmark in `module`."""
    return module.rpartition(".")[2].removeprefix(PREFIX)


def measure(module: str) -> Figures:
    """Run `measure()` of the module in a fresh process.

    Raises:
        BenchmarkError: it failed, crashed, or returned something else than figures.
    """
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            figures = pool.submit(_measure_here, module).result()
    except BrokenProcessPool as error:
        raise BenchmarkError("its process ended before it had any figures") from error
    except Exception as error:
        # The cause is the traceback of the other process, as text.
        raise BenchmarkError(str(error.__cause__ or error).strip().strip('"').strip()) from error
    return _checked(figures)


def _measure_here(module: str) -> object:
    sys.stdout = sys.stderr  # the table alone belongs on standard output
    return importlib.import_module(module).measure()


def _checked(figures: object) -> Figures:
    if not isinstance(figures, dict) or not figures:
        raise BenchmarkError("measure() returned no figures")
    checked: Figures = {}
    for name, figure in figures.items():
        match figure:
            case (int() | float() as value, str(unit)) if math.isfinite(value) and name:
                checked[str(name)] = (float(value), unit)
            case _:
                raise BenchmarkError(f"{name}: not (finite number, unit) but {figure!r}")
    return checked
