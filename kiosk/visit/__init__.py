"""One visit as pure functions: (visit, event) -> (visit, effects). No Qt, clock, threads or I/O."""
