"""Colours of the sides: tints for doubt, shades for lines, and how they look to colour-blind readers."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from numpy.typing import NDArray

#: Least probability of the status shown → share of the side's colour in its tint, the rest white. Three steps and no
#: ramp: a reader tells three apart in a legend, and cannot read a number off a shade anyway.
TINTS: tuple[tuple[float, float, str], ...] = ((0.9, 0.42, "sure"), (0.7, 0.24, "likely"), (0.0, 0.1, "unsure"))

PAPER = "#ffffff"
SEA = "#dfe5e8"
LAND = "#f3f1ec"
INK = "#22252b"
GREY = "#6b7178"
CONTESTED_FILL = "#f0e9d8"
CONTESTED_LINE = "#7a6a3f"
UNKNOWN_FILL = "#e3e3e1"


def mix(colour: str, share: float, *, ground: str = PAPER) -> str:
    """A colour mixed into another, as printed tints are: in linear light blue turns to lavender.

    >>> mix("#0072b2", 1.0), mix("#0072b2", 0.0)
    ('#0072b2', '#ffffff')
    """
    one, other = np.array(to_rgb(colour)), np.array(to_rgb(ground))
    red, green, blue = (float(value) for value in np.clip(share * one + (1 - share) * other, 0, 1))
    return str(to_hex((red, green, blue)))


def tint_class(probability: float) -> int:
    """Which tint a probability has: 0 sure, 1 likely, 2 unsure.

    >>> tint_class(0.97), tint_class(0.8), tint_class(0.4)
    (0, 1, 2)
    """
    return next(number for number, (least, _, _) in enumerate(TINTS) if probability >= least)


def tint(colour: str, number: int) -> str:
    """The fill of a side's ground in one of the tints."""
    return mix(colour, TINTS[number][1])


def shade(colour: str) -> str:
    """A dark shade of a side's colour, for its dots and lines.

    >>> shade("#0072b2")
    '#00476e'
    """
    return mix(colour, 0.62, ground="#000000")


def distance_as_seen(one: str, other: str, *, blindness: str = "none") -> float:
    """How far apart two colours look, as CIE76 distance in L*a*b*; 20 and more are told apart at a glance.

    Colour blindness by the matrices of Machado, Oliveira and Fernandes 2009 (severity 1), doi:10.1109/TVCG.2009.113.

    >>> distance_as_seen("#0072b2", "#d55e00", blindness="deutan") > 60
    True
    >>> distance_as_seen("#009900", "#cc4400", blindness="deutan") < 40
    True
    """
    return float(np.linalg.norm(_lab(one, blindness) - _lab(other, blindness)))


_SEEN = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def _lab(colour: str, blindness: str) -> NDArray[np.float64]:
    """L*a*b* (D65) of a colour as seen."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(_SEEN[blindness] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
