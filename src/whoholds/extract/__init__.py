"""Reports and the places they name become claims."""

from whoholds.extract.engine import Explanation, Explanations, Extractor
from whoholds.extract.frame import Frame

__all__ = ["Explanation", "Explanations", "Extractor", "Frame"]
