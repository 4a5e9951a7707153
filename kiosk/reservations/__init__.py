"""Reservation codes, as visitors show them on a phone or on paper."""
