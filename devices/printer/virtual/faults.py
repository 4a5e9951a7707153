"""The verbs of whoever operates the virtual printer: what a hand, time or bad luck does to it."""

from collections.abc import Callable
from functools import partial

from devices.control import UnknownVerb
from devices.printer.virtual.core import PrinterCore
from devices.status import Paper

UNITS = ("mm", "bytes", "cuts", "replies")
_DEFAULT_GARBAGE = 16


class Faults:
    """Faults and their ends, as methods and as verbs in text."""

    def __init__(self, core: PrinterCore, tear_off: Callable[[], None]) -> None:
        self._core = core
        self._tear_off = tear_off
        self.verbs: dict[str, Callable[[], None]] = {
            "paper full": self.paper_full,
            "paper low": self.paper_low,
            "paper out": self.paper_out,
            "cover open": self.cover_open,
            "cover close": self.cover_close,
            "cutter": self.cutter_error,
            "jam": self.jam,
            "head hot": partial(self.head_hot, on=True),
            "head cool": partial(self.head_hot, on=False),
            "fatal": self.fatal,
            "clear": self.clear,
            "offline": partial(self.offline, on=True),
            "online": partial(self.offline, on=False),
            "silent": partial(self.silent, on=True),
            "answer": partial(self.silent, on=False),
            "busy": partial(self.busy, on=True),
            "ready": partial(self.busy, on=False),
            "garbage": partial(self.garbage, _DEFAULT_GARBAGE),
            "garbage on": partial(self.garbage_before_replies, 3),
            "garbage off": partial(self.garbage_before_replies, 0),
            "drop": core.drop,
            "power cycle": core.power_cycle,
            "brown out": core.brown_out,
        }

    def do(self, line: str) -> None:
        """Carry out ``VERB`` now, or ``after N mm|bytes|cuts|replies VERB`` when that has passed.

        Raises:
            UnknownVerb: it is neither.
        """
        words = line.lower().split()
        if words[:1] == ["after"]:
            self._schedule(words[1:])
            return
        verb = self.verbs.get(" ".join(words))
        if verb is None:
            known = ", ".join(self.verbs)
            raise UnknownVerb(f"unknown verb {line!r}; use [after N mm|bytes|cuts|replies] {known}")
        verb()

    def _schedule(self, words: list[str]) -> None:
        verb = self.verbs.get(" ".join(words[2:]))
        if len(words) < 3 or not words[0].isdecimal() or words[1] not in UNITS or verb is None:
            raise UnknownVerb("use: after N mm|bytes|cuts|replies VERB, e.g. after 30 mm paper out")
        self._core.after(words[1], int(words[0]), verb)

    def _set(self, **attributes: object) -> None:
        def apply() -> None:
            for name, value in attributes.items():
                setattr(self._core.condition, name, value)

        self._core.change(apply)

    def paper_full(self) -> None:
        """Staff put a new roll in; what was hanging out comes off with the old one."""
        self._tear_off()
        self._set(paper=Paper.FULL)

    def paper_low(self) -> None:
        self._set(paper=Paper.LOW)

    def paper_out(self) -> None:
        self._set(paper=Paper.OUT)

    def cover_open(self) -> None:
        """While printing this is an error that has to be recovered from; idle, it is not."""
        self._set(
            cover_open=True,
            mechanical_error=self._core.condition.mechanical_error or self._core.printing,
        )

    def cover_close(self) -> None:
        self._set(cover_open=False, cleared=self._core.condition.mechanical_error)

    def cutter_error(self) -> None:
        self._set(cutter_error=True, cleared=False)

    def jam(self) -> None:
        self._set(mechanical_error=True, cleared=False)

    def head_hot(self, *, on: bool) -> None:
        self._set(head_hot=on)

    def fatal(self) -> None:
        self._set(unrecoverable=True)

    def clear(self) -> None:
        """Staff remove the cause of a jam or cutter error, and the paper that hangs out."""
        self._tear_off()
        self._set(cleared=True)

    def offline(self, *, on: bool) -> None:
        self._set(switched_offline=on)

    def silent(self, *, on: bool) -> None:
        """It prints, but says nothing."""
        self._core.change(lambda: setattr(self._core, "silent", on))

    def busy(self, *, on: bool) -> None:
        """It takes no data and prints nothing."""
        self._core.change(lambda: setattr(self._core, "busy", on))

    def garbage(self, count: int) -> None:
        """It sends `count` bytes of noise."""
        self._core.send_garbage(count)

    def garbage_before_replies(self, count: int) -> None:
        self._core.change(lambda: setattr(self._core, "garbage_before_replies", count))
