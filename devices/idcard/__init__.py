"""The SAM reader for foreigners' permanent resident ID cards (GA/T 467)."""
