"""Any faults, at any moments, one after the other: no ticket is lost, none is twice unmarked."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printer.contract import PrintOutcome
from tests.printer.harness import QUICK, TRANSPORTS, Bench, bench, codes, job

FIXES = ("paper full", "cover close", "clear", "head cool", "online", "ready", "garbage off")
faults = st.sampled_from(
    ["paper low", "paper out", "cover open", "cutter", "jam", "fatal", "offline", "garbage",
     "garbage on", "drop", "power cycle", "brown out"]
)  # fmt: skip
moments = st.one_of(
    st.just(""),
    st.builds("after {} mm ".format, st.integers(1, 70)),
    st.builds("after {} bytes ".format, st.integers(1, 400)),
    st.builds("after {} replies ".format, st.integers(1, 12)),
    st.just("after 1 cuts "),
)
verbs = st.lists(st.builds("{}{}".format, moments, faults), max_size=3)


def put_right(it: Bench) -> None:
    if "unrecoverable" in it.printer.describe():
        it.printer.do("power cycle")
    for verb in FIXES:
        it.printer.do(verb)


def print_until_proven(it: Bench, number: int) -> list[str]:
    """As the kiosk does: again unmarked after 'not printed', as a copy after 'unknown'."""
    codes_said_printed: list[str] = []
    copies = 0
    while not codes_said_printed:
        code = f"T{number}" + (f" COPY {copies}" if copies else "")
        result = it.print(job(code))
        if result.outcome is PrintOutcome.PRINTED:
            codes_said_printed.append(code)
        elif result.outcome is PrintOutcome.UNKNOWN:
            copies += 1
        put_right(it)
    return codes_said_printed


@settings(max_examples=25)
@given(st.sampled_from(TRANSPORTS), st.lists(verbs, min_size=1, max_size=3))
def test_no_ticket_is_lost_and_none_is_printed_twice_unmarked(
    transport: str, visits: list[list[str]]
) -> None:
    with TemporaryDirectory() as folder, bench(transport, Path(folder), limits=QUICK) as it:
        said: list[str] = []
        for number, happening in enumerate(visits):
            for verb in happening:
                it.printer.do(verb)
            said += print_until_proven(it, number)
        on_paper = Counter(codes(it.printer.tickets))
        assert all(on_paper[code] == 1 for code in said), "said to be printed, and is not"
        assert all(count == 1 for count in on_paper.values()), "printed twice unmarked"
