"""Proof that the chip is no copy: chip, active and PACE-CAM authentication (Doc 9303-11, 6)."""
