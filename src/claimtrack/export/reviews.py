"""ClaimReviews of others taken in: verdicts on claims that are held in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.export.checks import told
from claimtrack.export.foreign import Record, reviews_in
from claimtrack.export.importing import Imported
from claimtrack.export.iris import web
from claimtrack.store import Store, log, read, whole
from claimtrack.store.content import instant
from claimtrack.store.grades import FALSE, TRUE, Review
from claimtrack.store.restore import Restored
from claimtrack.text.fold import fold
from claimtrack.text.shown import one_line

SCALE = "ClaimReview"
"""The scale of a rating that does not name its own."""

LONGEST = 100_000
"""Characters of a verdict's words that are taken."""

_CLAIM = re.compile(r"claim[:/](?:claim-)?([0-9a-f]{6,64})(?:#\d+)?$")
_REVIEW = re.compile(r"review[:/](?:review-)?([0-9a-f]{6,64})$")


class _UnusableError(ClaimtrackError):
    """A review that cannot be taken; the message says why, as the end of a line."""


def import_reviews(store: Store, path: Path, value: Any, *, at: datetime, user: str) -> Imported:
    """Put the ClaimReviews of a file into a database, as verdicts, wholly or not at all.

    A review is of the claim that its `@id` or `sameAs` names, as our exports write them; else of
    the one claim that is held in the very words it reviews. What fits none is left out and counted.

    Args:
        store: Where to.
        path: The file, for messages and the log.
        value: What its JSON is.
        at: When, with a zone.
        user: Who takes them in; a verdict is by who gave it, when that was.

    Raises:
        InputError: The file holds nothing that is sound; nothing was put in.
    """
    reviews = reviews_in(value)
    with store.transaction():
        restored = Restored(store.connection, log.By(user, at))
        claims, own = _claims(store), {one["id"] for one in whole.review_history(store.connection)}
        for one in reviews:
            if _named(one.get("@id")) in own:
                restored.put["review"] += 0
                continue
            try:
                restored.review(_record(store, one, claims))
            except _UnusableError as why:
                restored.left_out[f"review {why}"] += 1
            except (AttributeError, KeyError, TypeError, ValueError, ClaimtrackError) as error:
                raise InputError(str(path), told(f"is no sound ClaimReview: {error}")) from error
        restored.end(sha256(path.read_bytes()).hexdigest())
    return Imported(put=dict(restored.put), left_out=dict(restored.left_out))


def _claims(store: Store) -> dict[str, set[str]]:
    """Return the claims that are held, by the folded words of each of their wordings."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in whole.claims(store.connection):
        for text in claim["texts"]:
            found[_key(text["text"])].add(claim["cluster_id"])
    for one in read.all_attributions(store.connection, sentences=False):
        found[_key(one.words("content"))].add(one.claim_id)
    return found


def _named(name: Any) -> str | None:
    """Return the id of ours that an IRI of a verdict has."""
    found = _REVIEW.search(name) if isinstance(name, str) else None
    return f"review-{found[1]}" if found else None


def _key(text: str) -> str:
    return fold(one_line(text)).strip(' .،,؛;:!?؟"«»“”')


def _record(store: Store, one: Record, claims: dict[str, set[str]]) -> whole.Record:
    rating, author = _first(one.get("reviewRating")) or {}, _first(one.get("author"))
    if not isinstance(rating, dict):
        raise TypeError("its reviewRating is no object")
    name = _words(author.get("name") if isinstance(author, dict) else author)
    said = _words(rating.get("alternateName"))
    if not said and rating.get("ratingValue") is not None:
        best = rating.get("bestRating")
        said = f"{rating['ratingValue']}" + (f" / {best}" if best is not None else "")
    if not said:
        raise _UnusableError("without a rating")
    if not name:
        raise _UnusableError("that nobody signed")
    when = _when(one.get("datePublished"))
    given = Review(
        _claim(store, one, claims),
        _words(rating.get("name")) or SCALE,
        said,
        _words(rating.get("ratingExplanation") or one.get("reviewBody")),
        web(_words(one.get("url")) or None),
        value=_value(rating),
    )
    return {
        **given._asdict(),
        "id": given.id(name, instant(when)),
        "reviewed_by": name,
        "reviewed_at": when.isoformat(),
    }


def _value(rating: Record) -> float | None:
    """Return where a rating stands from false to true; None where its numbers do not say."""
    given = [rating.get(name) for name in ("ratingValue", "worstRating", "bestRating")]
    try:
        value, worst, best = (float(each) for each in given if each is not None)
    except (TypeError, ValueError):
        return None
    if not worst <= value <= best or worst == best:
        return None
    return round(FALSE + (TRUE - FALSE) * (value - worst) / (best - worst), 4)


def _claim(store: Store, one: Record, claims: dict[str, set[str]]) -> str:
    items = one.get("itemReviewed") or []
    listed = items if isinstance(items, list) else [items]
    known = [each for each in listed if isinstance(each, dict)]
    for each in known:
        same = each.get("sameAs")
        for name in (*(same if isinstance(same, list) else [same]), each.get("@id")):
            named = _CLAIM.search(name) if isinstance(name, str) else None
            if named:
                try:
                    return read.resolve_id(store.connection, f"claim-{named[1]}", ("claim",))[1]
                except ClaimtrackError:
                    continue
    texts = [one.get("claimReviewed"), *(each.get("text") or each.get("name") for each in known)]
    keys = {_key(_words(text)) for text in texts} - {""}
    found = set[str]().union(*(claims.get(key, set()) for key in keys))
    if not found:
        raise _UnusableError("of a claim that is not held in these words")
    if len(found) > 1:
        raise _UnusableError("whose words several claims have")
    return found.pop()


def _when(stated: Any) -> datetime:
    text = _words(stated)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise _UnusableError("without a date") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _first(value: Any) -> Any:
    """Return a value, or the first of several."""
    return next(iter(value), None) if isinstance(value, list) else value


def _words(value: Any) -> str:
    """Return a text, or the words of one with a language; empty for anything else."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    if len(value) > LONGEST:
        raise _UnusableError(f"with a text of more than {LONGEST:,} characters")
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise _UnusableError("with characters that no text has")
    return value.strip()
