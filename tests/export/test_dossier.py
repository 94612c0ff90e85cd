"""A dossier says all of a claim, in either language, and nothing in it is markup but ours."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from claimtrack.errors import ClaimtrackError
from claimtrack.export import Options, export, save
from claimtrack.export.dossier_check import problems
from claimtrack.export.words import words
from claimtrack.model.vocabulary import ClaimRelationKind, Verdict
from claimtrack.store import Store, dated, read
from claimtrack.store.content import claim_id
from claimtrack.store.grades import Grade, Review
from claimtrack.store.selection import Wanted
from tests.export.world import ANONYMOUS, CHAIN, CIRCLE, HOSTILE, Story, reports
from tests.match.stories import AT, MINISTRY, TAX, Told, said_by, story


def claim_of(store: Store, story: Story, place: int = 0) -> str:
    return read.attribution(store.connection, reports(store, story)[place]).claim_id


def markdown(store: Store, claim: str, lang: str = "en") -> str:
    out = io.BytesIO()
    export("dossier", store.connection, out, Wanted(claims=(claim,)), Options(lang=lang))
    return out.getvalue().decode()


def page(store: Store, claim: str, path: Path, lang: str = "en") -> lxml_html.HtmlElement:
    wanted, options = Wanted(claims=(claim,)), Options(lang=lang)
    save("dossier", store.connection, path / "claim.html", wanted, options)
    return lxml_html.document_fromstring((path / "claim.html").read_bytes())


def test_it_has_the_claim_its_origins_chain_quotations_and_verdicts(world: Store) -> None:
    text = markdown(world, claim_of(world, CHAIN, 1))
    for part in (
        TAX,
        "Independent origins: 1. Untraced ends: 0. Articles: 2.",
        "Warning: all articles lead to one origin",
        "Site C ← Qamaria News Agency ← Ministry of Finance of Qamaria",
        "Fetched: 2025-03-04T09:30:00Z",
        CHAIN.version.sha256,
        "Denied, or denies",
        "false",
        "نصف الحقيقة",
        "Place in the text, in code points: 57-96",
        "Made by: by-hand 1",
        "as of 2025-03-04 claimtrack ",
    ):
        assert part in text.replace("\\", ""), part


def test_who_cites_a_claim_tells_when_what_is_held_of_it_last_changed(tmp_path: Path) -> None:
    with Store.open(tmp_path / "some.db", create=True) as store:
        CHAIN.add(store)
        one, other = map(claim_id, reports(store, CHAIN))
        assert dated.changed(store.connection, other) == "2025-03-04T09:30:00Z"
        days = (AT + timedelta(days) for days in range(1, 5))
        store.judge(
            one, other, Verdict.POSITIVE, evidence="read", run=None, user="amal", at=next(days)
        )
        assert dated.changed(store.connection, one).startswith("2025-03-05")
        review = store.assess(Review(other, "truth", "false", ""), user="amal", at=next(days))
        assert dated.changed(store.connection, one).startswith("2025-03-06")
        store.undo(review, user="amal", at=next(days))
        assert dated.changed(store.connection, one).startswith("2025-03-07")
        grade = Grade(other, "3", "two say so")
        store.grade(grade, origins=1, user="amal", at=next(days))
        assert dated.changed(store.connection, one).startswith("2025-03-08")
        assert "as of 2025-03-08" in markdown(store, one).replace("\\", "")


def test_a_circle_has_no_traceable_origin(world: Store) -> None:
    assert "Warning: no article leads to a traceable origin" in markdown(
        world, claim_of(world, CIRCLE[0])
    )


def test_what_is_unknown_is_called_so(world: Store) -> None:
    text = markdown(world, claim_of(world, ANONYMOUS))
    assert "Source: nobody named" in text
    assert "Date, as stated: unknown" in text


def test_an_arabic_page_runs_from_right_to_left_and_words_keep_their_own(
    world: Store, tmp_path: Path
) -> None:
    found = page(world, claim_of(world, CHAIN, 1), tmp_path, "ar")
    assert (found.get("lang"), found.get("dir")) == ("ar", "rtl")
    assert "مصادر أصلية مستقلة: 1" in found.text_content()
    assert {each.get("lang") for each in found.iter("bdi")} >= {"ar", "ru", None}
    quotes = [each.get("dir") for each in found.iter("blockquote")]
    assert sorted(quotes) == ["ltr", "rtl", "rtl"]
    # an arrow leads to who has it, whichever way the line runs
    assert "→" in found.text_content()
    assert "←" not in found.text_content()


def test_an_arabic_page_calls_sources_and_conflicts_by_their_arabic_names(world: Store) -> None:
    text = markdown(world, claim_of(world, CHAIN, 1), "ar").replace("\\", "")
    name = "وزارة المالية القمرية"
    for part in (f"المصدر: {name}", f"مصدر أصلي مستقل: {name}", "ينفيه أو ينفي سواه"):
        assert part in re.sub("[\u2066-\u2069]", "", text), part
    assert MINISTRY.name not in text
    assert MINISTRY.name in markdown(world, claim_of(world, CHAIN, 1))


def test_every_way_that_claims_stand_to_each_other_has_words() -> None:
    for known in words().values():
        assert known.keys() >= {kind.value for kind in ClaimRelationKind}


def test_a_way_that_two_reports_went_is_told_once(empty: Store) -> None:
    twice = story(
        "Министерство сообщило, что налог снизят. Министерство уточнило, что налог уменьшат.",
        Told("налог снизят", "Министерство", "сообщило", said_by(MINISTRY)),
        Told("налог уменьшат", "Министерство", "уточнило", said_by(MINISTRY)),
        lang="ru",
    )
    twice.add(empty)
    first, second = (claim_of(empty, twice, place) for place in (0, 1))
    joined = Verdict.POSITIVE
    empty.judge(first, second, joined, evidence="same", run=None, user="amal", at=AT)
    text = markdown(empty, claim_of(empty, twice))
    assert text.count("> ") == 2
    assert text.count("- Site C ← Ministry of Finance of Qamaria\n") == 1


@pytest.mark.parametrize("lang", sorted(words()))
def test_each_language_has_every_word(lang: str) -> None:
    assert words()[lang].keys() == words()["en"].keys()


def test_hostile_words_are_words(world: Store, tmp_path: Path) -> None:
    claim = claim_of(world, HOSTILE)
    found = page(world, claim, tmp_path)
    assert "<script>alert(1)</script>" in found.text_content()
    assert not list(found.iter("script", "img", "iframe"))
    links = [link.get("href") for link in found.iter("a")]
    assert links
    assert all(link.startswith("https://") for link in links)
    shown = lxml_html.document_fromstring(MarkdownIt("commonmark").render(markdown(world, claim)))
    assert "<script>alert(1)</script>" in shown.text_content()
    assert not list(shown.iter("script"))
    assert len(list(shown.iter("h1"))) == 1


def test_the_same_database_gives_the_same_dossier(world: Store) -> None:
    claim = claim_of(world, CHAIN, 1)
    assert markdown(world, claim) == markdown(world, claim)


def test_a_language_that_it_does_not_speak_is_told(world: Store) -> None:
    with pytest.raises(ClaimtrackError, match=r"no pages in 'ru'\. There are: ar, en\."):
        markdown(world, claim_of(world, CHAIN), "ru")


BROKEN: list[tuple[str, str, str, str]] = [
    (".md", TAX, "الضريبة", "is not on the page"),
    (".md", "](<https:", "](<ftp:", "a link leads to ftp:"),
    (".html", TAX, "الضريبة", "is not on the page"),
    (".html", "</blockquote>", "", "closes nothing that is open"),
    (".html", "</body>", "<script>1</script></body>", "script is no part of a dossier"),
    (".html", "<body>", '<body onload="1">', "body has onload="),
    (".html", 'href="https:', 'href="javascript:', "a has href="),
    (".html", "</html>", "", "<html> is not closed"),
]


@pytest.mark.parametrize(("suffix", "old", "new", "message"), BROKEN)
def test_each_rule_finds_a_dossier_that_breaks_it(
    suffix: str, old: str, new: str, message: str, world: Store, tmp_path: Path
) -> None:
    options = Options(claims=(claim_of(world, CHAIN, 1),))
    path = tmp_path / f"claim{suffix}"
    save("dossier", world.connection, path, Wanted(claims=options.claims), options, check=True)
    text = path.read_text("utf-8")
    assert old in text
    found = list(problems(world.connection, text.replace(old, new).encode(), options))
    assert [one for one in found if message in one], found


@pytest.mark.parametrize("story", [HOSTILE, ANONYMOUS, CIRCLE[0]], ids=["hostile", "nobody", "z"])
@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_the_check_finds_nothing_wrong_with_any_claim(
    story: Story, suffix: str, world: Store, tmp_path: Path
) -> None:
    wanted, path = Wanted(claims=(claim_of(world, story),)), tmp_path / f"claim{suffix}"
    assert save("dossier", world.connection, path, wanted, check=True).written == 1
