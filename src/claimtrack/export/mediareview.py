"""MediaReview in JSON-LD: verdicts on what was said to be seen in a video or an image.

Only a verdict that is one of MediaReview's own categories can be one: none is guessed from others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from claimtrack.export.checks import invalid
from claimtrack.export.claimreview import Verdict, verdicts
from claimtrack.export.elements import json_list
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, language
from claimtrack.export.schema_org import Record, claimant, known, work
from claimtrack.model.vocabulary import Channel
from claimtrack.store import Connection
from claimtrack.store.reports import Report

_SCHEMA = "profiles/mediareview.schema.json"
_CATEGORIES = {
    re.sub("[^a-z]", "", name.lower()): name
    for name in (
        "DecontextualizedContent",
        "EditedOrCroppedContent",
        "OriginalMediaContent",
        "SatireOrParodyContent",
        "StagedContent",
        "TransformedContent",
    )
}


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write a list of MediaReviews."""
    left_out: list[str] = []
    return json_list(out, _reviews(connection, options, left_out))._replace(
        left_out=tuple(left_out)
    )


def check(data: bytes) -> Iterable[str]:
    """Yield where reviews are not what the profile says."""
    for number, review in enumerate(json.loads(data)):
        yield from invalid(review, _SCHEMA, f"[{number}]")


def _reviews(connection: Connection, options: Options, left_out: list[str]) -> Iterator[Record]:
    # what is no ClaimReview either is told there
    for verdict in verdicts(connection, options, []):
        seen = [one for one in verdict.makers if one.channel is Channel.VIDEO_OR_IMAGE]
        if not seen:
            continue
        category = _CATEGORIES.get(re.sub("[^a-z]", "", verdict.review["rating"].lower()))
        if category:
            yield _review(connection, verdict, seen, category, options.base)
        else:
            kinds = ", ".join(_CATEGORIES.values())
            left_out.append(f"{verdict.review['id']}, whose rating is none of: {kinds}")


def _review(
    connection: Connection, verdict: Verdict, seen: Sequence[Report], category: str, base: str
) -> Record:
    kept = ("@context", "url", "datePublished", "author")
    return {
        **{name: verdict.markup[name] for name in kept},
        "@type": "MediaReview",
        "@id": f"{iri(verdict.review['id'], base)}#media",
        "mediaAuthenticityCategory": category,
        "itemReviewed": {
            "@type": "MediaReviewItem",
            "@id": f"{iri(seen[0].claim_id, base)}#media",
            "mediaItemAppearance": [
                known(
                    {
                        "@type": "MediaObject",
                        "description": one.text,
                        "inLanguage": language(one.lang),
                        "creator": claimant(connection, one, base),
                        "associatedArticle": work(connection, one, base),
                    }
                )
                for one in seen
            ],
        },
    }


FORM = Form(
    "Verdicts on videos and images as schema.org MediaReviews in JSON-LD.",
    ".jsonld",
    write,
    things="verdicts on videos or images",
    check=check,
)
