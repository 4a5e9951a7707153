"""`./run` installs what is missing, once, and says clearly what it cannot do.

The script is the real one; what it calls to install (apt-get, Python with venv and pip) is stood in
for by scripts that write down how they were called.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tooling.repository import ROOT

PYTHON = """
echo "$(basename "$0") $*" >> "$CALLS"
last=${@: -1}
case "$*" in
    *"version_info <"*) [[ $(basename "$0") != python3 || ! -e $OLD_PYTHON ]] ;;
    *"ensurepip"*) [[ ! -e $NO_HEADERS ]] ;;
    *"print("*) echo 3.11 ;;
    *"-m venv"*)
        mkdir -p "$last/bin"
        cp "$0" "$last/bin/python"
        printf 'command = python3 -m venv %s\\n' "$last" > "$last/pyvenv.cfg"
        printf '#!/bin/bash\\nprintf "<%%s>" "$PWD" "$@"\\n' > "$last/bin/hall-kiosk"
        chmod +x "$last/bin/hall-kiosk" ;;
    *"pip"*"install"*) [[ ! -e $FAIL_PIP ]] ;;
    *"ui.translations build"*) touch ui/translations/zh.qm ;;
esac
"""
DPKG_QUERY = "[[ $* == *libegl1* && -e $MISSING ]] || echo -n installed"
APT_GET = """
echo "apt-get $*" >> "$CALLS"
[[ ! -e $FAIL_APT ]] || exit 100
for package; do
    case $package in
        python3 | python3.11) cp "$SHELF/python3" "$(dirname "$0")/$package" ;;
        *-dev) rm -f "$NO_HEADERS" ;;
    esac
done
"""
ID = 'cat "$USER_ID"'
SUDO = "exit 1"
PLAIN_TOOLS = (
    *("awk", "basename", "bash", "cat", "chmod", "cp", "dirname", "env", "flock", "mkdir"),
    *("readlink", "rm", "sha256sum", "touch"),
)
"""All that the script may need of a machine on which nothing is installed."""


@dataclass(frozen=True)
class Checkout:
    """A checkout with nothing installed, on a machine that is made of files."""

    folder: Path
    machine: Path

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "run", *arguments],
            env=self.environment,
            cwd=cwd or self.folder,
            check=False,
            capture_output=True,
            text=True,
        )

    @property
    def environment(self) -> dict[str, str]:
        files = (
            *("CALLS", "SHELF", "MISSING", "OLD_PYTHON", "NO_HEADERS", "FAIL_APT", "FAIL_PIP"),
            "USER_ID",
        )
        return {name: str(self.machine / name) for name in files} | {
            "PATH": str(self.machine / "bin")
        }

    def calls(self) -> list[str]:
        """What was called since this was asked last."""
        log = self.machine / "CALLS"
        calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return calls


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder, machine = tmp_path / "a checkout", tmp_path / "machine"
    (folder / "ui" / "translations").mkdir(parents=True)
    (folder / "ui" / "translations" / "zh.ts").touch()
    for name in ("run", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    programs = {
        "python3": PYTHON,
        "dpkg-query": DPKG_QUERY,
        "apt-get": APT_GET,
        "id": ID,
        "sudo": SUDO,
    }
    shelf = machine / "SHELF"
    shelf.mkdir(parents=True)
    for name, source in programs.items():
        program = shelf / name
        program.write_text(f"#!/bin/bash\n{source}\n", encoding="utf-8")
        program.chmod(0o755)
    shutil.copytree(shelf, machine / "bin")
    for name in PLAIN_TOOLS:
        (machine / "bin" / name).symlink_to(shutil.which(name) or f"{name} is missing")
    (machine / "USER_ID").write_text("0\n", encoding="utf-8")
    return Checkout(folder, machine)


def made(calls: list[str]) -> list[str]:
    """Of all calls, those that made a virtual environment."""
    return [call for call in calls if "-m venv" in call]


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_lists_the_commands_and_installs_nothing(
    checkout: Checkout, arguments: list[str]
) -> None:
    result = checkout.run(*arguments)
    assert result.returncode == 0
    for command in ("demo", "test", "check", "bench", "hall-kiosk", "lock", "install", "help"):
        assert f"\n  {command} " in result.stdout
    assert checkout.calls() == []


def test_an_unknown_command_is_refused(checkout: Checkout) -> None:
    result = checkout.run("dmeo")
    assert result.returncode == 1
    assert result.stderr == "run: there is no command dmeo; ./run help lists them\n"
    assert checkout.calls() == []


def test_the_first_call_installs_all_with_hashes_and_the_second_nothing(
    checkout: Checkout,
) -> None:
    assert checkout.run("install").returncode == 0
    calls = checkout.calls()
    assert len(made(calls)) == 1
    pip = [call for call in calls if "-m pip" in call]
    assert len(pip) == 3
    assert all("--require-hashes" in call for call in pip[:2])
    assert "--no-deps" in pip[2]
    assert sum("ui.translations build" in call for call in calls) == 1

    assert checkout.run("install").returncode == 0
    assert checkout.calls() == []


def test_arguments_and_the_working_folder_reach_the_kiosk_as_they_are(
    checkout: Checkout, tmp_path: Path
) -> None:
    result = checkout.run("hall-kiosk", "ticket", "--name", "two words", "*", cwd=tmp_path)
    assert result.stdout == f"<{tmp_path}><ticket><--name><two words><*>"


def test_what_is_installed_is_told_on_standard_error_alone(checkout: Checkout) -> None:
    assert "Installing" in checkout.run("install").stderr
    checkout.folder.joinpath("requirements.lock").write_text("", encoding="utf-8")
    assert checkout.run("hall-kiosk").stdout == f"<{checkout.folder}>"


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_is_installed_into_the_same_environment(
    checkout: Checkout, changed: str
) -> None:
    checkout.run("install")
    checkout.calls()
    with (checkout.folder / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert checkout.run("install").returncode == 0
    calls = checkout.calls()
    assert any("-m pip" in call for call in calls)
    assert made(calls) == []


def test_a_checkout_that_was_moved_gets_a_new_environment(checkout: Checkout) -> None:
    checkout.run("install")
    moved = Checkout(checkout.folder.rename(checkout.folder.with_name("moved")), checkout.machine)
    checkout.calls()
    assert moved.run("install").returncode == 0
    [call] = made(moved.calls())
    assert "--clear" in call
    assert call.endswith("moved/.venv")


def test_a_newer_translation_is_built_and_nothing_installed(checkout: Checkout) -> None:
    checkout.run("install")
    checkout.calls()
    built = checkout.folder / "ui" / "translations" / "zh.qm"
    os.utime(built.with_suffix(".ts"), (built.stat().st_mtime + 1,) * 2)
    assert checkout.run("install").returncode == 0
    assert checkout.calls() == ["python -m ui.translations build"]


def test_only_missing_system_packages_are_installed(checkout: Checkout) -> None:
    (checkout.machine / "MISSING").touch()
    checkout.run("install")
    update, install = [call for call in checkout.calls() if call.startswith("apt-get")]
    assert "update" in update
    assert install.endswith("--no-install-recommends libegl1")


@pytest.mark.parametrize(
    ("there", "installed"), [("no Python", "python3"), ("an old Python", "python3.11")]
)
def test_a_python_that_is_new_enough_is_installed(
    checkout: Checkout, there: str, installed: str
) -> None:
    if there == "no Python":
        (checkout.machine / "bin" / "python3").unlink()
    else:
        (checkout.machine / "OLD_PYTHON").touch()
    assert checkout.run("install").returncode == 0
    calls = checkout.calls()
    assert [call for call in calls if "install --yes" in call] == [
        f"apt-get -qq install --yes --no-install-recommends {installed}"
    ]
    [venv] = made(calls)
    assert venv.startswith(f"{installed} -m venv")


def test_what_python_needs_to_build_packages_is_installed(checkout: Checkout) -> None:
    (checkout.machine / "NO_HEADERS").touch()
    assert checkout.run("install").returncode == 0
    install = [call for call in checkout.calls() if "install --yes" in call]
    assert install == [
        "apt-get -qq install --yes --no-install-recommends python3.11-venv python3.11-dev"
    ]


def test_without_the_rights_it_says_what_to_run(checkout: Checkout) -> None:
    (checkout.machine / "MISSING").touch()
    (checkout.machine / "USER_ID").write_text("1000\n", encoding="utf-8")
    result = checkout.run("install")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        "run: system packages are missing. As root, run: "
        "apt-get update && apt-get install --no-install-recommends libegl1"
    )
    assert checkout.calls() == []


def test_without_a_network_it_says_what_to_run(checkout: Checkout) -> None:
    (checkout.machine / "MISSING").touch()
    (checkout.machine / "FAIL_APT").touch()
    result = checkout.run("install")
    assert result.returncode == 1
    assert "With a network, and as root, run: apt-get update && " in result.stderr


def test_an_installation_that_failed_is_tried_again(checkout: Checkout) -> None:
    fail = checkout.machine / "FAIL_PIP"
    fail.touch()
    result = checkout.run("hall-kiosk")
    assert result.returncode == 1
    assert "the Python packages could not be installed" in result.stderr
    assert result.stdout == ""

    fail.unlink()
    assert checkout.run("hall-kiosk").stdout == f"<{checkout.folder}>"


def test_calls_at_the_same_time_install_once(checkout: Checkout) -> None:
    callers = [
        subprocess.Popen(
            [checkout.folder / "run", "hall-kiosk"],
            env=checkout.environment,
            cwd=checkout.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(4)
    ]
    said = [caller.communicate()[0] for caller in callers]
    assert said == [f"<{checkout.folder}>".encode()] * 4
    assert len(made(checkout.calls())) == 1
