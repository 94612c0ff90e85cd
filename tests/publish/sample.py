"""A small database about the invented cast: four articles, one of them hostile."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout, StatedTime
from claimtrack.model.run import Run
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Kind,
    NameKind,
    Precision,
    SourceKind,
    SourceRelationKind,
    SourceType,
    Stance,
    Verdict,
)
from claimtrack.store import Store

AT = datetime(2024, 5, 9, 12, 0, tzinfo=UTC)
RUN = Run(tool="by-hand", version="1")


def _source(
    key: str,
    kind: SourceKind,
    type_: SourceType,
    names: dict[str, str],
    parent: tuple[SourceRelationKind, str] | None = None,
) -> Source:
    relations = (SourceRelation(kind=parent[0], parent=parent[1]),) if parent else ()
    return Source(
        key=key,
        name=names.get("en", next(iter(names.values()))),
        kind=kind,
        type=type_,
        country="XQ",
        names=tuple(
            SourceName(text=text, lang=lang, kind=NameKind.OFFICIAL) for lang, text in names.items()
        ),
        relations=relations,
        invented=True,
    )


GOVERNMENT = _source(
    "qa-government",
    SourceKind.BODY,
    SourceType.GOVERNMENT,
    {"en": "Government of Qamaria", "ar": "حكومة قمرية"},
)
MINISTRY = _source(
    "qa-mod",
    SourceKind.BODY,
    SourceType.MILITARY,
    {
        "en": "Ministry of Defence of Qamaria",
        "ar": "وزارة الدفاع القمرية",
        "ru": "Министерство обороны Камарии",
    },
    (SourceRelationKind.MEMBER_OF, "qa-government"),
)
EMBASSY = _source(
    "dr-embassy-qa",
    SourceKind.EMBASSY,
    SourceType.EMBASSY,
    {"en": "Embassy of Dravonia, Badrun", "ar": "السفارة الدرافونية في بدرون"},
)
AGENCY = _source(
    "telvar-press",
    SourceKind.AGENCY,
    SourceType.NEWS_AGENCY,
    {"en": "Telvar Press", "ar": "وكالة تيلفار برس"},
)
MONITOR = _source(
    "sidrun-monitor", SourceKind.BODY, SourceType.NGO, {"en": "Sidrun Monitor", "ar": "مرصد سدرون"}
)
MAYOR = _source(
    "qa-mayor-hamrash",
    SourceKind.PERSON,
    SourceType.OFFICIAL_PERSON,
    {"en": "Wadih al-Hamrash", "ar": "وديع الهمرش"},
)
HOSTILE = _source(
    "hostile",
    SourceKind.ACCOUNT,
    SourceType.SOCIAL_MEDIA_USER,
    {"en": '<b onmouseover="window.hacked=4">Rado</b>\u202egnp.evil'},
)

ARTICLES = Path(__file__).parent / "articles"
ARABIC = (ARTICLES / "depot-ar.txt").read_text("utf-8")
ENGLISH = (ARTICLES / "depot-en.txt").read_text("utf-8")
RUSSIAN = (ARTICLES / "depot-ru.txt").read_text("utf-8")
ATTACK = """\
</title><script>window.hacked=1</script>

Rado wrote that </mark></p><script>window.hacked=5</script> the \u202edepot\u202c is \
<img src=x onerror="window.hacked=6"> safe & sound.
"""

HOSTILE_QUERY = '"><script>window.hacked=7</script><img src=x onerror=window.hacked=8>\u202e'


def at(text: str, *words: str) -> Spans:
    """Return where each of the words stands in a text, the next one after the one before."""
    found, reached = [], 0
    for word in words:
        start = text.index(word, reached)
        reached = start + len(word)
        found.append(Span(start, reached))
    return tuple(found)


def _said(key: str, who: Source, /, **fields: Any) -> Attribution:
    known = {"source_id": who.id, "source_name": who.name, "source_type": who.type}
    return Attribution(key=key, **known, **fields)


def _day(stated: str) -> StatedTime:
    utc = datetime.fromisoformat(f"{stated}T00:00:00+00:00")
    return StatedTime(stated=stated, utc=utc, precision=Precision.DAY)


def arabic() -> tuple[Article, Extraction]:
    words = at(ARABIC, "طائرة مسيّرة أصابت مستودع وقود قرب سدرون وأوقعت اثني عشر جريحا")
    title = at(ARABIC, "اتهامات متبادلة بعد حريق مستودع الوقود في سدرون")
    body = Span(ARABIC.index("قالت وكالة"), ARABIC.index("خط سدرون.") + 9)
    article = Article(
        text=ARABIC,
        place="sada.txt",
        lang="ar",
        url="https://sada-badrun.example/2024/05/07/depot",
        title=title[0].of(ARABIC),
        outlet="صدى بدرون",
        published=_day("2024-05-07"),
        layout=Layout(
            title=title,
            outlet=at(ARABIC, "صدى بدرون"),
            body=(body,),
            boilerplate=(
                *at(
                    ARABIC, "أسعار الخضار تتراجع في أسواق بدرونانطلاق مهرجان القوارب في مرافئ سدرون"
                ),
                *at(ARABIC, "زر العودة إلى الأعلى"),
            ),
        ),
    )
    relayer = _said(
        "1",
        AGENCY,
        source=at(ARABIC, "وكالة تيلفار برس"),
        cue=at(ARABIC, "قالت"),
        content=words,
        channel=Channel.REPORT,
    )
    ministry = _said(
        "2",
        MINISTRY,
        source=at(ARABIC, "وزارة الدفاع القمرية"),
        cue=at(ARABIC, "نقلا عن"),
        content=words,
        via="1",
    )
    embassy = _said(
        "3",
        EMBASSY,
        source=at(ARABIC, "السفارة الدرافونية في بدرون"),
        cue=at(ARABIC, "كتبت", "على حد زعمها"),
        content=at(ARABIC, "«لم تعبر أي طائرة من طائراتنا الحدود»", "«وكل ما يقال غير ذلك كذب»"),
        kind=Kind.DIRECT,
        channel=Channel.TWEET_OR_POST,
        stance=Stance.DISTANCING,
        assertion=Assertion.DENY,
        responds_to="2",
    )
    narrator = at(ARABIC, "ويقع المستودع على بعد أربعة كيلومترات من خط سدرون")
    return article, Extraction(attributions=(relayer, ministry, embassy), narrator=narrator)


def english() -> tuple[Article, Extraction]:
    title = at(ENGLISH, "Twelve injured as drone hits fuel depot")
    article = Article(
        text=ENGLISH,
        place="herald.html",
        lang="en",
        url="https://badrun-herald.example/depot",
        title=title[0].of(ENGLISH),
        outlet="The Badrun Herald",
        byline="By a correspondent",
        published=_day("2024-05-08"),
        layout=Layout(title=title, body=(Span(ENGLISH.index("A drone"), len(ENGLISH) - 1),)),
    )
    ministry = _said(
        "1",
        MINISTRY,
        source=at(ENGLISH, "the Ministry of Defence of Qamaria"),
        cue=at(ENGLISH, "said"),
        content=at(ENGLISH, "A drone struck a fuel depot near Sidrun and injured twelve people"),
    )
    monitor = _said(
        "2",
        MONITOR,
        source=at(ENGLISH, "Sidrun Monitor"),
        cue=at(ENGLISH, "Sidrun Monitor", "said")[1:],
        content=at(ENGLISH, "Wadih al-Hamrash had told it that nobody was killed"),
    )
    mayor = _said(
        "3",
        MAYOR,
        source=at(ENGLISH, "Wadih al-Hamrash"),
        cue=at(ENGLISH, "had told"),
        content=at(ENGLISH, "nobody was killed"),
        channel=Channel.INTERVIEW,
        via="2",
    )
    return article, Extraction(attributions=(ministry, monitor, mayor))


def russian() -> tuple[Article, Extraction]:
    title = at(RUSSIAN, "Посольство ответило на обвинения")
    article = Article(
        text=RUSSIAN,
        place="courier.txt",
        lang="ru",
        title=title[0].of(RUSSIAN),
        outlet="Karvensk Courier",
        layout=Layout(title=title, body=(Span(RUSSIAN.index("«"), len(RUSSIAN) - 1),)),
    )
    embassy = _said(
        "1",
        EMBASSY,
        source=at(RUSSIAN, "посольство Дравонии в Бадруне"),
        cue=at(RUSSIAN, "заявило"),
        content=at(RUSSIAN, "«Ни один наш аппарат не пересекал границу»"),
        kind=Kind.DIRECT,
        assertion=Assertion.DENY,
    )
    return article, Extraction(attributions=(embassy,))


def hostile() -> tuple[Article, Extraction]:
    title = at(ATTACK, "</title><script>window.hacked=1</script>")
    article = Article(
        text=ATTACK,
        place="attack.txt",
        lang="en",
        url="javascript:window.hacked=3",
        title=title[0].of(ATTACK),
        outlet='"><script>window.hacked=2</script>\u202e',
        byline="' onmouseover='window.hacked=9",
        published=StatedTime(stated='"><script>window.hacked=10</script>'),
        layout=Layout(title=title, body=(Span(ATTACK.index("Rado"), len(ATTACK) - 1),)),
    )
    claim = _said(
        'x"><script>',
        HOSTILE,
        source=at(ATTACK, "Rado"),
        cue=at(ATTACK, "wrote"),
        content=(Span(ATTACK.index("</mark>"), len(ATTACK) - 2),),
    )
    return article, Extraction(attributions=(claim,))


def version(article: Article) -> DocumentVersion:
    """Return the document version of an article."""
    return DocumentVersion.of(article, sha256(article.text.encode()).hexdigest())


def make(path: Path) -> None:
    """Make the database: the articles, and the judgements that join their claims."""
    sources = (GOVERNMENT, MINISTRY, EMBASSY, AGENCY, MONITOR, MAYOR, HOSTILE)
    with Store.open(path, create=True) as store:
        for article, extraction in (arabic(), english(), russian(), hostile()):
            store.add(version(article), extraction, sources, run=RUN, at=AT, user="tester")
        claims = claims_of(store)
        join = {"run": None, "user": "tester", "at": AT, "evidence": "read side by side"}
        store.judge(claims["ar", 1], claims["ar", 2], Verdict.POSITIVE, **join)
        store.judge(claims["ar", 2], claims["en", 1], Verdict.POSITIVE, **join)
        store.judge(claims["ar", 3], claims["ru", 1], Verdict.POSITIVE, **join)
        store.judge(claims["en", 2], claims["en", 3], Verdict.POSITIVE, **join)


def claims_of(store: Store) -> dict[tuple[str, int], str]:
    """Return the claim each attribution began as, by language and number (the attack left out)."""
    rows = store.connection.execute(
        "SELECT v.lang, a.key, c.id FROM claim c JOIN attribution a ON a.id = c.attribution_id"
        " JOIN document_version v ON v.id = a.version_id WHERE a.key IN ('1', '2', '3')"
    )
    return {(lang, int(key)): claim for lang, key, claim in rows}
