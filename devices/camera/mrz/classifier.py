"""A linear classifier of OCR-B characters, fitted to samples drawn from the font at first use."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.glyphs import Cells, Features, features, samples
from devices.documents.mrz.checkdigit import ALPHABET

Scores = NDArray[np.float32]
"""Log probabilities, a row for every character and a column for every letter of the alphabet."""

_SHRINKAGE = 0.08
_TEMPERATURE = 0.35
"""Sharpness of the probabilities: what the samples say is more sure than a photograph allows."""


class Classifier:
    """Linear discriminant analysis: one covariance for all characters, shrunk to be stable."""

    def __init__(self, cells: Cells, labels: NDArray[np.intp]) -> None:
        rows = features(cells).astype(np.float64)
        classes = len(ALPHABET)
        means = np.stack([rows[labels == c].mean(axis=0) for c in range(classes)])
        centred = rows - means[labels]
        covariance = centred.T @ centred / (len(rows) - classes)
        covariance *= 1 - _SHRINKAGE
        covariance += _SHRINKAGE * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
        inverse = np.linalg.inv(covariance)
        self._weights: Features = (means @ inverse).T.astype(np.float32)
        self._bias: Features = (-0.5 * np.einsum("cf,fg,cg->c", means, inverse, means)).astype(
            np.float32
        )
        self._whitening = np.linalg.cholesky(inverse).astype(np.float32)

    def scores(self, rows: Features) -> Scores:
        """Return log probabilities for rows of features."""
        raw = (rows @ self._weights + self._bias) * _TEMPERATURE
        raw -= raw.max(axis=1, keepdims=True)
        logs: Scores = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
        return logs

    def strangeness(self, rows: Features) -> NDArray[np.float32]:
        """Return how far each row is from the nearest character: below 1 for OCR-B, more else."""
        own = ((rows @ self._whitening) ** 2).sum(axis=1)
        nearest = (rows @ self._weights + self._bias).max(axis=1)
        distance: NDArray[np.float32] = (own - 2 * nearest) / rows.shape[1]
        return distance


@cache
def classifier() -> Classifier:
    """Return the classifier; the first call takes part of a second."""
    return Classifier(*samples())
