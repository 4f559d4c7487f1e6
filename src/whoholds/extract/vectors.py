"""Token vectors of spaCy's hash-embedding network (HashEmbedCNN), worked out several times faster than by its layers.

The same numbers as `tok2vec.predict`, to about 3e-6: spaCy computes what a word looks like anew for every token, and
multiplies with BLIS. Here

- the embedding of a word is kept: it depends on the word alone, not on those around it;
- the convolutions over neighbours are multiplied by numpy's BLAS, on one thread. (For matrices this small a second
  thread waits longer than it works, and reading runs in several processes anyway.)

A text's vectors do not depend on what else is in the batch, down to the last bit, so that reports read in any order
have the same claims: OpenBLAS rounds a row by where it stands in a matrix and how many there are, so each text is
multiplied by itself, filled up to a length that its own length decides.

Source: Explosion's description of the architecture, https://spacy.io/api/architectures#HashEmbedCNN; hash embeddings
by Svenstrup, Hansen and Winther 2017, https://arxiv.org/abs/1709.03933.
"""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.vocab import Vocab

Text = tuple[Sequence[str], Sequence[bool]]
"""Words and whether a space follows each."""
MOST_WORDS = 60_000
"""Distinct words whose embedding is kept: some 25 MB. Then they are forgotten and begun anew."""
# Texts are filled up to a multiple of so many words, and so many words are worked on at once: what the processor's
# cache holds.
_STEP = 8
_AT_ONCE = 2000
_SAME = 1e-4
_SAMPLE = ("The", "27", "towns", "'re", "no", "Übersee", "!", "left-hand", "McKee", "x")
_CONTAINERS = frozenset({"dropout", "list2ragged", "ragged2list", "expand_window", "extract_features", "ints-getitem"})


@dataclass(slots=True)
class _Layer:
    """A maxout layer with its normalisation; the pieces of the maxout lie in blocks of columns."""

    weights: np.ndarray  # (n_in, n_pieces * n_out) float32
    bias: np.ndarray
    gain: np.ndarray
    shift: np.ndarray
    n_out: int

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> _Layer:
        """The layer of two nodes of a model."""
        w = maxout.get_param("W")
        n_out, n_pieces, n_in = w.shape
        return cls(
            np.ascontiguousarray(w.transpose(2, 1, 0).reshape(n_in, n_pieces * n_out)),
            np.ascontiguousarray(maxout.get_param("b").T.reshape(-1)),
            norm.get_param("G"),
            norm.get_param("b"),
            n_out,
        )

    def after(self, y: np.ndarray) -> np.ndarray:
        """What follows the product of input and weights, (n, n_pieces * n_out) -> (n, n_out)."""
        y += self.bias
        n = self.n_out
        z = y[:, :n].copy()
        for at in range(n, y.shape[1], n):
            np.maximum(z, y[:, at : at + n], out=z)
        z -= z.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", z, z)
        variance /= n
        variance += np.float32(1e-8)
        z *= (1.0 / np.sqrt(variance))[:, None]
        z *= self.gain
        z += self.shift
        return z


class TokenVectors:
    """The vectors of a tok2vec model of spaCy.

    Parameters
    ----------
    model
        The model of a `tok2vec` pipe.
    vocab
        For what the model looks at in a word: its norm, ends and shape.

    Raises
    ------
    ValueError
        The model is built in another way; its own `predict` has to be used.
    """

    def __init__(self, model: Any, vocab: Vocab) -> None:
        nodes = list(model.walk())
        maxouts = [n for n in nodes if n.name == "maxout"]
        norms = [n for n in nodes if n.name == "layernorm"]
        windows = [n for n in nodes if n.name == "expand_window"]
        features = [n for n in nodes if n.name == "extract_features"]
        self._hashes = [n for n in nodes if n.name == "hashembed"]
        leaves = {n.name for n in nodes if not n.layers} - {"maxout", "layernorm", "hashembed"} - _CONTAINERS
        if (
            leaves
            or len(features) != 1
            or not self._hashes
            or not len(maxouts) == len(norms) == len(windows) + 1
            or any(w.attrs["window_size"] != 1 for w in windows)
        ):
            raise ValueError("The tok2vec model is no HashEmbedCNN with a window of one word.")
        self._vocab = vocab
        self._columns = features[0].attrs["columns"]
        embed, *self._convolutions = [_Layer.of(m, n) for m, n in zip(maxouts, norms, strict=True)]
        self._embed = embed
        self.width = embed.n_out
        self._number: dict[tuple[str, bool], int] = {}
        self._table = np.zeros((1024, self.width), dtype=np.float32)
        self._check(model)

    def _check(self, model: Any) -> None:
        """Whether a sample comes out as it does by the model itself."""
        from spacy.tokens import Doc

        spaces = [len(w) > 1 for w in _SAMPLE]
        (ours,) = self.of([(_SAMPLE, spaces)])
        (theirs,) = model.predict([Doc(self._vocab, words=list(_SAMPLE), spaces=spaces)])
        if ours.shape != theirs.shape or float(np.abs(ours - theirs).max()) > _SAME:
            raise ValueError("The tok2vec model computes something else than a HashEmbedCNN.")

    def of(self, texts: Sequence[Text]) -> list[np.ndarray]:
        """The vectors of every text, (n_words, width) float32 each."""
        if len(self._number) > MOST_WORDS:
            self._number.clear()
        self._learn([key for words, spaces in texts for key in zip(words, spaces, strict=True)])
        # Texts of about one length are worked on together.
        alike: dict[int, list[int]] = {}
        for i, (words, _) in enumerate(texts):
            alike.setdefault(-(-len(words) // _STEP) * _STEP, []).append(i)
        out: list[np.ndarray] = [np.zeros((0, self.width), dtype=np.float32)] * len(texts)
        with one_thread():
            for length, group in alike.items():
                at_once = max(1, _AT_ONCE // max(1, length))
                for k in range(0, len(group), at_once):
                    some = group[k : k + at_once]
                    for i, vectors in zip(some, self._convolve([texts[i] for i in some], length), strict=True):
                        out[i] = vectors
        return out

    def _convolve(self, texts: Sequence[Text], length: int) -> list[np.ndarray]:
        """Mix the embedding of every word with its neighbours', layer upon layer, in texts of up to `length` words."""
        pad, known = len(self._convolutions), self._number
        # Empty rows before and after a text, one for each layer, as the model had them when it learned. A layer needs
        # a row less of them at either end than the one before it.
        x = np.zeros((len(texts), length + 2 * pad, self.width), dtype=np.float32)
        for i, (words, spaces) in enumerate(texts):
            x[i, pad : pad + len(words)] = self._table[[known[key] for key in zip(words, spaces, strict=True)]]
        for layer in self._convolutions:
            seen = np.concatenate((x[:, :-2], x[:, 1:-1], x[:, 2:]), axis=2)
            # numpy multiplies the texts of a stack one by one.
            after = layer.after((seen @ layer.weights).reshape(seen.shape[0] * seen.shape[1], -1))
            x = x[:, 1:-1] + after.reshape(seen.shape[0], seen.shape[1], -1)
        return [x[i, : len(words)].copy() for i, (words, _) in enumerate(texts)]

    def _learn(self, keys: Sequence[tuple[str, bool]]) -> None:
        """Add the embeddings of words not yet in the table."""
        known = self._number
        fresh = [key for key in dict.fromkeys(keys) if key not in known]
        if fresh:
            first = len(known)
            if first + len(fresh) > len(self._table):
                room = np.zeros((2 * (first + len(fresh)), self.width), dtype=np.float32)
                room[:first] = self._table[:first]
                self._table = room
            self._table[first : first + len(fresh)] = self._embeddings(fresh)
            known.update((key, first + i) for i, key in enumerate(fresh))

    def _embeddings(self, keys: Sequence[tuple[str, bool]]) -> np.ndarray:
        """What each word looks like to the model, (n, width)."""
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=[w for w, _ in keys], spaces=[s for _, s in keys])
        columns = np.asarray(doc.to_array(self._columns), dtype=np.uint64)
        parts = []
        for node in self._hashes:
            table = node.get_param("E")
            ids = np.ascontiguousarray(columns[:, node.attrs["column"]])
            rows = node.ops.hash(ids, node.attrs["seed"]) % table.shape[0]
            parts.append(node.ops.gather_add(table, rows))
        # BLIS, unlike OpenBLAS, gives a row the same bits whatever other rows are multiplied with it.
        return self._embed.after(self._hashes[0].ops.gemm(np.hstack(parts), self._embed.weights))


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep numpy's OpenBLAS to one thread; nothing is changed where numpy was built with another library."""
    calls = _thread_calls()
    before = calls[0]() if calls else 1
    if before == 1:
        yield
        return
    calls[1](1)
    try:
        yield
    finally:
        calls[1](before)


_CALLS: list[tuple[Any, ...]] = []


def _thread_calls() -> tuple[Any, ...]:
    """The functions of numpy's OpenBLAS that get and set the number of threads, empty where it has none."""
    if not _CALLS:
        # The module that numpy's own matrix products are in: its symbols and those of the library it was built with.
        library = ctypes.CDLL(importlib.import_module("numpy._core._multiarray_umath").__file__)
        found: tuple[Any, ...] = ()
        for name in ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads"):
            try:
                found = getattr(library, name.format("get")), getattr(library, name.format("set"))
                break
            except AttributeError:
                continue
        _CALLS.append(found)
    return _CALLS[0]
