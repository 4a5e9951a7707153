"""The camera: capture, machine readable zones, barcodes, and simulated frames."""
