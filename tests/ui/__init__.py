"""Tests of the screen, drawn in memory."""
