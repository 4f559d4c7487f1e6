"""Bytes to reports: every format, told by content; one bad report never stops the others."""

from whoholds.read.entrance import read_bytes, read_path
from whoholds.read.keep import original_span
from whoholds.read.maps import read_map
from whoholds.read.sniff import Format, format_of

__all__ = ["Format", "format_of", "original_span", "read_bytes", "read_map", "read_path"]
