"""A linear classifier of OCR-B characters, fitted to samples drawn from the font at first use."""

from functools import cache

import cv2
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
        bias = -0.5 * np.einsum("cf,fg,cg->c", means, inverse, means)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        self._bias: Features = bias.astype(np.float32)
        # one product for both answers: discriminants and cosines to the means
        self._columns: Features = np.concatenate([means @ inverse, means / lengths]).T.astype(
            np.float32, order="C"
        )

    def judge(self, rows: Features) -> tuple[Scores, NDArray[np.float32]]:
        """Return log probabilities for rows of features, and how strange each row is.

        Strangeness is 1 less the cosine to the most similar character: 0.05 is a good picture of
        OCR-B, 0.3 is something else.
        """
        # cv2.gemm is slower than BLAS, which starts threads that wait by spinning
        products = cv2.gemm(rows, self._columns, 1.0, None, 0.0)  # type: ignore[call-overload]  # None is allowed
        classes = len(self._bias)
        raw = (products[:, :classes] + self._bias) * _TEMPERATURE
        raw -= raw.max(axis=1, keepdims=True)
        logs: Scores = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
        return logs, 1 - products[:, classes:].max(axis=1)


@cache
def classifier() -> Classifier:
    """Return the classifier; the first call takes part of a second."""
    return Classifier(*samples())
