"""The outlet that a text means by a name that no registry knows, and the relay that follows."""

from __future__ import annotations

import pytest

from claimtrack.match.link import link
from claimtrack.match.mastheads import Mastheads
from claimtrack.match.names import SHIPPED_MEANS
from claimtrack.model.source import Source, SourceName
from claimtrack.model.vocabulary import SourceKind, SourceType
from claimtrack.store import Store
from claimtrack.store.mastheads import Called
from tests.match.stories import AT, RUN
from tests.match.test_linker import KILLED, add, article, linked

HELD = [
    ("The Marsh Gazette", "en"),
    ("Harvest Wire", "en"),
    ("Озёрный вестник", "ru"),
    ("صدى الهضبة", "ar"),
]


@pytest.mark.parametrize(
    ("name", "kind", "lang", "wanted"),
    [
        ("Marsh Gazette", "outlet", "en", "The Marsh Gazette"),
        ("the Marsh Gazette newspaper", "outlet", "en", "The Marsh Gazette"),
        ("صحيفة «مارش غازيت»", "outlet", "ar", "The Marsh Gazette"),
        ("وكالة هارفست واير", "agency", "ar", "Harvest Wire"),
        ("агентство «Харвест вайр»", "agency", "ru", "Harvest Wire"),
        ("издания «Озёрный вестник»", "outlet", "ru", "Озёрный вестник"),
        ("Озёрного вестника", "body", "ru", "Озёрный вестник"),
        ("موقع صدى الهضبة", "outlet", "ar", "صدى الهضبة"),
        ("صدى الهضبة", "person", "ar", "صدى الهضبة"),  # whatever it was taken for
        ("Gazette", "outlet", "en", None),
        ("Озёрная служба", "body", "ru", None),
        ("مارش غازيت", "person", "ar", None),  # a person may be called alike
        ("وكالة هارفست", "agency", "ar", None),
    ],
)
def test_a_name_means_the_outlet_it_is_declined_or_transliterated_from(
    name: str, kind: str, lang: str, wanted: str | None
) -> None:
    held = Mastheads(HELD, SHIPPED_MEANS)
    assert held.meant(Called("source-1", name, kind, lang)) == wanted


WIRE = Source(
    key="agency|article|وكاله هارفست واير",
    name="وكالة هارفست واير",
    kind=SourceKind.AGENCY,
    type=SourceType.NEWS_AGENCY,
    names=(SourceName(text="وكالة هارفست واير", lang="ar"),),
)


def test_who_cites_an_outlet_in_another_script_has_it_from_its_article(store: Store) -> None:
    own = article(f"Two officials said {KILLED}.", KILLED, outlet="Harvest Wire", day=3)
    citing = article(
        "ذكرت وكالة هارفست واير أن سبعة مدنيين قُتلوا في قصف على سوق في بدرون.",
        "سبعة مدنيين قُتلوا في قصف على سوق في بدرون",
        lang="ar",
        source=WIRE,
        cue="ذكرت",
        title="قصف سوق في بدرون",
        day=4,
    )
    add(store, own)
    version, found = citing
    store.add(version, found, (WIRE,), run=RUN, at=AT, user="tester")
    link(store, version.id, at=AT, user="tester")
    assert linked(store).relays == 1
