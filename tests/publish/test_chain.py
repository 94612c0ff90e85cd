"""Who took it from whom: trees of relays."""

from __future__ import annotations

import pytest

from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Direction,
    Kind,
    Modality,
    RelayKind,
    SourceType,
    Stance,
)
from claimtrack.publish.chain import Chains, Link, chains
from claimtrack.store.views import AttributionView, Context, DocumentRef, RelayView

DOCUMENT = DocumentRef(
    id="d",
    version_id="v",
    title="",
    outlet=None,
    lang="en",
    direction=Direction.LTR,
    url=None,
    published=StatedTime(),
)


def _attribution(id_: str) -> AttributionView:
    return AttributionView(
        id=id_,
        claim_id="c",
        key=id_,
        document=DOCUMENT,
        source=None,
        quotes={},
        context=Context(start=0, end=0, text=""),
        kind=Kind.INDIRECT,
        channel=Channel.NONE_STATED,
        stance=Stance.NEUTRAL,
        assertion=Assertion.ASSERT,
        modality=Modality.ASSERTED,
        source_type=SourceType.OTHER,
        confidence=0.5,
        via_id=None,
        responds_to_id=None,
        run="r",
    )


def _chains(names: str, relays: str, **limits: int) -> Chains:
    """Read "A<B" as: B was taken from A."""
    pairs = [pair.split("<") for pair in relays.split()]
    found = [
        RelayView(child_id=child, parent_id=parent, kind=RelayKind.RELAYS, evidence="")
        for parent, child in pairs
    ]
    return chains([_attribution(name) for name in names], found, **limits)


def _outline(links: tuple[Link, ...]) -> str:
    return " ".join(
        link.attribution.id
        + ("*" if link.repeated else "")
        + (f"({_outline(link.takers)})" if link.takers else "")
        for link in links
    )


CASES = [
    ("", "", ""),
    ("AB", "", ""),
    ("AB", "A<B", "A(B)"),
    ("BA", "A<B", "A(B)"),
    ("ABC", "A<B B<C", "A(B(C))"),
    ("ABC", "A<C B<C", "A(C) B(C)"),
    ("ABCD", "A<B A<C B<D C<D", "A(B(D) C(D))"),
    ("ABCDE", "A<C B<C C<D", "A(C(D)) B(C*)"),
    ("ABC", "B<C C<B A<B", "A(B(C(B*)))"),
    ("AB", "A<B X<A A<Y", "A(B)"),
]


@pytest.mark.parametrize(("names", "relays", "expected"), CASES)
def test_origins_stand_on_top(names: str, relays: str, expected: str) -> None:
    found = _chains(names, relays)
    assert _outline(found.origins) == expected
    assert not found.cut


def test_reports_that_only_refer_to_each_other_have_no_origin() -> None:
    found = _chains("ABCD", "A<B B<A C<D")
    assert _outline(found.origins) == "C(D)"
    assert _outline(found.circles) == "A(B(A*))"


def test_a_circle_that_an_origin_leads_to_is_shown_once() -> None:
    assert _chains("ABC", "B<C C<B A<B").circles == ()


def test_a_circle_past_the_end_of_the_page_is_cut_and_says_so() -> None:
    found = _chains("ABCD", "A<B C<D D<C", rows=2)
    assert (_outline(found.origins), found.circles, found.cut) == ("A(B)", (), True)


def test_a_chain_deeper_than_the_page_is_cut_and_says_so() -> None:
    found = _chains("ABCD", "A<B B<C C<D", depth=2)
    assert _outline(found.origins) == "A(B(C))"
    assert found.cut


def test_a_chain_longer_than_the_page_is_cut_and_says_so() -> None:
    found = _chains("ABCD", "A<B A<C A<D", rows=3)
    assert _outline(found.origins) == "A(B C)"
    assert found.cut


def test_a_relay_keeps_what_it_says_of_itself() -> None:
    (origin,) = _chains("AB", "A<B").origins
    assert origin.relay is None
    assert origin.takers[0].relay is not None
    assert origin.takers[0].relay.kind is RelayKind.RELAYS
