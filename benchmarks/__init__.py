"""Figures that are measured, not asserted: what a visit costs, and what each part of it does."""
