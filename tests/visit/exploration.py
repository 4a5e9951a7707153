"""Walks through everything that can happen in a visit, for the tests and for the diagram."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kiosk.visit import effects as f
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from kiosk.visit.machine import begin, step
from kiosk.visit.visit import Visit
from tests.visit import world as w


@dataclass(frozen=True)
class Reached:
    """Every shape of visit that any sequence of events leads to."""

    visits: tuple[Visit, ...]
    failures: frozenset[Failure]
    """Every failure that was shown, or that staff were called for."""
    transitions: frozenset[tuple[type, type, type]]
    """Stage, event and the stage that follows, where it is another one."""


@cache
def reached() -> Reached:
    """Explore all visits, breadth first.

    Documents and components multiply the shapes, so at most one reader holds a document, and
    components go down in one order only.
    """
    first = begin("visit-1", w.RULES).visit
    seen = {_shape(first): first}
    failures: set[Failure] = set()
    transitions: set[tuple[type, type, type]] = set()
    todo = deque([first])
    while todo:
        visit = todo.popleft()
        for event in w.alphabet(visit):
            after = step(visit, event, w.RULES)
            failures.update(_failures(after.visit.stage))
            failures.update(
                x.failure for x in after.effects if isinstance(x, f.CallStaff) and x.failure
            )
            if type(after.visit.stage) is not type(visit.stage):
                transitions.add((type(visit.stage), type(event), type(after.visit.stage)))
            shape = _shape(after.visit)
            if shape not in seen and _small(after.visit):
                seen[shape] = after.visit
                todo.append(after.visit)
    return Reached(tuple(seen.values()), frozenset(failures), frozenset(transitions))


def _shape(visit: Visit) -> object:
    """What makes two visits behave alike: all but the running numbers and the language."""

    def normal(value: object) -> object:
        if isinstance(value, s.Stage):
            fields = tuple(
                normal(getattr(value, name))
                for name in value.__dataclass_fields__
                if name not in {"request", "key", "fraction", "hint", "loads"}
            )
            return (type(value).__name__, *fields)
        return value

    return (normal(visit.stage), visit.lying, visit.unusable)


def _small(visit: Visit) -> bool:
    """The printer alone, or reader after reader until none is left."""
    readers = (e.Component.CAMERA, e.Component.CHIP_READER, e.Component.ID_CARD_READER)
    down = [frozenset(readers[:count]) for count in range(4)]
    return len(visit.lying) <= 1 and visit.unusable in (*down, {e.Component.PRINTER})


def _failures(stage: s.Stage) -> Iterator[Failure]:
    stage = stage.before if isinstance(stage, s.StillThere) else stage
    failure = getattr(stage, "failure", None)
    if failure:
        yield failure
