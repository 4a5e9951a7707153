"""Finding and reading the machine readable zone in a picture, with OpenCV and numpy alone."""

from devices.camera.mrz.reader import MrzReader
from devices.camera.mrz.sighting import MrzSighting

__all__ = ["MrzReader", "MrzSighting"]
