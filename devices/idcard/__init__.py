"""Foreigners' permanent resident ID cards, read through a reader with a SAM (GA 467)."""
