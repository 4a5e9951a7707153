"""Reads pictures by PassportEye, in an interpreter that has it: a line of JSON for each.

Run by `benchmarks.bench_mrz_peers`: ``python passporteye_reader.py MODEL PICTURE...`` prints the
lines of the zone, cleaned as PassportEye does it itself, and the milliseconds that it took. MODEL
is the one that tesseract uses.
"""

import json
import sys
import time
from importlib import import_module


def main() -> None:
    read_mrz = import_module("passporteye").read_mrz
    clean = import_module("passporteye.mrz.text").MRZOCRCleaner.apply
    _, model, *paths = sys.argv
    for path in paths:
        start = time.perf_counter()
        try:
            found = read_mrz(path, extra_cmdline_params=f"-l {model}")
        except Exception:  # noqa: BLE001 -- whatever it raises, it has read nothing
            found = None
        milliseconds = (time.perf_counter() - start) * 1000
        lines = clean(found.aux["text"]) if found is not None else []
        print(json.dumps([lines, milliseconds]), flush=True)


if __name__ == "__main__":
    main()
