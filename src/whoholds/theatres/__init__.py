"""A conflict as data: one TOML file a theatre, validated, turned into `model.Theatre`."""

from whoholds.theatres.load import load_theatre, parse_theatre, theatre_keys

__all__ = ["load_theatre", "parse_theatre", "theatre_keys"]
