"""Telegram's export of a channel or chat (result.json): each message is an article.

The file is read as it comes, since that of a large channel does not fit into memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from claimtrack.ingest.problems import NotAnArticleError

_NUMBER = re.compile(r"\d{1,20}")
_MARKS = re.compile(r'^\s*\{\s*"(?:name|about)"\s*:.*?"messages"\s*:\s*\[', re.DOTALL)
_ACCOUNT = re.compile(r'^\s*\{\s*"about"\s*:.*?"(?:chats|personal_information)"\s*:', re.DOTALL)
_CHAT = ("name", "type", "id")


def is_telegram(head: str) -> bool:
    """Tell whether a JSON text begins as Telegram's export of one chat or of all does."""
    return bool(_MARKS.match(head) or _ACCOUNT.match(head))


def messages(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield what each message is called, and its fields as a JSON line; those without words not.

    Raises:
        NotAnArticleError: The file is cut off or broken; what came before was yielded.
    """
    import ijson  # noqa: PLC0415 (few inputs need it)

    chat: dict[str, Any] = {}
    builder: Any = None
    inside = ""
    try:
        for prefix, event, value in ijson.parse(stream, use_float=True):
            if builder is not None:
                builder.event(event, value)
                if prefix == inside and event == "end_map":
                    found = _message(builder.value, chat)
                    builder = None
                    if found:
                        yield found
            elif event == "start_map" and prefix.endswith("messages.item"):
                builder, inside = ijson.ObjectBuilder(), prefix
                builder.event(event, value)
            elif event == "start_map":
                chat = {}
            elif prefix.rpartition(".")[2] in _CHAT and event in ("string", "number"):
                chat[prefix.rpartition(".")[2]] = value
    except (ijson.JSONError, ijson.IncompleteJSONError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:100]
        raise NotAnArticleError(f"cut off or broken from here on ({reason})") from None


def _message(message: Any, chat: dict[str, Any]) -> tuple[str, bytes] | None:
    text = _words(message.get("text"))
    number = str(message.get("id", ""))
    if message.get("type", "message") != "message" or not text.strip():
        return None
    name = _text(chat.get("name"))
    fields: dict[str, Any] = {"id": f"{name or 'telegram'}-{number}", "text": text}
    channel = str(chat.get("id", ""))
    if _NUMBER.fullmatch(channel) and _NUMBER.fullmatch(number):
        fields["url"] = f"https://t.me/c/{channel}/{number}"
    author = _text(message.get("from"))
    fields |= {
        "outlet": name or author,
        "byline": author if author != name else None,
        "published_at": _instant(message),
        "forwarded_from": _text(message.get("forwarded_from")),
        "edited": _text(message.get("edited")),
    }
    known = {key: value for key, value in fields.items() if value}
    return number, json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _words(text: Any) -> str:
    """Return a message's words; links and bold words in it are pieces of their own."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    return "".join(
        piece if isinstance(piece, str) else str(piece.get("text", ""))
        for piece in text
        if isinstance(piece, str | dict)
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _instant(message: dict[str, Any]) -> str | None:
    """Return when a message was sent: its Unix time, else the clock of whoever exported it."""
    seconds = str(message.get("date_unixtime", ""))
    if re.fullmatch(r"\d{1,11}", seconds):
        return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")
    return _text(message.get("date"))
