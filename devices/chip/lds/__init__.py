"""The logical data structure: what is in a chip's files (ICAO Doc 9303-10), read and written.

Each module has `parse(file) -> its type` and `build(its type) -> file`. What they raise on bad
input is `LdsError`, or `TlvError` where the bytes are no data objects at all.
"""
