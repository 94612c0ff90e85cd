"""Verdicts as ClaimReview, schema.org's markup that search engines read, for a claim's page."""

from __future__ import annotations

from typing import Any

from claimtrack.analysis.claim_file import ClaimFile
from claimtrack.publish.links import outward
from claimtrack.store.decisions import Reviewed

_MOST = 10
"""Articles and claimants that are named."""


def markup(file: ClaimFile, page: str) -> list[dict[str, Any]]:
    """Return a ClaimReview for each verdict on a claim.

    The claimants are those that its chains end in; a reviewer is never one of them, since markup
    that says so is refused. What nobody is known to claim has no markup.

    Args:
        file: The claim.
        page: The address of its page here, where a verdict was published nowhere else.
    """
    claimants = [
        name for group in file.findings.origins.groups[:_MOST] for name in group.names[:1] if name
    ]
    found = []
    for review in file.reviews:
        others = [name for name in claimants if name.casefold() != review.by.casefold()]
        if others:
            found.append(_review(review, file, others, page))
    return found


def _review(review: Reviewed, file: ClaimFile, claimants: list[str], page: str) -> dict[str, Any]:
    lang, text = file.claim.texts[0]
    articles = [address for one in file.timeline if (address := outward(one.document.url))]
    first = file.findings.first.date.iso()
    claim = {
        "@type": "Claim",
        "text": text,
        "inLanguage": lang,
        "author": [{"@type": "Organization", "name": name} for name in claimants],
        **({"datePublished": first} if first else {}),
        **(
            {"appearance": [{"@type": "CreativeWork", "url": each} for each in articles[:_MOST]]}
            if articles
            else {}
        ),
    }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": outward(review.url) or page,
        "datePublished": review.at,
        "author": {"@type": "Person", "name": review.by},
        "claimReviewed": text,
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": review.rating},
        **({"reviewBody": review.text} if review.text else {}),
    }
