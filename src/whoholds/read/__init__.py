"""Bytes into reports: one file a format, told by content; a report that cannot be read is set aside with the reason."""

from whoholds.read.keep import original_span
from whoholds.read.maps import read_map
from whoholds.read.reading import read_bytes, read_path
from whoholds.read.sniff import Format, sniff

__all__ = ["Format", "original_span", "read_bytes", "read_map", "read_path", "sniff"]
