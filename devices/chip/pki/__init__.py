"""Who signed a document, and whether that is to be believed (ICAO Doc 9303-12; RFC 5280, 5652)."""
