"""Addresses of pages: which are one page's, however they were shared."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
# What is added to an address to follow who clicks on it, and says nothing of the page.
_TRACKING = re.compile(
    r"(?:utm_\w+|mc_[ce]id|[a-z]{0,3}clid|igshid|ref_src|ref_url|cmpid|_ga|at_(?:campaign|medium)"
    r"|ocid|xtor|smid|amp)",
    re.IGNORECASE,
)
_HOST_VARIANT = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def is_address(text: str) -> bool:
    """Tell whether a text is an address of the web.

    >>> is_address("https://naba.example/1"), is_address("page.html"), is_address("ftp://x.example")
    (True, False, False)
    """
    if not _WEB.fullmatch(text):
        return False
    try:
        return bool(urlsplit(text).hostname) and urlsplit(text).port != 0
    except ValueError:
        return False


def has_scheme(text: str) -> bool:
    """Tell whether a text is an address of any kind, of the web or not."""
    return _SCHEME.match(text) is not None


def normal(url: str) -> str:
    """Return one spelling of an address: no fragment, no tracking, scheme and host in lower case.

    >>> normal("HTTPS://Naba.example:443/a?utm_source=x&id=7#top")
    'https://naba.example/a?id=7'

    Raises:
        ValueError: It is no address.
    """
    parts = urlsplit(url.strip())
    host = _host(url)
    if parts.port and parts.port != _PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}"
    query = parts.query
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    if len(kept) < len(pairs):
        query = urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


@lru_cache(maxsize=8192)  # more than are read ahead: each is asked for again when it is stored
def key(url: str) -> str:
    """Return what an address has in common with its variants: mobile, AMP, http, with a slash.

    >>> key("http://m.naba.example/a/amp/?utm_medium=x") == key("https://www.naba.example/a")
    True

    Raises:
        ValueError: It is no address.
    """
    parts = urlsplit(normal(url))
    path = _AMP_PATH.sub("", _INDEX.sub("/", parts.path)).rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{_HOST_VARIANT.sub('', parts.netloc)}{path}{'?' + query if query else ''}"


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host, mobile or not.

    >>> same_site("https://m.naba.example/a", "https://naba.example/b")
    True
    """
    try:
        return _HOST_VARIANT.sub("", _host(one)) == _HOST_VARIANT.sub("", _host(other))
    except ValueError:
        return False


def is_front_page(url: str) -> bool:
    """Tell whether an address is that of a whole site, which some templates call every page."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def _host(url: str) -> str:
    host = urlsplit(url.strip()).hostname
    if not host:
        raise ValueError(f"no address: {url[:200]!r}")
    return f"[{host}]" if ":" in host else host
