"""Access control: BAC and PACE (ICAO Doc 9303-11, section 4)."""
