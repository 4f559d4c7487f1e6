"""Half a million spellings in one block of bytes: found by bisection, decoded only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np


class Surfaces(Sequence[str]):
    """Sorted strings, packed: a list of them would take ten times the memory.

    >>> s = Surfaces.pack(["Izium", "Izyum", "Ізюм"])
    >>> s.find("Izyum"), s.find("Lyman"), s[2], len(s)
    (1, None, 'Ізюм', 3)
    """

    __slots__ = ("_blob", "_starts")

    def __init__(self, blob: np.ndarray) -> None:
        """`blob` : (n,) uint8, UTF-8 lines in the order of their bytes."""
        self._blob = blob.tobytes()
        ends = np.flatnonzero(blob == ord("\n")) if len(blob) else np.zeros(0, dtype=np.int64)
        lines = len(ends) + 1 if len(blob) else 0
        self._starts = np.zeros(lines + 1, dtype=np.int64)
        if lines:
            self._starts[1:-1] = ends + 1
            self._starts[-1] = len(blob) + 1

    @classmethod
    def pack(cls, strings: Sequence[str]) -> Surfaces:
        """Pack strings that are sorted by code point (which is the order of their UTF-8 bytes)."""
        return cls(np.frombuffer("\n".join(strings).encode(), dtype=np.uint8))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return self._at(index if index >= 0 else len(self) + index).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._blob.decode().split("\n") if len(self) else ())

    def __contains__(self, item: object) -> bool:
        return isinstance(item, str) and self.find(item) is not None

    def _at(self, i: int) -> bytes:
        """The bytes of a line."""
        return self._blob[self._starts[i] : self._starts[i + 1] - 1]

    def find(self, name: str) -> int | None:
        """The number of a string, or None."""
        wanted = name.encode()
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._at(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._at(low) == wanted else None
