"""What things are called where everything has an address of its own."""

from __future__ import annotations

import re
from urllib.parse import quote

from claimtrack.model.ids import digest

NAMESPACE = "https://claimtrack.invalid/ns#"
"""Of our own terms, the same in every export."""

BASE = "urn:claimtrack:"
"""What names begin with unless something else is asked for."""

_ODD = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]")
_SITE = re.compile("https?://[^/?#]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def iri(row_id: str, base: str = BASE) -> str:
    """Return the name of a row: "claim-1a2b" is urn:claimtrack:claim:1a2b.

    Args:
        row_id: Its id.
        base: What the name begins with; below an address (one that ends in a slash) the name is
            the address of the row's page.
    """
    kind, _, digits = row_id.partition("-")
    return f"{base}{kind}/{row_id}" if base.endswith("/") else f"{base}{kind}:{digits}"


def named(kind: str, *words: object, base: str = BASE) -> str:
    """Return the name of something that has no row, made from what it is."""
    return iri(f"{kind}-{digest(list(words))}", base)


def web(url: str | None) -> str | None:
    """Return an address of the web as every reader takes it; None for anything else."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    return _ODD.sub(lambda found: quote(found[0], errors="replace"), url)


def site(address: str | None) -> str | None:
    """Return the address of the site that an address of the web is on.

    >>> site("https://site.example/a?b=1")
    'https://site.example/'
    """
    found = _SITE.match(address or "")
    return f"{found[0]}/" if found else None


def language(code: str) -> str | None:
    """Return a language's code where readers take it; None where it is unknown or none."""
    return code if _LANGUAGE.fullmatch(code) and code != "und" else None
