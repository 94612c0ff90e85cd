"""From mentions to sources.

A mention is read by itself first (see `reader`), which can be remembered; then it is settled in
its article, where a surname is somebody and "the ministry" is one. Nothing is guessed: what no
rule decides stays unresolved, what two sources could be stays ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article
from claimtrack.model.source import Resolution, Source
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import Assertion, Channel, ResolvedHow, SourceKind, SourceType
from claimtrack.sources.acting import bodies
from claimtrack.sources.anonymity import reason
from claimtrack.sources.facts import facts
from claimtrack.sources.introduction import Reads, introduction
from claimtrack.sources.kinship import Kinship, narrow, of_kind
from claimtrack.sources.lexicon import Meaning, Role
from claimtrack.sources.made import make_group, make_outlet, make_person, make_scoped
from claimtrack.sources.mention import words
from claimtrack.sources.nearby import ANYTHING, Nearby, tags_of_noun
from claimtrack.sources.patterns import DATA, offices, patterns
from claimtrack.sources.pointing import Place, Pointing
from claimtrack.sources.reader import Reader
from claimtrack.sources.reading import NOTHING, Reading, Shape
from claimtrack.sources.registry import OF_OFFICE, Registry
from claimtrack.sources.resolved import Resolved
from claimtrack.sources.scene import Mention, Person, Scene, Wanted
from claimtrack.sources.setting import Setting
from claimtrack.sources.table import Post, Row
from claimtrack.text.remembered import Remembered

_REMEMBERED = 20_000
"""Mentions that are remembered; then all are forgotten and it begins anew."""

_ISSUED = frozenset({Channel.STATEMENT, Channel.DOCUMENT, Channel.REPORT})
"""Channels of what can be called a statement."""

_NAMED_WITHIN = 80
"""Code points of a sentence from a description on in which the name of whom it describes stands."""

_LONGEST_NAME = 4

_CONFIDENCE = {
    ResolvedHow.EXACT: 1.0,
    ResolvedHow.ALIAS: 0.95,
    ResolvedHow.COMPOSED: 0.9,
    ResolvedHow.UNNAMED: 0.9,
    ResolvedHow.PERSON: 0.8,
    ResolvedHow.ANTECEDENT: 0.7,
    ResolvedHow.SETTING: 0.6,
    ResolvedHow.NEW: 0.5,
    ResolvedHow.AMBIGUOUS: 0.0,
    ResolvedHow.UNRESOLVED: 0.0,
}


class _Told(NamedTuple):
    """What one attribution tells of its source: the mention, and the one it stands for."""

    at: int
    earlier: int | None
    mention: Reading
    antecedent: Reading
    span: Span | None
    relayed: bool
    issued: bool
    posted: bool
    viewed: bool
    said: str


class Resolver:
    """Resolves mentions against a registry; make one and keep it, it remembers what it read."""

    def __init__(self, registry: Registry, packs: Packs = SHIPPED) -> None:
        """Take a registry; its extra tables are read for what their names say."""
        self._readers: dict[str, Reader] = {}
        self._readings: dict[tuple[str, str], Reading] = {}
        self._settled: dict[tuple[str, str, str, str | None], Resolution] = {}
        self._packs = packs
        self._registry = registry
        if equivalents := self._equivalents():
            self._registry = registry.with_equivalents(equivalents)
            self._readers.clear()
        self._kinship = Kinship(self._registry)
        self._pointing = Pointing(self._registry, self._kinship, self._read, self._person_of)
        self._tags = Remembered(self._tags_of).__getitem__

    def resolve(self, article: Article, extraction: Extraction, scope: str) -> Resolved:
        """Return an extraction with the source of every attribution, and those sources.

        Args:
            article: The article the spans are of.
            extraction: Attributions; an empty source is that of its antecedent.
            scope: What tells this article's unnamed sources from those of others.

        Returns:
            The extraction; an attribution that nothing resolves keeps no source_id.
        """
        told = self._acting(
            article, {each.key: self._told(article, each) for each in extraction.attributions}
        )
        place = Place(
            article.lang,
            scope,
            Scene(),
            Setting.of(article, self._reader(article.lang)),
            self._near(article.text, article.lang),
            outlet=article.outlet,
            url=article.url,
        )
        self._meet(place, article.text, told.values())
        found: dict[str, Resolution] = {}
        via = {each.key: each.via for each in extraction.attributions}
        ours = self._reader(article.lang).is_ours  # of who speaks, and may be named behind it
        for key, each in sorted(
            told.items(), key=lambda item: (ours(item[1].mention.name), item[1].at)
        ):
            outer = found.get(via[key] or "")
            relayer = outer.source if outer else None
            here = place._replace(at=each.at, earlier=each.earlier, relayer=relayer)
            settled = self._settle(each.mention, each.antecedent, here)
            found[key] = self._reasoned(self._regarded(settled, each, here), each, article)
            self._note(here, found[key], each)
        attributions = tuple(_with(each, found[each.key]) for each in extraction.attributions)
        named = (found[each.key].source for each in extraction.attributions)
        return Resolved(
            extraction=extraction.model_copy(update={"attributions": attributions}),
            sources=self._with_parents(source for source in named if source),
            resolutions=found,
        )

    def mention(
        self, text: str, lang: str, *, scope: str, antecedent: str | None = None
    ) -> Resolution:
        """Return what a single mention is resolved to.

        Args:
            text: The mention; may be empty when there is an antecedent.
            lang: The language around it.
            scope: What tells this article's unnamed sources from those of others.
            antecedent: The earlier mention that it stands for.
        """
        asked = (lang, text, scope, antecedent)
        if known := self._settled.get(asked):
            return known
        setting = Setting("", self._reader(lang))
        nowhere = Place(lang, scope, Scene(), setting, self._near("", lang))
        earlier = self._read(antecedent, lang) if antecedent else NOTHING
        found = self._settle(self._read(text, lang), earlier, nowhere)
        if len(self._settled) >= _REMEMBERED:
            self._settled.clear()
        self._settled[asked] = found
        return found

    # --- reading

    def _read(self, text: str, lang: str) -> Reading:
        if (lang, text) not in self._readings:
            if len(self._readings) >= _REMEMBERED:
                self._readings.clear()
            self._readings[lang, text] = self._reader(lang).read(text)
        return self._readings[lang, text]

    def _near(self, text: str, lang: str) -> Nearby:
        read, begun = partial(self._read, lang=lang), partial(self._callable, lang=lang)
        return Nearby(text, self._reader(lang), read, begun)

    def _callable(self, words: Sequence[str], lang: str) -> frozenset[str]:
        """Return what sources can be called whose names may begin in some folded words."""
        return frozenset[str]().union(*map(self._tags, self._reader(lang).begun(words)))

    def _tags_of(self, meaning: Meaning) -> frozenset[str]:
        if meaning.role is Role.SOURCE and not meaning.value:
            return ANYTHING
        source = self._registry.get(meaning.value) if meaning.role is Role.SOURCE else None
        return self._kinship.tags(source) if source else tags_of_noun(meaning)

    def _reader(self, lang: str) -> Reader:
        if lang not in self._readers:
            self._readers[lang] = Reader(lang, facts(lang, self._packs), self._registry)
        return self._readers[lang]

    def _equivalents(self) -> dict[str, str]:
        """Return the bodies that rows of extra tables are by the words of their names."""
        found: dict[str, str] = {}
        extra = [row for row in self._registry.rows.values() if not row.file.startswith(str(DATA))]
        bodies = [row for row in extra if row.kind in (SourceKind.BODY, SourceKind.EMBASSY)]
        for code in available() if bodies else ():
            reader = self._reader(code)
            for row in bodies:
                for name in row.names.get(code, ()):
                    if key := reader.composed(name):
                        found.setdefault(key, row.key)
        return {key: row for key, row in found.items() if self._registry.canonical(key) != row}

    def _reasoned(self, found: Resolution, told: _Told, article: Article) -> Resolution:
        """Return a resolution whose unnamed source says why it is not named, where that is told."""
        source = found.source
        if not source or source.kind is not SourceKind.UNNAMED or not told.span or source.reason:
            return found
        known = facts(article.lang, self._packs)
        why = reason(article.text, *told.span, known)
        if not why:
            return found
        return found.model_copy(update={"source": source.model_copy(update={"reason": why})})

    def _regarded(self, found: Resolution, told: _Told, place: Place) -> Resolution:
        """Return a resolution whose unnamed source has the type that its place tells.

        So has the same one where the article goes on.
        """
        source = found.source
        if source is None or source.kind is not SourceKind.UNNAMED:
            return found
        kind = self._type_there(source, told, place)
        known = place.scene.regarded(source.key)
        if kind is not source.type:
            known = known or source.model_copy(update={"type": kind})
            place.scene.regard(known)
        return found.model_copy(update={"source": known, "type": known.type}) if known else found

    def _type_there(self, source: Source, told: _Told, place: Place) -> SourceType:
        """Return the type of an unnamed source as its place tells it.

        Somebody who posted something is a user of such media, "others" are more of whom the
        article cited before, "our information" is of whoever speaks of it, and who only holds a
        view is no witness of what is told.
        """
        reader, noun = self._reader(place.lang), told.mention.noun
        if source.type is SourceType.ANONYMOUS:
            before = place.scene.unnamed(place.at) if reader.says_more(noun) else None
            if before and before.type is not SourceType.OTHER:
                return before.type
            posted = told.posted and reader.says_nothing(noun)
            return SourceType.SOCIAL_MEDIA_USER if posted else source.type
        if place.relayer and reader.is_ours(told.mention.name):
            return place.relayer.type
        viewed = source.type is SourceType.WITNESS and told.viewed
        return SourceType.ANONYMOUS if viewed else source.type

    def _told(self, article: Article, attribution: Attribution) -> _Told:
        spans = attribution.source or attribution.antecedent or attribution.content
        return _Told(
            at=spans[0].start,
            earlier=attribution.antecedent[0].start if attribution.antecedent else None,
            mention=self._read_spans(article, attribution.source),
            antecedent=self._read_spans(article, attribution.antecedent),
            span=attribution.source[-1] if attribution.source else None,
            relayed=attribution.via is not None,
            issued=attribution.channel in _ISSUED,
            posted=attribution.channel is Channel.TWEET_OR_POST,
            viewed=attribution.assertion is Assertion.OPINION,
            said=attribution.content[0].of(article.text),
        )

    def _acting(self, article: Article, told: dict[str, _Told]) -> dict[str, _Told]:
        """Return mentions, those of a name that is an organisation's by what it says as its own."""
        mentions = ((each.mention, each.said) for each in told.values())
        reader = self._reader(article.lang)
        before = article.text[: min((each.at for each in told.values()), default=0)]
        found = bodies(mentions, reader.acts, partial(reader.names_another, before))
        return {
            key: each._replace(
                mention=found.get(each.mention.tokens, each.mention),
                antecedent=found.get(each.antecedent.tokens, each.antecedent),
            )
            for key, each in told.items()
        }

    def _read_spans(self, article: Article, spans: Spans) -> Reading:
        text = " ".join(span.of(article.text) for span in spans)
        if spans and spans[0].start:
            before = article.text[spans[0].start - 1]
            text = self._reader(article.lang).uncontracted(before, text)
        return self._read(text, article.lang) if text else NOTHING

    # --- the article

    def _meet(self, place: Place, text: str, told: Iterable[_Told]) -> None:
        """Find the persons of an article: those with the fullest names and descriptions first."""
        known = list(told)
        readings = {
            reading: None
            for each in known
            for reading in (each.mention, each.antecedent)
            if reading.shape in (Shape.PERSON, Shape.KNOWN)
        }
        for each in known:
            source = self._registry.get(each.mention.key) if each.mention.key else None
            if each.mention.shape is Shape.UNNAMED and not each.mention.definite:
                described = self._reader(place.lang).tokens(each.mention.name)
                place.scene.describe(each.mention.noun, frozenset(described))
            if source:
                tags = self._kinship.tags(source)
                noun, how = each.mention.noun, (each.relayed, each.issued)
                place.scene.note(Mention(each.at, source, tags, noun, *how))
        reads = Reads(partial(self._read, lang=place.lang), self._reader(place.lang).telling)
        for reading in tuple(readings):
            if reading.shape is Shape.PERSON and not (reading.post or reading.parent):
                told_there = introduction(text, reading, reads)
                readings |= {told_there: None} if told_there else {}
        for reading in sorted(readings, key=_fullness, reverse=True):
            if reading.shape is Shape.KNOWN:
                self._meet_known(place, reading)
            elif not place.scene.persons(reading.tokens):
                source = self._person_of(reading, place)
                office = frozenset({reading.post}) - {""}
                now = frozenset[str]() if reading.former else office
                posts = self._posts(source, place) | now
                former = office if reading.former else frozenset[str]()
                place.scene.meet(Person(reading.tokens, source, posts, reading.noun, former))

    def _person_of(self, reading: Reading, place: Place) -> Source:
        """Return the person whom a reading means: of the registry, else a new one."""
        if known := self._bearer(reading, place):
            return known
        whole = self._with_body(reading, place)
        return make_person(whole, place.lang, place.scope, self._registry)

    def _meet_known(self, place: Place, reading: Reading) -> None:
        source = self._registry.get(reading.key)
        if source and source.kind is SourceKind.PERSON:
            for name in source.names:
                if name.lang == place.lang:
                    tokens = self._reader(place.lang).tokens(name.text)
                    place.scene.meet(Person(tokens, source, self._posts(source, place)))

    def _with_body(self, reading: Reading, place: Place) -> Reading:
        """Return a person's reading with the body that "the ministry" in it stands for, if one.

        That is the one the article cites, else that of the state it is of or about.
        """
        if not reading.tags or reading.parent:
            return reading
        body = place.scene.only(Wanted(narrow(reading.tags)))
        body = body or self._pointing.of_setting(reading, place)
        if body is None or body.kind is SourceKind.PERSON:
            return reading
        return reading._replace(parent=body.key, type=body.type)

    def _posts(self, source: Source, place: Place) -> frozenset[str]:
        """Return the offices of a person that may be held when the article appears."""
        row = self._registry.rows.get(source.key)
        held = (post for post in row.posts if post.held(place.setting.day)) if row else ()
        return frozenset(self._registry.canonical(post.key) or "" for post in held)

    def _note(self, place: Place, found: Resolution, told: _Told) -> None:
        source = found.source
        if source and told.mention.shape is not Shape.KNOWN:  # which were noted at the beginning
            noun = told.mention.noun or told.antecedent.noun
            tags = self._kinship.tags(source)
            if office := told.mention.office or told.antecedent.office:
                tags |= {office}
            how = (told.relayed, told.issued)
            place.scene.note(Mention(place.at, source, tags, noun, *how))

    # --- settling

    def _settle(self, reading: Reading, antecedent: Reading, place: Place) -> Resolution:
        if reading.shape is Shape.NOTHING:
            if antecedent.shape is Shape.NOTHING:
                return _none(SourceType.OTHER)
            return self._through(antecedent, place)
        points_back = reading.shape is Shape.ANAPHOR or (
            reading.shape is Shape.UNNAMED and reading.definite
        )
        lone = reading.shape is Shape.PERSON and len(reading.tokens) == 1 and not reading.parent
        if antecedent.shape is not Shape.NOTHING and (points_back or lone):
            found = self._through(antecedent, place)
            if found.source and (body := self._pointing.body_of(reading, found.source)):
                return _found(body, found.how)  # "the observatory", whose head was named
            if found.source:
                return _typed(self._in_office(reading, found), reading)
        return self._by_itself(reading, place)

    def _through(self, antecedent: Reading, place: Place) -> Resolution:
        """Resolve the mention that another stands for."""
        there = place if place.earlier is None else place._replace(at=place.earlier)
        found = self._by_itself(antecedent, there)
        if found.source is None:
            return found
        how = ResolvedHow.ANTECEDENT
        return found.model_copy(update={"how": how, "confidence": _CONFIDENCE[how]})

    def _in_office(self, reading: Reading, found: Resolution) -> Resolution:
        """Return the office that a mention tells in the body that it points back to."""
        body = found.source
        if not reading.office or body is None or body.kind is SourceKind.PERSON:
            return found
        source = self._registry.get(f"{body.key}{OF_OFFICE}{reading.office}")
        return _found(source, found.how) if source else found

    def _by_itself(self, reading: Reading, place: Place) -> Resolution:
        if reading.shape is Shape.GROUP:
            return self._group(reading)
        if reading.shape is Shape.OWN:
            return self._own(place)
        settle = {
            Shape.KNOWN: self._known,
            Shape.PERSON: self._person,
            Shape.UNNAMED: self._unnamed,
            Shape.ANAPHOR: self._anaphor,
        }.get(reading.shape, self._new)
        return settle(reading, place)

    def _known(self, reading: Reading, place: Place) -> Resolution:
        if reading.tokens and (bearers := place.scene.persons(reading.tokens)):
            return _found(bearers[0], ResolvedHow.ANTECEDENT)  # a surname, after all
        if reading.former and self._registry.is_post(reading.key):
            return self._former(reading, place)
        if holder := place.scene.holder(reading.key) or self._pointing.holder(reading.key, place):
            return _found(holder, ResolvedHow.ANTECEDENT)
        source = self._registry.get(reading.key)
        return _found(source, reading.how) if source else self._new(reading, place)

    def _former(self, reading: Reading, place: Place) -> Resolution:
        """Return who once held an office, if the article names just one; else nobody by name."""
        held = self._registry.held(reading.key)
        again = {row.key for row, each in held if each.until is None}  # who holds it anew
        ended = (row.key for row, each in held if each.ended(place.setting.day))
        keys = [key for key in dict.fromkeys(ended) if place.setting.day or key not in again]
        if known := place.scene.former(reading.key) or self._pointing.named(keys, place):
            return _found(known, ResolvedHow.ANTECEDENT)
        kind, sort = SourceKind.UNNAMED, SourceType.ANONYMOUS
        return self._new(reading._replace(kind=kind, type=sort), place)

    def _bearer(self, reading: Reading, place: Place) -> Source | None:
        """Return the person of the registry whom a name and its description mean, or None.

        A name that is only a part, or that others bear too, needs a description that fits, or the
        full name elsewhere in the article.
        """
        reader = self._reader(place.lang)
        rows = [self._registry.rows[key] for key in reader.bearers(reading.tokens)]
        fitting = [row.key for row in rows if self._fits(row, reading, place)]
        if len(fitting) == 1:
            return self._registry.get(fitting[0])
        in_office = () if rows else self._in_the_office(reading, place)
        alike = reader.alike(reading.tokens, in_office)
        if len(alike) == 1:
            return self._registry.get(alike[0])
        open_ones = () if reading.post or reading.parent or reading.country else rows
        return self._pointing.named([row.key for row in open_ones], place)

    def _in_the_office(self, reading: Reading, place: Place) -> Sequence[str]:
        """Return who holds the office that a person is said to hold, by the registry."""
        office = f"{reading.parent}{OF_OFFICE}{reading.office}" if reading.office else ""
        post = reading.post or (office if reading.parent and reading.speaks else "")
        held = self._registry.held(post) if post else ()
        fitting = (row for row, each in held if _then(each, reading, place.setting.day))
        return tuple(dict.fromkeys(row.key for row in fitting))

    def _fits(self, row: Row, reading: Reading, place: Place) -> bool:
        """Tell whether a description is that of a person: the office, its body, or its state."""
        registry = self._registry
        held = [post for post in row.posts if _then(post, reading, place.setting.day)]
        offices = {registry.canonical(post.key) for post in held}
        if reading.post:
            return registry.canonical(reading.post) in offices
        bodies = {registry.body_of(post.key) for post in held}
        if reading.parent and reading.speaks:
            return registry.canonical(reading.parent) in bodies
        return False

    def _group(self, reading: Reading) -> Resolution:
        known = [source for key in reading.keys if (source := self._registry.get(key))]
        members = list({source.key: source for source in known}.values())
        if len(members) == 1:
            return _found(members[0], reading.how)
        return _found(make_group(members, reading.type), reading.how)

    def _person(self, reading: Reading, place: Place) -> Resolution:
        found = place.scene.persons(reading.tokens)
        if len(found) > 1:
            return _none(reading.type, [source.key for source in found])
        if found:
            whole = len(reading.tokens) > 1 or reading.parent or reading.post
            return _found(found[0], ResolvedHow.PERSON if whole else ResolvedHow.ANTECEDENT)
        if known := self._bearer(reading, place):
            return _found(known, ResolvedHow.PERSON)
        source = make_person(reading, place.lang, place.scope, self._registry)
        how = ResolvedHow.PERSON if source.relations else ResolvedHow.NEW
        return _found(source, how)

    def _unnamed(self, reading: Reading, place: Place) -> Resolution:
        if reading.tokens and len(bearers := place.scene.persons(reading.tokens)) == 1:
            return _found(bearers[0], ResolvedHow.ANTECEDENT)  # "Smith's statement"
        wanted = Wanted(reading.tags, noun=reading.noun) if reading.definite else Wanted()
        earlier = place.scene.before(place.at, wanted)
        earlier = earlier or (self._pointing.nearby(reading, place) if reading.definite else None)
        if earlier is None and reading.definite and self._reader(place.lang).cites(reading.noun):
            earlier = place.scene.last(place.at)
        named = None if reading.definite else place.scene.called(reading.noun)
        if named and place.nearby.text.find(named.name) > place.at:
            earlier = named  # "a journalist", whom the article names further on
        earlier = earlier or (None if reading.definite else self._named_next(place))
        if earlier:
            return _found(earlier, ResolvedHow.ANTECEDENT)
        source = make_scoped(reading, place.lang, place.scope, self._registry)
        return _found(source, ResolvedHow.UNNAMED)

    def _named_beside(self, reading: Reading, place: Place) -> Source | None:
        """Return the known person whose name the text has right after a title or an office."""
        end = place.at + len(reading.name)
        posts = (patterns()[tag].office for tag in reading.tags if tag in patterns())
        held = of_kind(SourceKind.PERSON) in reading.tags or not reading.tags.isdisjoint(offices())
        titled = reading.office or held or any(posts)
        if not titled or place.nearby.text[place.at : end] != reading.name:
            return None
        said = words(place.nearby.rest_of(end, _NAMED_WITHIN))
        pieces = self._reader(place.lang).pieces(said)
        named = next((piece for piece in pieces[:2] if piece.role is not Role.TITLE), None)
        person = self._registry.get(named.value) if named and named.role is Role.SOURCE else None
        return person if person and person.kind is SourceKind.PERSON else None

    def _named_next(self, place: Place) -> Source | None:
        """Return the person whose name follows a description: "a woman named …", or None."""
        reader = self._reader(place.lang)
        said = words(place.nearby.rest_of(place.at, _NAMED_WITHIN))
        leads = (at for at, word in enumerate(said) if reader.names_next(word))
        for at in leads:
            for start in (at + 1, at + 2):  # a title may stand between
                for end in range(start + _LONGEST_NAME, start, -1):
                    found = place.scene.bearers(reader.normal(said[start:end]))
                    if len(found) == 1:
                        return found[0]
        return None

    def _anaphor(self, reading: Reading, place: Place) -> Resolution:
        if reading.both:
            return self._both(reading, place)
        if beside := self._named_beside(reading, place):
            return _found(beside, ResolvedHow.PERSON)
        if named := self._pointing.meant(reading, place):
            return self._in_office(reading, _found(named, ResolvedHow.ANTECEDENT))
        if meant := self._pointing.of_setting(reading, place):
            return self._in_office(reading, _found(meant, ResolvedHow.SETTING))
        if reading.creates:
            return self._new(reading, place)
        return _none(reading.type, reading.keys)

    def _both(self, reading: Reading, place: Place) -> Resolution:
        if reading.tags:
            keys = place.nearby.two_before(place.at, self._pointing.fits(reading))
        else:
            keys = place.nearby.both_before(place.at)
        sources = [source for key in keys if (source := self._registry.get(key))]
        if len(sources) < 2:
            return _none(SourceType.OTHER if reading.tags else SourceType.GOVERNMENT)
        types = {source.type for source in sources}
        kind = types.pop() if len(types) == 1 else SourceType.OTHER
        return _found(make_group(sources, kind), ResolvedHow.ANTECEDENT)

    def _own(self, place: Place) -> Resolution:
        if source := self._pointing.outlet(place):
            return _found(source, ResolvedHow.ANTECEDENT)
        if not place.outlet:
            return _none(SourceType.NEWS_OUTLET)
        return _found(make_outlet(place.outlet, place.lang), ResolvedHow.ANTECEDENT)

    def _new(self, reading: Reading, place: Place) -> Resolution:
        source = make_scoped(reading, place.lang, place.scope, self._registry)
        named = reading.kind is not SourceKind.UNNAMED
        return _found(source, ResolvedHow.NEW if named else ResolvedHow.UNNAMED)

    def _with_parents(self, sources: Iterable[Source]) -> tuple[Source, ...]:
        """Return sources, each once, with the parents that their relations name."""
        found: dict[str, Source] = {}
        waiting = list(sources)
        while waiting:
            source = waiting.pop(0)
            if source.reason and source.key in found:
                found[source.key] = source  # it is stated once, and holds for every mention
            if source.key not in found:
                found[source.key] = source
                parents = (self._registry.get(relation.parent) for relation in source.relations)
                waiting += [parent for parent in parents if parent]
        return tuple(found.values())


def _then(post: Post, reading: Reading, day: date | None) -> bool:
    """Tell whether an office was held on a day, or, where it is a former one, no longer."""
    return post.ended(day) if reading.former else post.held(day)


def _fullness(reading: Reading) -> tuple[int, int, int, str]:
    """Order readings of persons: known ones, then by how much they tell."""
    known = 0 if reading.shape is Shape.PERSON else 99
    typed = reading.type is not SourceType.OTHER
    told = 4 * bool(reading.post) + 2 * bool(reading.parent) + typed
    return known + len(reading.tokens), told, -len(reading.name), reading.name


def _found(source: Source, how: ResolvedHow) -> Resolution:
    return Resolution(source=source, how=how, confidence=_CONFIDENCE[how], type=source.type)


def _typed(found: Resolution, reading: Reading) -> Resolution:
    """Return a resolution whose type the mention itself tells where its source's is not known."""
    if found.type is not SourceType.OTHER:
        return found
    return found.model_copy(update={"type": reading.type})


def _none(kind: SourceType, candidates: Sequence[str] = ()) -> Resolution:
    """Return that nothing was decided: ambiguous between candidates, or unresolved."""
    how = ResolvedHow.AMBIGUOUS if len(candidates) > 1 else ResolvedHow.UNRESOLVED
    return Resolution(
        source=None, how=how, confidence=_CONFIDENCE[how], type=kind, candidates=tuple(candidates)
    )


def _with(attribution: Attribution, found: Resolution) -> Attribution:
    source = found.source
    return attribution.model_copy(
        update={
            "source_id": source.id if source else None,
            "source_name": source.name if source else None,
            "source_type": found.type,
        }
    )
