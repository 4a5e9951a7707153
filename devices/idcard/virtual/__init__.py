"""A virtual reader with a SAM: real bytes over a pseudo-terminal, cards from JSON, faults."""
