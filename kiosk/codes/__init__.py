"""Signed codes that tickets and reservations carry: their envelope, alphabet and keys."""
