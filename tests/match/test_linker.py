"""Linking everything: one claim in three languages, contradictions, and who had it from whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from claimtrack.analysis import disputes
from claimtrack.analysis.disputes import dispute
from claimtrack.analysis.findings import full_trace
from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import load
from claimtrack.match import spread
from claimtrack.match.link import link
from claimtrack.match.linker import LinkReport, link_all
from claimtrack.match.names import Means
from claimtrack.match.reprints import link_copies
from claimtrack.match.shingles import sketch
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout, StatedTime
from claimtrack.model.source import Source, SourceName
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import (
    Assertion,
    Camp,
    ClaimRelationKind,
    Precision,
    RelayStrength,
    SourceKind,
    SourceType,
    Verdict,
)
from claimtrack.store import Store, linking, log, read, relations, reports
from claimtrack.store.dump import canonical
from claimtrack.store.linking import Between
from claimtrack.store.verify import verify
from tests.kit import ROOT
from tests.match.stories import AT, RUN

MEANS = Means(registries=(ROOT / "data" / "cast.csv",))
LATER = AT + timedelta(days=1)
MONITOR = Source(
    key="sidrun-monitor",
    name="Sidrun Monitor",
    kind=SourceKind.BODY,
    type=SourceType.NGO,
    names=(SourceName(text="مرصد سدرون", lang="ar"),),
    invented=True,
)
HERALD = Source(
    key="badrun-herald",
    name="The Badrun Herald",
    kind=SourceKind.OUTLET,
    type=SourceType.NEWS_OUTLET,
    domain="badrunherald.example",
    invented=True,
)
BY_NAME = {source.name: source for source in (MONITOR, HERALD)}


def article(
    text: str,
    content: str = "",
    *,
    lang: str = "en",
    source: Source | None = None,
    cue: str = "said",
    title: str = "Shelling of the market in Badrun",
    outlet: str = "Sada Badrun",
    url: str | None = None,
    day: int = 3,
    assertion: Assertion = Assertion.ASSERT,
) -> tuple[DocumentVersion, Extraction]:
    """Return an article with one report, or with its whole text in the outlet's own voice."""
    made = Article(
        text=text,
        place="by hand",
        lang=lang,
        url=url or f"https://{sha256((text + outlet).encode()).hexdigest()[:8]}.example/1",
        title=title,
        outlet=outlet,
        published=StatedTime(
            stated=f"2025-03-{day:02}",
            utc=datetime(2025, 3, day, tzinfo=UTC),
            precision=Precision.DAY,
        ),
        layout=Layout(body=(Span(0, len(text)),)),
    )
    version = DocumentVersion.of(made, sha256(text.encode()).hexdigest())
    if not content:
        return version, Extraction(narrator=(Span(0, len(text)),))
    start = text.index(content)
    mention = text.index(source.name) if source and source.name in text else None
    told = Attribution(
        key="1",
        source=(Span(mention, mention + len(source.name)),)
        if source and mention is not None
        else (),
        cue=(Span(text.index(cue), text.index(cue) + len(cue)),) if cue in text else (),
        content=(Span(start, start + len(content)),),
        source_id=source.id if source else None,
        source_name=source.name if source else None,
        source_type=source.type if source else SourceType.OTHER,
        assertion=assertion,
    )
    return version, Extraction(attributions=(told,))


def add(store: Store, *articles: tuple[DocumentVersion, Extraction]) -> list[str]:
    """Add articles; return their documents."""
    for version, found in articles:
        store.add(version, found, (MONITOR, HERALD, ARMY), run=RUN, at=AT, user="tester")
        link(store, version.id, at=AT, user="tester")
    return [version.document_id for version, _ in articles]


def linked(store: Store, at: datetime = LATER) -> LinkReport:
    return link_all(store, at=at, user="tester", means=MEANS)


def clusters(store: Store) -> list[int]:
    """Return the sizes of claims, largest first."""
    rows = store.connection.execute(
        "SELECT count(*) FROM live_claim GROUP BY cluster_id ORDER BY 1 DESC"
    )
    return [row[0] for row in rows]


KILLED = "seven civilians were killed in the shelling of a market in Badrun"
ENGLISH = article(f"Sidrun Monitor said {KILLED}.", KILLED, source=MONITOR)
ARABIC = article(
    "قال مرصد سدرون إن سبعة مدنيين قُتلوا في قصف على سوق في بدرون.",
    "سبعة مدنيين قُتلوا في قصف على سوق في بدرون",
    lang="ar",
    source=MONITOR,
    cue="قال",
    title="قصف سوق في بدرون",
)
RUSSIAN = article(
    "При обстреле рынка в Бадруне погибли семь мирных жителей.",
    lang="ru",
    title="Обстрел рынка в Бадруне",
)
NINE = "nine civilians were killed in the shelling of a market in Badrun"
OTHER_TOLL = article(f"The ministry said {NINE}.", NINE, outlet="Naba")
DENIAL = article(
    "The army denied shelling the market in Badrun.",
    "shelling the market in Badrun",
    cue="denied",
    assertion=Assertion.DENY,
    outlet="Naba",
)
TAX = article(
    "The ministry said the tax on fuel will be halved next year.",
    "the tax on fuel will be halved next year",
    title="Fuel tax to be halved",
    outlet="Naba",
)


def test_a_claim_in_three_languages_is_one_and_own_voices_are_reports(store: Store) -> None:
    add(store, ENGLISH, ARABIC, RUSSIAN, TAX)
    report = linked(store)
    assert (report.compared, report.voices, report.joined) == (3, 1, 2)
    assert clusters(store) == [3, 1]
    assert verify(store.connection) == ()


def test_every_joining_says_why(store: Store) -> None:
    add(store, ENGLISH, ARABIC)
    linked(store)
    ((evidence, score),) = store.connection.execute("SELECT evidence, score FROM judgement")
    assert "number: “seven” and “سبعه”" in evidence
    assert 0.4 < score <= 1


def test_linking_again_changes_nothing_and_new_articles_are_compared_alone(store: Store) -> None:
    add(store, ENGLISH, ARABIC)
    linked(store)
    before = list(canonical(store.connection))
    assert linked(store, LATER + timedelta(days=1)) == LinkReport()
    assert list(canonical(store.connection)) == before
    add(store, RUSSIAN)
    assert linked(store, LATER + timedelta(days=2)).voices == 1
    assert clusters(store) == [3]


def test_narration_is_compared_once_and_is_there_for_what_comes_later(store: Store) -> None:
    closes = "Telvaria will close the Nawras crossing to lorries in June"
    add(store, article(f"{closes}.", outlet="Naba", title="Nawras crossing to close"), TAX)
    assert linked(store).voices == 0
    said = article(f"The army said {closes}.", closes, source=ARMY, title="Nawras crossing closes")
    add(store, said)
    steps: set[tuple[str, int]] = set()
    report = link_all(
        store,
        at=LATER + timedelta(days=1),
        user="tester",
        means=MEANS,
        step=lambda doing, _, of: steps.add((doing, of)),
    )
    assert ("Searching", 1) in steps
    assert (report.compared, report.voices) == (1, 1)


def test_an_article_is_about_its_title_and_beginning_each_told_once(store: Store) -> None:
    title = "Nawras crossing closes"
    add(
        store,
        article("Lorries wait at the lake.", title=title),
        article(f"{title}\n\nLorries wait.", title=title),
        article("Lorries wait.", title=""),
    )
    heads = dict(linking.heads(store.connection, (1, 2, 3), 30))
    assert heads == {
        1: "Nawras crossing closes. Lorries wait at the lake.",
        2: "Nawras crossing closes\n\nLorrie",
        3: "Lorries wait.",
    }


def test_what_was_embedded_is_not_embedded_again(store: Store) -> None:
    embedded: list[str] = []

    def counted(work: Callable[[Sequence[Any]], list[Any]], items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            embedded.extend(item if work is spread.embed_texts else ())
            yield from work([item])

    add(store, ENGLISH, ARABIC)
    link_all(store, at=LATER, user="tester", means=MEANS, spread=counted)
    assert len(embedded) == 4  # what each article reports, and its title and beginning
    embedded.clear()
    add(store, OTHER_TOLL)
    link_all(store, at=LATER + timedelta(days=1), user="tester", means=MEANS, spread=counted)
    assert len(embedded) == 2


def test_whoever_waits_is_told_how_far_joins_and_relays_are(store: Store) -> None:
    add(store, ENGLISH, ARABIC)
    steps: list[tuple[str, int, int]] = []
    link_all(store, at=LATER, user="tester", means=MEANS, step=lambda *step: steps.append(step))
    assert [one for one in steps if one[0] in {"Joining", "Finding relays"}] == [
        ("Joining", 1, 1),
        ("Finding relays", 2, 2),
    ]


def test_the_order_of_adding_makes_no_difference_to_what_is_together(
    store: Store, tmp_path: Path
) -> None:
    some = [ENGLISH, TAX, ARABIC, OTHER_TOLL]
    add(store, *some)
    linked(store)
    with Store.open(tmp_path / "other.db", create=True) as other:
        add(other, *reversed(some))
        linked(other)
        assert clusters(other) == clusters(store) == [2, 1, 1]


def test_another_toll_is_a_conflict_and_no_part_of_the_claim(store: Store) -> None:
    add(store, ENGLISH, OTHER_TOLL)
    linked(store)
    assert clusters(store) == [1, 1]
    (found,) = relations.every(store.connection)
    assert found.kind is ClaimRelationKind.NUMBER_CONFLICT
    assert "“seven” against “nine”" in found.evidence


def test_relations_are_asked_for_by_claim_and_kind(store: Store) -> None:
    add(store, ENGLISH, OTHER_TOLL)
    linked(store)
    (found,) = relations.every(store.connection)
    for claim in (found.left, found.right):
        assert relations.of_claim(store.connection, claim) == (found,)
        assert relations.of_claim(store.connection, claim, [found.kind]) == (found,)
        others = set(ClaimRelationKind) - {found.kind}
        assert relations.of_claim(store.connection, claim, others) == ()


def test_a_later_toll_is_a_difference_of_scope(store: Store) -> None:
    early = f"(10:00) {KILLED}"
    late = f"(18:00) {NINE}"
    add(
        store,
        article(f"It said {early}.", early),
        article(f"It said {late}.", late, outlet="Naba"),
    )
    linked(store)
    (found,) = relations.every(store.connection)
    assert found.kind is ClaimRelationKind.SCOPE_DIFFERENCE


def test_a_denial_is_no_report_that_it_is_so(store: Store) -> None:
    shelled = "the army shelled the market in Badrun"
    add(store, article(f"He said {shelled}.", shelled), DENIAL)
    linked(store)
    for (cluster,) in store.connection.execute("SELECT DISTINCT cluster_id FROM live_claim"):
        assert origins(load(store.connection, cluster)).reports <= 1


def test_a_negative_judgement_blocks_and_is_counted(store: Store) -> None:
    add(store, ENGLISH, ARABIC)
    left, right = (row[0] for row in store.connection.execute("SELECT id FROM claim"))
    store.judge(
        left, right, Verdict.NEGATIVE, evidence="another market", run=None, user="amal", at=AT
    )
    report = linked(store)
    assert (report.joined, report.blocked) == (0, 1)
    assert clusters(store) == [1, 1]


def test_what_was_undone_is_not_joined_again(store: Store) -> None:
    add(store, ENGLISH, ARABIC)
    linked(store)
    ((made,),) = store.connection.execute("SELECT id FROM judgement")
    store.undo(made, user="amal", at=LATER)
    assert clusters(store) == [1, 1]
    store.connection.execute("DELETE FROM linked")
    assert linked(store, LATER + timedelta(days=1)).joined == 0
    assert clusters(store) == [1, 1]


def test_a_report_of_an_outlet_is_joined_to_its_own_article(store: Store) -> None:
    own = article(
        f"{KILLED.capitalize()}.", outlet="The Badrun Herald", url="https://badrunherald.example/7"
    )
    told = f"The Badrun Herald said {KILLED}."
    citing = article(told, KILLED, source=HERALD, day=4)
    first, second = add(store, own, citing)
    linked(store)
    (report,) = reports.of_document(store.connection, second)
    (edge,) = reports.edges(store.connection, [report.id])
    (parent,) = reports.of_document(store.connection, first)
    assert (edge.parent, edge.strength) == (parent.id, RelayStrength.STATED)


def test_an_outlet_of_which_nothing_is_held_is_kept_as_an_unknown_parent(store: Store) -> None:
    (document,) = add(store, article(f"The Badrun Herald said {KILLED}.", KILLED, source=HERALD))
    assert linked(store).outer == 1
    (report,) = reports.of_document(store.connection, document)
    assert report.outside == (HERALD.id,)


def test_a_later_copy_of_a_sentence_is_a_relay_by_similarity_and_adds_no_origin(
    store: Store,
) -> None:
    copy = article(f"It is known that {KILLED} at dawn.", outlet="Naba", day=5)
    _, second = add(store, ENGLISH, copy)
    assert linked(store).relays == 1
    (report,) = reports.of_document(store.connection, second)
    (edge,) = reports.edges(store.connection, [report.id])
    assert edge.strength is RelayStrength.SIMILARITY
    assert origins(load(store.connection, report.claim_id)).triple == (1, 0, 2)


def test_an_outlets_own_words_of_the_same_day_are_those_of_who_credits_somebody(
    store: Store,
) -> None:
    uncredited = article(f"It is known that {KILLED} at dawn.", outlet="Naba")
    _, second = add(store, ENGLISH, uncredited)
    assert linked(store).relays == 1
    (report,) = reports.of_document(store.connection, second)
    (edge,) = reports.edges(store.connection, [report.id])
    assert edge.child == report.id
    assert "which was first is not known" in (edge.evidence or "")
    assert origins(load(store.connection, report.claim_id)).triple == (1, 0, 2)


REST = " ".join(f"Line {number} tells of the day in street {number}." for number in range(30))
SWAPPED = "seven civilians in Badrun died when guns shelled the market there"


def copied(store: Store, *articles: tuple[DocumentVersion, Extraction]) -> list[str]:
    """Add articles as `add` does, with the search for copies; return their documents."""
    documents = add(store, *articles)
    for version, _ in articles:
        link_copies(store, version.id, sketch(version.text), at=AT)
    return documents


@pytest.mark.parametrize(
    ("day", "child"), [(5, 1), (1, 0), (3, 1)], ids=["later", "earlier", "of the same day"]
)
def test_a_report_in_a_copy_of_an_article_was_taken_from_there(
    store: Store, day: int, child: int
) -> None:
    own = article(f"Sidrun Monitor said {KILLED}. {REST}", KILLED, source=MONITOR)
    edited = f"Sidrun Monitor said {SWAPPED}. {REST}"
    copy = article(edited, SWAPPED, source=MONITOR, outlet="Naba", day=day)
    documents = copied(store, own, copy)
    linked(store)
    (report,) = reports.of_document(store.connection, documents[child])
    (edge,) = reports.edges(store.connection, [report.id])
    (parent,) = reports.of_document(store.connection, documents[1 - child])
    assert (edge.parent, edge.strength) == (parent.id, RelayStrength.REPRINT)
    assert ("which was first is not known" in edge.evidence) is (day == 3)
    assert origins(load(store.connection, report.claim_id)).triple == (1, 0, 2)


def test_adding_copies_never_raises_origins(store: Store) -> None:
    copied(store, article(f"Sidrun Monitor said {KILLED}. {REST}", KILLED, source=MONITOR))
    for number in range(10):
        text = f"Outlet {number}: a monitor in Sidrun said {SWAPPED}. {REST}"
        copied(store, article(text, SWAPPED, outlet=f"Outlet {number}", day=4 + number))
        linked(store, LATER + timedelta(days=number))
        cluster = read.most_reported_claims(store.connection, 1)[0].id
        assert origins(load(store.connection, cluster)).triple == (1, 0, number + 2)


def test_two_articles_that_are_no_copies_keep_their_own_origins(store: Store) -> None:
    own = article(f"Sidrun Monitor said {KILLED}. {REST}", KILLED, source=MONITOR)
    other = article(f"A spokesman for the army said {SWAPPED}.", SWAPPED, outlet="Naba", day=5)
    copied(store, own, other)
    assert linked(store).relays == 0


def test_a_page_that_links_to_another_took_it_from_there(store: Store) -> None:
    own = article(f"{KILLED.capitalize()}.", url="https://sada.example/7", outlet="Sada Badrun")
    there = "seven civilians died when a market in Badrun was shelled"
    citing = article(f"It said {there}. See https://sada.example/7", there, outlet="Naba", day=4)
    _, second = add(store, own, citing)
    linked(store)
    (report,) = reports.of_document(store.connection, second)
    (edge,) = reports.edges(store.connection, [report.id])
    assert edge.strength is RelayStrength.LINK


def test_a_page_that_credits_an_agency_speaks_for_it(store: Store) -> None:
    text = f"Badrun, WANQ – {KILLED.capitalize()}."
    version, _ = article(text)
    start = text.index("Seven")
    (document,) = add(store, (version, Extraction(narrator=(Span(start, len(text)),))))
    linked(store)
    (report,) = reports.of_document(store.connection, document)
    assert (report.own_voice, report.source_name) == (True, "WANQ")
    assert origins(load(store.connection, report.claim_id)).triple == (1, 0, 1)
    assert verify(store.connection) == ()


def test_a_voice_whose_sentence_is_narration_no_more_is_retired(store: Store) -> None:
    add(store, ENGLISH, RUSSIAN)
    linked(store)
    store.reextract(
        RUSSIAN[0], Extraction(), (), run=RUN, at=LATER + timedelta(hours=1), user="tester"
    )
    linked(store, LATER + timedelta(hours=2))
    assert clusters(store) == [1]


def test_suggestions_name_both_claims_and_go_when_they_are_judged(store: Store) -> None:
    may = "seven civilians may have been killed in the shelling of a market in Badrun"
    add(store, ENGLISH, article(f"He said {may}.", may, outlet="Naba"))
    assert linked(store).suggested == 1
    (found,) = relations.suggestions(store.connection)
    assert {found.left.text, found.right.text} == {KILLED, may}
    store.judge(
        found.left.id, found.right.id, Verdict.UNSURE, evidence="", run=None, user="a", at=LATER
    )
    assert relations.suggestions(store.connection) == ()


ARMY = Source(
    key="qa-army",
    name="Armed Forces of Qamaria",
    kind=SourceKind.BODY,
    type=SourceType.MILITARY,
    invented=True,
)
BLAMED = "the Qamari army shelled the market in Badrun"
ACCUSATION = article(f"The Badrun Herald said {BLAMED}.", BLAMED, source=HERALD)


def _replied(store: Store, words: str, assertion: Assertion) -> None:
    """Link the accusation with what the army says of it."""
    reply = article(
        f"Armed Forces of Qamaria said {words}.",
        words,
        source=ARMY,
        assertion=assertion,
        outlet="Naba",
    )
    add(store, ACCUSATION, reply)
    linked(store)


def test_what_the_accused_says_of_the_same_deed_answers_the_accusation(store: Store) -> None:
    words = "the Banners of the Plain fired the shells"
    _replied(store, words, Assertion.ASSERT)
    (found,) = (
        one
        for one in relations.every(store.connection)
        if one.kind is ClaimRelationKind.RESPONDS_TO
    )
    assert read.claim(store.connection, found.left).texts[0][1] == words


def test_a_denial_of_the_accused_is_of_the_claim_that_it_denies(store: Store) -> None:
    _replied(store, "that its guns had shelled anybody", Assertion.DENY)
    clusters = store.connection.execute("SELECT DISTINCT cluster_id FROM live_attribution")
    assert len(clusters.fetchall()) == 1


def test_what_one_article_tells_as_two_claims_stays_two(store: Store) -> None:
    """A sentence that has both would join them."""
    crew = "the crew of the tanker Amberline is of eleven sailors"
    some = "seven sailors of the tanker Amberline are from Telvaria"
    both = "the crew of the tanker Amberline is of eleven sailors, seven of them from Telvaria"
    title = "The crew of the tanker Amberline"
    add(store, of_two(crew, some, title))
    add(store, article(f"The owner said {both}.", both, title=title, outlet="Sidrun Today"))
    linked(store)
    assert clusters(store) == [2, 1]


@pytest.mark.parametrize("at_once", [True, False], ids=["in one run", "in two runs"])
def test_what_one_article_may_tell_twice_is_one_claim_when_another_has_both(
    store: Store, at_once: bool
) -> None:
    fire = "firemen fought the fire at the depot until morning"
    night = "the depot at Karvensk burned all night"
    both = "the depot at Karvensk burned while firemen fought the fire until morning"
    title = "Fire at the depot in Karvensk"
    add(store, of_two(night, fire, title))
    if not at_once:
        linked(store)
        assert clusters(store) == [1, 1]
    add(store, article(f"The owner said {both}.", both, title=title, outlet="Sidrun Today"))
    linked(store)
    assert clusters(store) == [3]


def of_two(first: str, second: str, title: str) -> tuple[DocumentVersion, Extraction]:
    """Return an article of which the ministry says one thing, and the monitor another."""
    one = article(f"The ministry said {first}.", first, title=title, outlet="Naba")
    other = article(f"Sidrun Monitor said {second}.", second, source=MONITOR, title=title)
    further = len(one[0].text) + 1
    (told,) = other[1].attributions
    moved = {
        role: tuple(Span(span.start + further, span.end + further) for span in getattr(told, role))
        for role in ("source", "cue", "content")
    }
    made, _ = article(f"{one[0].text}\n{other[0].text}", title=title, outlet="Naba")
    both = (*one[1].attributions, told.model_copy(update={"key": "2", **moved}))
    return made, Extraction(attributions=both)


@pytest.mark.parametrize(("name", "sizes"), [("أنسو بيلين", [2]), ("وديع الهمرش", [1, 1])])
def test_a_speaker_whom_no_table_knows_is_known_in_another_script(
    store: Store, name: str, sizes: list[int]
) -> None:
    heard = "the market in Badrun was shelled"
    blast = "الانفجار وقع في سوق بدرون"
    english, arabic = (
        Source(key=each, name=each, kind=SourceKind.PERSON, type=SourceType.OTHER)
        for each in ("Anso Belin", name)
    )
    told = (
        article(f"Anso Belin said {heard}.", heard, source=english),
        article(
            f"قال {name} إن {blast}.", blast, lang="ar", source=arabic, cue="قال", outlet="Naba"
        ),
    )
    for version, found in told:
        store.add(version, found, (english, arabic), run=RUN, at=AT, user="tester")
    linked(store)
    assert clusters(store) == sizes


def test_who_is_only_named_beside_a_deed_does_not_answer_for_it(store: Store) -> None:
    beside = "the Banners of the Plain shelled a market in Badrun that the Qamari army guards"
    told = article(f"The Badrun Herald said {beside}.", beside, source=HERALD)
    words = "the shelling was heard for an hour"
    of_army = article(f"Armed Forces of Qamaria said {words}.", words, source=ARMY, outlet="Naba")
    add(store, told, of_army)
    linked(store)
    kinds = [one.kind for one in relations.every(store.connection)]
    assert ClaimRelationKind.RESPONDS_TO not in kinds


def test_what_a_body_says_itself_is_not_laid_on_it_by_another(store: Store) -> None:
    words = "Armed Forces of Qamaria the accusations of the shelling of a market in Badrun"
    thought = article(f"{words} absurd, it said.", words, source=ARMY)
    denial = "that its guns had shelled anybody"
    denied = article(
        f"Armed Forces of Qamaria denied {denial}.",
        denial,
        source=ARMY,
        cue="denied",
        assertion=Assertion.DENY,
        outlet="Naba",
    )
    add(store, thought, denied)
    linked(store)
    kinds = [one.kind for one in relations.every(store.connection)]
    assert ClaimRelationKind.DENIES_AUTHORSHIP not in kinds


Pair = tuple[tuple[str, str], tuple[str, str]]
"""What is reported, how that is denied: each a text, and the word at which its content begins."""
DISOWNED: dict[str, Pair] = {
    "en": (
        ("The Badrun Herald said the Qamari army shelled the market in Badrun.", "the Qamari"),
        ("Armed Forces of Qamaria denied carrying out the shelling of a market.", "carrying"),
    ),
    "ar": (
        ("قالت الصحيفة إن الجيش القمري قصف السوق في بدرون.", "الجيش"),
        ("نفى الجيش القمري أن يكون قد قصف السوق.", "أن يكون"),
    ),
    "ru": (
        ("Газета сообщила, что камарийская армия обстреляла рынок в Бадруне.", "камарийская"),
        ("Вооружённые силы Камарии отрицают причастность к обстрелу рынка.", "причастность"),
    ),
}
MISQUOTED: dict[str, Pair] = {
    "en": (
        ("Armed Forces of Qamaria said the dam near the bridge is unsafe.", "the dam"),
        (
            "Armed Forces of Qamaria denied having said the dam near the bridge was unsafe.",
            "having",
        ),
    ),
    "ar": (
        ("قال الجيش القمري إن السد قرب الجسر انهار.", "السد"),
        ("نفى الجيش القمري أن يكون قد قال إن السد قرب الجسر انهار.", "أن يكون"),
    ),
    "ru": (
        ("Вооружённые силы Камарии заявили, что плотина у моста обрушилась.", "плотина"),
        (
            "Вооружённые силы Камарии отрицают, что заявляли, будто плотина у моста обрушилась.",
            "что",
        ),
    ),
}
OF_OTHERS = {
    "en": "Armed Forces of Qamaria denied that Lisarna shelled the market.",
    "ar": "نفى الجيش القمري أن تكون ليسارنا قد قصفت السوق.",
    "ru": "Вооружённые силы Камарии отрицают, что Лисарна обстреляла рынок.",
}


def from_word(text: str, word: str) -> str:
    return text[text.index(word) :].rstrip(".")


def denial(text: str, word: str, lang: str) -> tuple[DocumentVersion, Extraction]:
    content = from_word(text, word)
    return article(
        text, content, lang=lang, source=ARMY, assertion=Assertion.DENY, outlet="Naba", cue="x"
    )


def disownings(store: Store) -> list[tuple[str, str]]:
    """Return what is disowned by what, as texts."""
    rows = store.connection.execute(
        "SELECT l.text, r.text FROM live_claim_relation c"
        " JOIN claim_text l ON l.claim_id = c.left_id JOIN claim_text r ON r.claim_id = c.right_id"
        " WHERE c.kind = 'denies_authorship'"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("lang", DISOWNED)
@pytest.mark.parametrize(("source", "told"), [(HERALD, DISOWNED), (ARMY, MISQUOTED)])
def test_a_source_denies_a_deed_that_is_laid_on_it_or_words_that_are_put_to_it(
    store: Store, source: Source, told: dict[str, Pair], lang: str
) -> None:
    (reporting, reported), (denying, denied) = told[lang]
    content = from_word(reporting, reported)
    add(
        store,
        article(reporting, content, lang=lang, source=source, cue="x"),
        denial(denying, denied, lang),
    )
    linked(store)
    assert disownings(store) == [(from_word(denying, denied), content)]


@pytest.mark.parametrize("lang", DISOWNED)
def test_who_denies_a_deed_disputes_who_lays_it_on_him(store: Store, lang: str) -> None:
    (accusing, accused), (denying, denied) = DISOWNED[lang]
    add(
        store,
        article(accusing, from_word(accusing, accused), lang=lang, source=HERALD, cue="x"),
        denial(denying, denied, lang),
    )
    linked(store)
    for claim in read.latest_claims(store.connection):
        found = dispute(store.connection, load(store.connection, claim.id), claim.id)
        camps = {(side.name, side.camp) for side in found.sides}
        assert camps == {(HERALD.name, Camp.ASSERTS), (ARMY.name, Camp.DISPUTES)}
        assert found.contested


def test_claims_that_were_judged_one_are_in_conflict_no_more(store: Store) -> None:
    add(store, ENGLISH, OTHER_TOLL)
    linked(store)
    (conflict,) = relations.every(store.connection)
    store.judge(
        conflict.left,
        conflict.right,
        Verdict.POSITIVE,
        evidence="by hand",
        run=None,
        user="tester",
        at=LATER,
    )
    assert relations.every(store.connection) == ()


def test_of_two_that_answer_each_other_both_answers_are_told(store: Store) -> None:
    add(store, ENGLISH, TAX)
    one, other = (claim.id for claim in read.latest_claims(store.connection))
    answer = ClaimRelationKind.RESPONDS_TO
    found = [(answer, Between(*pair, 1, "by hand")) for pair in ((one, other), (other, one))]
    with store.transaction():
        linking.put_relations(store.connection, found, RUN, log.By("tester", LATER))
    told = relations.every(store.connection)
    assert {(each.left, each.right) for each in told} == {(one, other), (other, one)}


def test_claims_against_one_whose_sources_are_not_looked_at_are_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disputes, "MOST_AGAINST", 1)
    add(store, ENGLISH, OTHER_TOLL, TAX)
    claim, *others = (claim.id for claim in read.latest_claims(store.connection))
    conflict = ClaimRelationKind.NUMBER_CONFLICT
    found = [(conflict, Between(claim, other, 1, "by hand")) for other in others]
    with store.transaction():
        linking.put_relations(store.connection, found, RUN, log.By("tester", LATER))
    told = full_trace(store.connection, claim)
    assert told.findings.dispute.unread == 1
    assert "Claims against it whose sources were not looked at: 1" in told.as_tree()


@pytest.mark.parametrize("lang", OF_OTHERS)
def test_what_is_denied_of_another_is_no_denial_of_ones_own_deed(store: Store, lang: str) -> None:
    (accusing, accused), _ = DISOWNED[lang]
    cut = {"en": "that", "ar": "أن", "ru": "что"}[lang]
    add(
        store,
        article(accusing, from_word(accusing, accused), lang=lang, source=HERALD, cue="x"),
        denial(OF_OTHERS[lang], cut, lang),
    )
    linked(store)
    assert disownings(store) == []


def test_what_the_accused_says_of_another_matter_answers_nothing(store: Store) -> None:
    words = "the tax on fuel will be halved next year"
    reply = article(
        f"Armed Forces of Qamaria said {words}.", words, source=ARMY, title="Fuel tax to be halved"
    )
    add(store, ACCUSATION, reply)
    linked(store)
    assert relations.every(store.connection) == ()


@pytest.mark.parametrize("claims", [0, 1])
def test_nothing_to_compare_with_is_no_error(store: Store, claims: int) -> None:
    add(store, *[ENGLISH][:claims])
    assert linked(store) == LinkReport(compared=claims)
    assert len(read.latest_claims(store.connection)) == claims
