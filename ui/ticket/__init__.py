"""Draws tickets with Qt: the only renderer here that shapes every script."""
