"""Reads pictures by PassportEye, in an interpreter that has it: a line of JSON for each.

Run by `benchmarks.bench_mrz_peers`: ``python passporteye_reader.py PICTURE...`` prints the lines of
the zone, cleaned as PassportEye does it itself, and the milliseconds that it took.
"""

import json
import sys
import time
from importlib import import_module


def main() -> None:
    read_mrz = import_module("passporteye").read_mrz
    clean = import_module("passporteye.mrz.text").MRZOCRCleaner.apply
    for path in sys.argv[1:]:
        start = time.perf_counter()
        found = read_mrz(path, extra_cmdline_params="-l mrz")
        milliseconds = (time.perf_counter() - start) * 1000
        lines = clean(found.aux["text"]) if found is not None else []
        print(json.dumps([lines, milliseconds]), flush=True)


if __name__ == "__main__":
    main()
