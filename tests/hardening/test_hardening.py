"""A process with personal data in its memory leaves nothing of it on disk."""

import subprocess
import sys

CHILD = """
import ctypes, resource
from pathlib import Path
from kiosk.hardening import forbid_core_dumps, lock_memory
PR_GET_DUMPABLE = 3
forbid_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(PR_GET_DUMPABLE))
locked = lock_memory()
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(locked, int(status["VmLck"].split()[0]) > 0)
"""


def test_core_dumps_are_off_and_memory_is_locked_where_that_is_allowed() -> None:
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    dumps, locked = done.stdout.splitlines()
    assert dumps == "(0, 0) 0"
    assert locked in {"True True", "False False"}
