"""What the screen shows of a visit, as plain data without Qt and without unmasked personal data."""
