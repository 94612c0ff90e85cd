"""The sample database with something to decide: two claims that a program takes to be one."""

from __future__ import annotations

from pathlib import Path

from claimtrack.store import Store, linking, relations
from claimtrack.store.log import By
from tests.publish import sample


def make(path: Path) -> str:
    """Make the database; return the id of the pair."""
    sample.make(path)
    with Store.open(path) as store:
        claims = sample.claims_of(store)
        between = linking.Between(
            claims["ar", 1], claims["ar", 3], 0.61, "both tell of an aircraft"
        )
        with store.transaction():
            linking.put_suggestions(
                store.connection, [between], sample.RUN, By("tester", sample.AT)
            )
        return relations.suggestions(store.connection)[0].id
