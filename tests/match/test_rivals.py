"""Rival accounts: one deed laid on two bodies, by the accused or by anybody of the same days."""

from __future__ import annotations

import pytest

from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store import Store, relations
from tests.match.test_linker import ARMY, BLAMED, HERALD, MONITOR, add, article, linked

ACCUSATION = article(f"The Badrun Herald said {BLAMED}.", BLAMED, source=HERALD)
BANNERS = "the Banners of the Plain shelled the market in Badrun"


def conflicts(store: Store) -> list[str]:
    """Link, and return the evidence of what was found to conflict about who did it."""
    linked(store)
    every = relations.every(store.connection)
    return [one.evidence or "" for one in every if one.kind is ClaimRelationKind.ATTRIBUTE_CONFLICT]


def test_two_that_name_different_doers_of_one_deed_conflict(store: Store) -> None:
    other = article(f"Sidrun Monitor said {BANNERS}.", BANNERS, source=MONITOR, outlet="Naba")
    add(store, ACCUSATION, other)
    (why,) = conflicts(store)
    assert "qa-army" in why
    assert "banners-of-the-plain" in why


@pytest.mark.parametrize(
    ("lang", "text", "content", "cue"),
    [
        (
            "ar",
            "قالت القوات المسلحة القمرية إن رايات السهل فجرت المكان.",
            "رايات السهل فجرت المكان",
            "قالت",
        ),
        (
            "ru",
            "Взрыв устроили «Знамёна равнины», заявили военные.",
            "Взрыв устроили «Знамёна равнины»",
            "заявили",
        ),
    ],
)
def test_who_is_accused_and_names_another_in_any_words_conflicts(
    store: Store, lang: str, text: str, content: str, cue: str
) -> None:
    counter = article(text, content, lang=lang, source=ARMY, cue=cue, outlet="Naba")
    add(store, ACCUSATION, counter)
    assert len(conflicts(store)) == 1


APART = {
    "it is denied": article(
        f"Sidrun Monitor denied that {BANNERS}.",
        BANNERS,
        source=MONITOR,
        cue="denied",
        assertion=Assertion.DENY,
        outlet="Naba",
    ),
    "what the accused thinks of an accusation": article(
        "قالت القوات المسلحة القمرية إن اتهام رايات السهل بتفجير المكان سخيف.",
        "اتهام رايات السهل بتفجير المكان سخيف",
        lang="ar",
        source=ARMY,
        cue="قالت",
        assertion=Assertion.OPINION,
        outlet="Naba",
    ),
    "an accusation that does not tell whose it is": article(
        "وردت اتهامات رايات السهل لجارهم بتفجير السوق.",
        "رايات السهل لجارهم بتفجير السوق",
        lang="ar",
        cue="اتهامات",
        assertion=Assertion.ACCUSE,
        outlet="Naba",
    ),
    "another deed": article(
        "Sidrun Monitor said the Banners of the Plain robbed the market in Badrun.",
        "the Banners of the Plain robbed the market in Badrun",
        source=MONITOR,
        outlet="Naba",
    ),
    "of the same state": article(
        "Sidrun Monitor said Qamaria shelled the market there.",
        "Qamaria shelled the market there",
        source=MONITOR,
        outlet="Naba",
    ),
    "weeks later": article(
        f"Sidrun Monitor said {BANNERS} this time.",
        f"{BANNERS} this time",
        source=MONITOR,
        outlet="Naba",
        day=28,
        title="Badrun buries its dead",
    ),
}


@pytest.mark.parametrize("other", list(APART.values()), ids=list(APART))
def test_these_are_no_rival_accounts_of_one_deed(store: Store, other: tuple) -> None:  # type: ignore[type-arg]
    add(store, ACCUSATION, other)
    assert [why for why in conflicts(store) if "articles alike" in why and "both" not in why] == []


def test_who_denies_that_one_did_it_is_in_no_conflict_with_who_names_another(store: Store) -> None:
    add(store, ACCUSATION, APART["it is denied"])
    assert conflicts(store) == []
