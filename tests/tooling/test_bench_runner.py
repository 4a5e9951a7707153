"""The runner of the benchmarks, run as it is on benchmarks of its own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.repository import ROOT

GOOD = """
def measure():
    print("noise")
    return {"chip.bac.apdus": (31, "APDUs"), "chip.bac.time": (1234.5678, "ms")}
"""
OTHER = """
def measure():
    return {"camera.frame": (0.0071239, "s")}
"""


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder with the runner and no benchmarks."""
    package = tmp_path / "benchmarks"
    package.mkdir()
    for source in (ROOT / "benchmarks").glob("*.py"):
        if not source.name.startswith("bench_"):
            shutil.copy(source, package)
    return tmp_path


def write(runner: Path, name: str, source: str) -> None:
    (runner / "benchmarks" / f"bench_{name}.py").write_text(source, encoding="utf-8")


def bench(runner: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # python -m puts the folder first on the path, so this is not the repository's package.
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=runner,
        check=False,
        capture_output=True,
        text=True,
    )


def test_figures_are_printed_as_a_table_and_nothing_else_on_standard_output(runner: Path) -> None:
    write(runner, "chip", GOOD)
    result = bench(runner)
    assert result.returncode == 0, result.stderr
    facts, *lines = result.stdout.splitlines()
    assert "CPU" in facts
    assert lines == [
        "",
        "chip",
        "  chip.bac.apdus     31  APDUs",
        "  chip.bac.time   1,235  ms",
    ]


def test_points_are_aligned_and_digits_that_mean_nothing_left_out(runner: Path) -> None:
    write(
        runner,
        "x",
        'def measure(): return {"a": (0.0123456, "s"), "bb": (123.456, "ms"), "c": (-0.5, "%")}',
    )
    assert bench(runner).stdout.splitlines()[-3:] == [
        "  a     0.01235  s",
        "  bb  123.5      ms",
        "  c    -0.5000   %",
    ]


def test_json_holds_each_figure_with_its_unit_and_no_machine_facts(
    runner: Path, tmp_path: Path
) -> None:
    write(runner, "chip", GOOD)
    write(runner, "camera", OTHER)
    assert bench(runner, "--json", "figures.json").returncode == 0
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8")) == {
        "camera.frame": {"value": 0.0071239, "unit": "s"},
        "chip.bac.apdus": {"value": 31.0, "unit": "APDUs"},
        "chip.bac.time": {"value": 1234.5678, "unit": "ms"},
    }


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["camera", "chip", "chip_read"]),
        (["chip"], ["chip"]),
        (["ch"], ["chip", "chip_read"]),
        (["bench_camera"], ["camera"]),
        (["chip_read", "camera"], ["camera", "chip_read"]),
    ],
)
def test_a_name_or_its_beginning_selects(
    runner: Path, arguments: list[str], expected: list[str]
) -> None:
    for name in ("chip", "chip_read", "camera"):
        write(runner, name, OTHER)
    assert bench(runner, "--list", *arguments).stdout.split() == expected


def test_a_name_that_fits_nothing_is_refused_and_what_there_is_is_named(runner: Path) -> None:
    write(runner, "chip", GOOD)
    result = bench(runner, "printer")
    assert result.returncode == 2
    assert "no benchmark is called 'printer'; there are: chip" in result.stderr


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def measure(): raise ValueError('no reader')", "ValueError: no reader"),
        ("import os\ndef measure(): os._exit(1)", "its process ended before it had any figures"),
        ("raise ImportError('no such device')", "ImportError: no such device"),
        ("def measure(): return {}", "returned no figures"),
        ("def measure(): return {'x': 1.0}", "x: not (finite number, unit) but 1.0"),
        ("def measure(): return {'x': (float('nan'), 's')}", "x: not (finite number, unit)"),
        ("def measure(): return {'x': (1, None)}", "x: not (finite number, unit)"),
        ("measured = 1", "has no attribute 'measure'"),
        (OTHER, "another benchmark has measured camera.frame already"),
    ],
)
def test_one_that_fails_is_told_and_the_others_still_run(
    runner: Path, source: str, said: str
) -> None:
    write(runner, "camera", OTHER)
    write(runner, "middle", source)
    write(runner, "zebra", GOOD)
    result = bench(runner, "--json", "figures.json")
    assert result.returncode == 1
    assert said in result.stdout
    assert "1 of 3 failed: middle" in result.stderr
    assert json.loads((runner / "figures.json").read_text(encoding="utf-8")).keys() == {
        "camera.frame",
        "chip.bac.apdus",
        "chip.bac.time",
    }


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_measured(
    runner: Path,
) -> None:
    write(runner, "chip", GOOD)
    result = bench(runner, "--json", "nowhere/figures.json")
    assert result.returncode == 2
    assert "nowhere/figures.json" in result.stderr
    assert result.stdout == ""


def test_each_benchmark_has_a_process_of_its_own(runner: Path) -> None:
    source = "import os\ndef measure(): return {'pid.%s': (os.getpid(), '')}"
    write(runner, "one", source % "one")
    write(runner, "two", source % "two")
    bench(runner, "--json", "figures.json")
    figures = json.loads((runner / "figures.json").read_text(encoding="utf-8"))
    assert figures["pid.one"]["value"] != figures["pid.two"]["value"]
