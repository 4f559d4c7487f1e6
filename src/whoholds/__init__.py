"""whoholds: from reports of a war to who holds which settlement on which day, how sure, and on whose word."""

__version__ = "0.1.0"
