"""Whom an outlet cites, an article that cites the outlet has through it, and from nowhere else."""

from __future__ import annotations

from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import load
from claimtrack.store import Store, reports
from tests.match.stories import Told, said_by, story
from tests.match.test_linker import HERALD, add, linked

SOLD = "it had sold no villa in Lisarna to anybody of that name"
OWN = story(
    f"The firm Almond Coast said {SOLD}.",
    Told(SOLD, "The firm Almond Coast", "said", said_by()),
    outlet="The Badrun Herald",
    lang="en",
    url="https://badrunherald.example/1",
)
CITING = story(
    f"The Badrun Herald quoted the seller as saying {SOLD}.",
    Told(f"the seller as saying {SOLD}", "The Badrun Herald", "quoted", said_by(HERALD)),
    Told(SOLD, "the seller", "saying", said_by(via="1")),
    outlet="Naba",
    lang="en",
    url="https://naba.example/1",
)


def test_a_source_that_is_called_otherwise_is_no_second_origin(store: Store) -> None:
    own, citing = add(store, OWN, CITING)
    linked(store)
    (first,) = reports.of_document(store.connection, own)
    told = reports.of_document(store.connection, citing)
    across = {
        (edge.child, edge.parent)
        for edge in reports.edges(store.connection, [one.id for one in told])
        if edge.parent == first.id
    }
    assert across == {(one.id, first.id) for one in told}
    assert origins(load(store.connection, first.claim_id)).origins == 1
