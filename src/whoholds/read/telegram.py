"""Telegram Desktop's JSON export: one report a message."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from whoholds.errors import UnreadableReport
from whoholds.model import Report
from whoholds.read.days import day_of, instant_of
from whoholds.read.keep import TextBuilder, sha256_of


def read_telegram(data: bytes, *, origin: str, language: Callable[[str], str]) -> Iterator[Report]:
    """Every message with text; service notes and bare pictures are no reports.

    Raises
    ------
    UnreadableReport
        It is not such an export.
    """
    try:
        export = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport(f"{origin} is not JSON: {error}.", remedy="Export the channel again as JSON.") from None
    chats = export.get("chats", {}).get("list") if "chats" in export else [export]
    for chat in chats or []:
        for message in chat.get("messages") or []:
            text = _text(message.get("text"))
            if message.get("type", "message") == "message" and text.strip():
                yield _message(chat, message, text, origin, language)


def _message(chat: Any, message: Any, text: str, origin: str, language: Callable[[str], str], /) -> Report:
    """One message as a report."""
    raw = json.dumps(message, ensure_ascii=False, sort_keys=True).encode()
    stamp = str(message.get("date") or "")
    unix = message.get("date_unixtime")
    published = datetime.fromtimestamp(int(unix), UTC) if unix else instant_of(stamp)
    builder = TextBuilder()
    builder.copy(text, 0, len(raw))
    kept, segments = builder.build()
    return Report(
        id=f"telegram-{chat.get('id')}-{message.get('id')}", format="telegram", sha256=sha256_of(raw), text=kept,
        lang=language(text), outlet=f"Telegram: {chat.get('name') or chat.get('id')}", day=day_of(stamp),
        title=text.split("\n", 1)[0][:120], author=message.get("author") or message.get("from"),
        published=published, published_text=stamp or None, segments=segments,
        origin=f"{origin}, message {message.get('id')}", original=raw,
    )  # fmt: skip


def _text(value: Any) -> str:
    """A message's text: a string, or pieces with and without format."""
    if isinstance(value, str):
        return value
    return "".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in value or ())
