"""Addresses: what is one, and which are one page's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest import address


@pytest.mark.parametrize(
    "text",
    ["", "naba.example", "ftp://naba.example/", "http://", "http://[bad/", "http://a.example:x/",
     "http://a.example/a b", "file:///etc/passwd", "http:///a"],
)  # fmt: skip
def test_what_is_no_address_of_the_web(text: str) -> None:
    assert not address.is_address(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://naba.example/a", "http://naba.example/a/"),
        ("https://naba.example/a", "https://www.naba.example/a#comments"),
        ("https://naba.example/a", "https://m.naba.example/a?utm_source=x&fbclid=1"),
        ("https://naba.example/a", "https://amp.naba.example/a/amp/"),
        ("https://naba.example/a?b=1&c=2", "https://naba.example/a?c=2&b=1&gclid=9"),
        ("https://naba.example/", "https://naba.example/index.html"),
        ("https://naba.example:443/a", "https://NABA.example/a"),
    ],
)
def test_variants_of_an_address_have_one_key(one: str, other: str) -> None:
    assert address.key(one) == address.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://naba.example/a", "https://naba.example/b"),
        ("https://naba.example/?id=1", "https://naba.example/?id=2"),
        ("https://naba.example/a", "https://sada.example/a"),
        ("https://naba.example/a", "https://naba.example:8080/a"),
        ("https://naba.example/A", "https://naba.example/a"),
        ("https://naba.example/camp", "https://naba.example/c"),
        ("https://m.example/a", "https://example/a"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert address.key(one) != address.key(other)


@given(st.text(max_size=60))
def test_whatever_passes_for_an_address_has_a_key(text: str) -> None:
    url = f"https://{text}"
    if address.is_address(url):
        assert address.key(url) == address.key(address.normal(url))
