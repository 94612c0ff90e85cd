"""Thirty claims for every format: each kind of relay, a denial, a circle, what is missing, malice.

Everything is put in by hand, so that what is expected can be counted here.
"""

from __future__ import annotations

from claimtrack.model.capture import Capture, Response
from claimtrack.model.document import StatedTime
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    ClaimRelationKind,
    Kind,
    Modality,
    RelayKind,
    RelayStrength,
    Stance,
    Verdict,
)
from claimtrack.review import corrections
from claimtrack.store import Store, captures, linking, log, read
from claimtrack.store.content import claim_id
from claimtrack.store.grades import Grade, Review
from claimtrack.store.linking import OWN_VOICE, Between, Handed, Outer
from tests.match.stories import AGENCY, AT, CHAIN, MINISTRY, TAX, Story, Told, said_by, story

FORMULA = "=cmd|' /C calc'!A0"
NASTY = '\u202eإن \x1b[31m<script>alert(1)</script>\r\n& \x07 \\N "]}|{%% $x$ كل شيء بخير\ufffe'
LONG = "كلمة " * 900

CLAIMS = 30
RUN = Run(tool="by-hand", version="2")
BY = log.By("amal", AT)
REVIEWER = "Desk of Qamaria"

DENIAL = story(
    f"قالت وكالة أنباء قمرية إن {TAX} حقا. ونفت وزارة المالية القمرية ذلك قائلة إن الضريبة باقية.",
    Told(f"{TAX} حقا", "وكالة أنباء قمرية", "قالت", said_by(AGENCY, kind=Kind.DIRECT)),
    Told(
        "الضريبة باقية",
        "وزارة المالية القمرية",
        "نفت",
        said_by(MINISTRY, responds_to="1", assertion=Assertion.DENY, modality=Modality.DENIED),
    ),
    url="https://site-d.example/denial",
)
ANONYMOUS = story(
    "أفيد بأن الجسر أغلق ليلا.", Told("الجسر أغلق ليلا", "", "أفيد"), published=StatedTime()
)
VIDEO = story(
    "A video of the agency shows that the harbour burns.",
    Told(
        "the harbour burns",
        "the agency",
        "shows",
        said_by(AGENCY, channel=Channel.VIDEO_OR_IMAGE, stance=Stance.DISTANCING),
    ),
    lang="en",
    url="https://site-e.example/video?a=1&b=%22",
    outlet="Site E",
)
RUSSIAN = story(
    "Министерство сообщило, что налог снизят вдвое.",
    Told("налог снизят вдвое", "Министерство", "сообщило", said_by(MINISTRY)),
    lang="ru",
    outlet="Сайт Ё",
    url="https://site-ru.example/nalog",
)
HOSTILE = story(
    f"{FORMULA} قال: {NASTY}.",
    Told(NASTY, FORMULA, "قال"),
    outlet='+Outlet "<&>',
    url='https://site-h.example/?a=1&b="2"<x>',
)
ENDLESS = story(f"قال الوزير إن {LONG}انتهى.", Told(f"{LONG}انتهى", "الوزير", "قال"))
CIRCLE = tuple(
    story(
        f"Site {name} says that the mill {name} closed, as {other} wrote.",
        Told(f"the mill {name} closed", f"Site {name}", "says"),
        lang="en",
        outlet=f"Site {name}",
        url=f"https://{name}.example/mill",
    )
    for name, other in (("x", "z"), ("y", "x"), ("z", "y"))
)
RAIN = tuple(
    story(
        f"قالت وزارة المالية القمرية إن مطرا رقم {number} نزل. وقال شاهد إن الطريق {number} مغلق.",
        Told(f"مطرا رقم {number} نزل", "وزارة المالية القمرية", "قالت", said_by(MINISTRY)),
        Told(f"الطريق {number} مغلق", "شاهد", "قال"),
        outlet=None,
        url=f"https://site-r.example/{number}",
    )
    for number in range(1, 10)
)
OWN = story(
    "The mill is open, as everyone can see.",
    Told("The mill is open", "", "", said_by(pattern=OWN_VOICE)),
    lang="en",
    outlet=REVIEWER,
    url="https://desk.example/mill",
)
NO_LANGUAGE = story("شاهد: لا أحد هنا", Told("لا أحد هنا", "شاهد"), lang="und", outlet="")
STORIES: tuple[Story, ...] = (
    *(CHAIN, DENIAL, ANONYMOUS, VIDEO, RUSSIAN, HOSTILE, ENDLESS),
    *CIRCLE,
    *RAIN,
    *(OWN, NO_LANGUAGE),
)


def build(store: Store) -> None:
    """Fill a store."""
    for one in STORIES:
        one.add(store)
    _relate(store)
    _judge(store)
    _review(store)
    _fetch(store)


def _review(store: Store) -> None:
    """Mark an article as read to its end, and accept one report of another."""
    corrections.complete(store, CHAIN.version.id, by="amal", at=BY.at)
    corrections.accept(store, reports(store, RUSSIAN)[0], by="amal", at=BY.at)


def reports(store: Store, one: Story) -> list[str]:
    """Return the ids of a story's reports, in reading order."""
    return [each.id for each in read.version_attributions(store.connection, one.version.id)]


def _relate(store: Store) -> None:
    relayer, relayed = reports(store, CHAIN)
    said, denied = reports(store, DENIAL)
    (russian,), (video,) = reports(store, RUSSIAN), reports(store, VIDEO)
    x, y, z = (reports(store, one)[0] for one in CIRCLE)
    first, second = reports(store, RAIN[0])[0], reports(store, RAIN[1])[0]
    handed = [
        Handed(russian, relayed, RelayKind.TRANSLATES, RelayStrength.SIMILARITY, "the same"),
        Handed(said, relayed, RelayKind.QUOTES, RelayStrength.QUOTATION, '«quotes» & "cites"'),
        Handed(second, first, RelayKind.REPRINTS, RelayStrength.REPRINT, "0.97 alike"),
        # beside the answer, so that two edges lie between the same nodes
        Handed(denied, said, RelayKind.RELAYS, RelayStrength.STATED, "ذلك"),
        *(
            Handed(*pair, RelayKind.RELAYS, RelayStrength.LINK, "links to it")
            for pair in ((x, y), (y, z), (z, x))
        ),
    ]
    linking.put_relays(store.connection, handed, RUN, BY)
    outer = [
        Outer(video, AGENCY.id, None, "its video"),
        Outer(relayer, None, "https://gone.example/a?b=1&c=2", "links to it"),
    ]
    linking.put_outer_relays(store.connection, outer, RUN, BY)
    between = (claim_id(relayed), claim_id(denied))
    relations = [
        (ClaimRelationKind.NEGATES, Between(*between, 0.9, "باقية")),
        (ClaimRelationKind.DENIES_AUTHORSHIP, Between(*reversed(between), 0.5, "denies it")),
        (
            ClaimRelationKind.NUMBER_CONFLICT,
            Between(claim_id(first), claim_id(reports(store, RAIN[2])[0]), 0.9, "1 / 3"),
        ),
    ]
    linking.put_relations(store.connection, relations, RUN, BY)


def _judge(store: Store) -> None:
    relayer, relayed = map(claim_id, reports(store, CHAIN))
    (russian,) = map(claim_id, reports(store, RUSSIAN))
    (hostile,) = map(claim_id, reports(store, HOSTILE))
    (anonymous,) = map(claim_id, reports(store, ANONYMOUS))
    (video,) = map(claim_id, reports(store, VIDEO))
    for pair, verdict in (
        ((relayer, relayed), Verdict.POSITIVE),
        ((relayed, russian), Verdict.POSITIVE),
        ((relayed, hostile), Verdict.NEGATIVE),
    ):
        store.judge(*pair, verdict, evidence="read", run=None, user="amal", at=AT)
    (own,) = map(claim_id, reports(store, OWN))
    said, _ = map(claim_id, reports(store, DENIAL))
    page = "https://desk.example/reviews/"
    for review, user in (
        (Review(relayed, "truth", "false", "The law says otherwise.", f"{page}tax"), REVIEWER),
        (Review(relayed, "truth", "نصف الحقيقة", "القانون يقول غير ذلك.", f"{page}tax-2"), "amal"),
        (Review(video, "truth", "missing context", "Another harbour.", f"{page}video"), REVIEWER),
        (Review(video, "media", "Decontextualized content", "", f"{page}media"), REVIEWER),
        (Review(relayed, "truth", "true", "We said so.", f"{page}own"), MINISTRY.names[0].text),
        (Review(russian, "truth", "ложь", "Нет.", f"{page}nalog"), "Редакция"),
        (Review(anonymous, "desk's <own>", "true", "Seen & noted."), REVIEWER),
        (Review(hostile, "truth", NASTY, NASTY, f'{page}"<x>'), f"{FORMULA}!"),
        (Review(said, "truth", "true", "It was said.", f"{page}saying"), REVIEWER),
        (Review(own, "truth", "true", "Seen.", f"{page}own-mill"), REVIEWER),
    ):
        store.assess(review, user=user, at=AT)
    store.grade(Grade(MINISTRY.id, "B", "Mostly right."), origins=0, user="amal", at=AT)
    store.grade(Grade(relayed, "4", "One origin."), origins=1, user="amal", at=AT)


def _fetch(store: Store) -> None:
    answer = Response(
        url="https://site-c.example/1", at=AT, status=200, reason="OK", body=bytes(range(256))
    )
    capture = Capture(response=answer, tool="tests/1")
    version = CHAIN.version
    with store.transaction():
        captures.put(store.connection, capture, log.By("amal", AT), document_id=version.document_id)
    store.tie(capture, (version.document_id, version.sha256), at=AT, user="amal")
