"""Telegram Desktop's JSON export of a channel or of a whole account: one report a post."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from whoholds.errors import ReportError, UnreadableReport
from whoholds.model import Report, SetAside
from whoholds.read.common import Options, build, decode
from whoholds.read.days import day_of
from whoholds.read.feed import aside
from whoholds.read.keep import TextBuilder

_MESSAGES = re.compile(r'"messages"\s*:\s*\[\s*')
_NAME = re.compile(r'"name"\s*:\s*("(?:[^"\\]|\\.)*")')
_NUMBER = re.compile(r'"id"\s*:\s*(-?\d+)')
_BETWEEN = re.compile(r"\s*,?\s*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)")


def read_telegram(data: bytes, *, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """The posts of an export, in its order; service notes and posts without words are left out.

    Raises
    ------
    UnreadableReport
        Not UTF-8.
    """
    source, _ = decode(data, origin)
    decoder = json.JSONDecoder()
    at = 0
    while found := _MESSAGES.search(source, at):
        head = source[at : found.start()]
        names, numbers = _NAME.findall(head), _NUMBER.findall(head)
        outlet = f"Telegram: {json.loads(names[-1], strict=False)}" if names else ""
        channel = numbers[-1] if numbers else "channel"
        at = found.end()
        while at < len(source) and source[at] != "]":
            try:
                message, end = decoder.raw_decode(source, at)
            except (ValueError, RecursionError):
                yield aside(origin, UnreadableReport(
                    f"{origin} is broken JSON from character {at} on.",
                    remedy="Export the channel again; the posts before that are read.",
                ))  # fmt: skip
                return
            if isinstance(message, dict) and message.get("type") == "message" and _pieces(message):
                where = f"{origin}: post {message.get('id')}"
                try:
                    yield _post(message, source[at:end], outlet, channel, origin=where, options=options)
                except ReportError as error:
                    yield aside(where, error)
            separator = _BETWEEN.match(source, end)
            at = separator.end() if separator else end
        if at >= len(source):
            ends = UnreadableReport(
                f"{origin} ends in the middle.", remedy="Export the channel again; its first posts are read."
            )
            yield aside(origin, ends)


def _pieces(message: dict[str, Any]) -> list[str]:
    """The text as the stretches it was styled in."""
    text = message.get("text")
    every = text if isinstance(text, list) else [text]
    pieces = [piece.get("text") if isinstance(piece, dict) else piece for piece in every]
    kept = [piece for piece in pieces if isinstance(piece, str) and piece]
    return kept if "".join(kept).strip() else []


def _post(
    message: dict[str, Any], original: str, outlet: str, channel: str, *, origin: str, options: Options
) -> Report:
    """One post; its day is the one printed, its instant the export's Unix time."""
    from datetime import UTC, datetime

    builder = TextBuilder()
    cursor = original.find('"text"') + len('"text"')
    for piece in _pieces(message):
        cursor = _copy(builder, original, piece, cursor)
    text, segments = builder.build()
    stamp = str(message.get("date_unixtime") or "")
    local = str(message.get("date") or "")
    printed = datetime.fromtimestamp(int(stamp), UTC).isoformat() if re.fullmatch(r"\d{1,10}", stamp) else local
    return build(
        original=original.encode("utf-8", "surrogatepass"), format="telegram", text=_clean(text), origin=origin,
        options=options, id=f"tg-{channel}-{message.get('id')}", outlet=outlet, author=message.get("author"),
        day=day_of(local), published_text=printed, segments=segments,
    )  # fmt: skip


def _clean(text: str) -> str:
    """Half a surrogate pair cannot be written down: it becomes the replacement character, one for one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _copy(builder: TextBuilder, original: str, piece: str, cursor: int) -> int:
    """Copy a stretch out of the JSON string that holds it, through its escapes; the place after that string."""
    for found in _STRING.finditer(original, cursor):
        if json.loads(found[0], strict=False) != piece:
            continue
        at, byte = found.start() + 1, len(original[: found.start() + 1].encode("utf-8", "surrogatepass"))
        for escape in _ESCAPED.finditer(original, at, found.end() - 1):
            plain = original[at : escape.start()]
            builder.copy(plain, byte)
            byte += len(plain.encode())
            builder.copy(json.loads(f'"{escape[0]}"'), byte, byte + len(escape[0]))
            byte += len(escape[0])
            at = escape.end()
        builder.copy(original[at : found.end() - 1], byte)
        return found.end()
    builder.put(piece)
    return cursor
