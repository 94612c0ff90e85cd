"""Reading a phrase by the noun that says what it is.

A post makes the words beside it a person, "source" makes whatever follows a description, a ministry
needs a state. Each such noun has a method here. No word and no language is named: words come from
the lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from claimtrack.model.vocabulary import ResolvedHow, SourceKind, SourceType
from claimtrack.sources.about import About, Knowledge
from claimtrack.sources.facts import Facts
from claimtrack.sources.kinship import of_kind
from claimtrack.sources.lexicon import STATES, Lexicon, Piece, Role
from claimtrack.sources.mention import Gap, Word, words
from claimtrack.sources.patterns import heads, offices, patterns
from claimtrack.sources.people import Calling, People
from claimtrack.sources.phrase import (
    AWAY,
    BODIES,
    Pieces,
    as_word,
    head,
    of_several,
    runs,
    whose,
    zone,
)
from claimtrack.sources.reading import Reading, Shape
from claimtrack.sources.registry import MEDIA, OF_BODY, OF_OFFICE
from claimtrack.text.fold import fold

_STEM = 3
"""Letters before an ending that tells that a word means people."""

_PRESS = frozenset({SourceType.NEWS_OUTLET, SourceType.NEWS_AGENCY})
_SUBJECTS = frozenset({Role.SOURCE, Role.STATE, Role.CAPITAL, Role.BODY})
_OTHERS = frozenset({Role.SOURCE, Role.BODY, Role.HEAD, Role.UNNAMED, Role.COLLECTIVE})
"""Who may speak together with a body."""
_OF_PAPERS = frozenset({Role.WORD, Role.OFFICIAL, Role.STATEMENT, Role.EVIDENCE})
"""What says of a document what it is about, and not who issued it."""

_STATE_MEDIA = "state-media"
_VOICES = frozenset({SourceType.NEWS_OUTLET, SourceType.SOCIAL_MEDIA_USER})
_FACTIONS = frozenset({SourceType.ARMED_GROUP, SourceType.POLITICAL_PARTY})
"""Types of those that some media are only the voice of."""


class Nouns:
    """Reads phrases by the noun that says what they are, each role of a noun in its own way."""

    def __init__(
        self, known_words: Facts, lexicon: Lexicon, known: Knowledge, people: People
    ) -> None:
        """Work with a language's facts and lexicon, and what the registry knows."""
        self._facts = known_words
        self._lexicon = lexicon
        self._known = known
        self._people = people
        self._within = frozenset(map(fold, known_words.links.get("in", ())))
        clitics = known_words.clitics.items()
        self._and = tuple(clitic for clitic, link in clitics if link == "and")
        self._staff = {
            lexicon.bare(words(noun)[-1]): frozenset({group})
            for group, nouns in known_words.staff.items()
            for noun in nouns
        }
        self._persons = tuple(
            (fold(ending), kind)
            for kind, endings in known_words.persons.items()
            for ending in endings
        )
        self._agreeing = tuple(map(fold, known_words.agreeing))
        self._signers = lexicon.nouns(known_words.signers)
        self._treaties = lexicon.nouns(known_words.treaties)
        self._claims = lexicon.nouns(known_words.claims)
        self._findings = lexicon.nouns(known_words.findings)
        self._articles = bool(known_words.article or known_words.article_words)
        self._by_role: Mapping[Role, Callable[[Pieces, Piece], Reading]] = {
            Role.SOURCE: self._source,
            Role.STATE: self._state,
            Role.CAPITAL: self._state,
            Role.DEMONYM: self._state,
            Role.POST: self._post,
            Role.BODY: self._body,
            Role.OFFICE: self._office,
            Role.COLLECTIVE: self._collective,
            Role.UNNAMED: self._unnamed,
            Role.EVIDENCE: self._stand_in,
            Role.STATEMENT: self._stand_in,
            Role.REPORTER: self._reporter,
            Role.TITLE: self._title,
            Role.HEAD: self._organisation,
            Role.WEAK: self._weak,
            Role.WORD: self._plain,
        }

    def segment(self, segment: Pieces) -> Reading:
        """Read a phrase by the noun that says what it is."""
        piece = head(segment, last=self._facts.head_last)
        group = self._group(segment) if piece.role in _SUBJECTS else None
        group = group or self._with_others(segment, piece)
        return group or self._by_role.get(piece.role, self._other)(segment, piece)

    def _group(self, segment: Pieces) -> Reading | None:
        """Read several known sources that stand together: "Syria and Russia"."""
        cuts = [
            at
            for at, piece in enumerate(segment)
            if at and piece.link == "and" and piece.role in _SUBJECTS
        ]
        if not cuts:
            return None
        ends = zip([0, *cuts], [*cuts, len(segment)], strict=True)
        found = [self.segment(segment[start:end]) for start, end in ends]
        if any(reading.shape is not Shape.KNOWN for reading in found):
            return None
        first = patterns().get(segment[0].value) if segment[0].role is Role.BODY else None
        media = first is not None and first.kind is SourceKind.COLLECTIVE
        if media and all(segment[cut].role in STATES for cut in cuts):
            return None  # "state media in Syria and Russia"
        types = {reading.type for reading in found}
        kind = types.pop() if len(types) == 1 else SourceType.OTHER
        keys = tuple(dict.fromkeys(reading.key for reading in found))
        return Reading(Shape.GROUP, kind, ResolvedHow.COMPOSED, keys=keys)

    def _with_others(self, segment: Pieces, piece: Piece) -> Reading | None:
        """Read "the police and the doctors": no body of a state alone, but all who are named.

        What only completes a body's name is joined to none that bears an article throughout.
        """
        bears = self._lexicon.bears_article
        whole = piece.role is Role.BODY and piece is segment[0] and all(map(bears, piece.words))
        others = (p for p in segment[1:] if p.link == "and" and p.role in _OTHERS)
        if not (self._facts.article and whole and any(others)):
            return None
        return self._without_name(segment, piece, patterns()[piece.value].type)._replace(
            definite=False
        )

    # --- people without a name

    def _post(self, segment: Pieces, piece: Piece) -> Reading:
        pattern = patterns()[piece.value]
        key, found = self._known.body(pattern, segment)
        if key:
            return self.as_known(key, ResolvedHow.COMPOSED)
        tag = f"{found.owner}{OF_BODY}{pattern.key}" if found.owner else pattern.key
        return self._anaphor(pattern.type, [tag], creates=bool(found.owner), country=found.owner)

    def _office(self, segment: Pieces, piece: Piece) -> Reading:
        office, about = offices()[piece.value], self._in_branch(segment, piece)
        kind = office.type or about.type or SourceType.OTHER
        if not office.speaks:
            of_it = about.type and self._completes(segment, piece)
            kind = SourceType.ANONYMOUS if office.anonymous and not of_it else kind
            found = self._without_name(segment, piece, kind)
            alone = found.definite and len(segment) == 1
            return found._replace(tags=frozenset({office.key})) if alone else found
        of_a_state = about.key in self._known.registry.polities
        if of_a_state and any(other.role is Role.WORD for other in segment):
            return Reading(Shape.NEW, kind, ResolvedHow.NEW)  # "of Russia's biggest steel maker"
        if about.key:
            reading = self.as_known(f"{about.key}{OF_OFFICE}{office.key}", ResolvedHow.COMPOSED)
            return reading._replace(type=kind, office=office.key)
        if (about.tags or about.keys) and not self._names_one(segment):
            found = self._anaphor(kind, about.tags, keys=about.keys, creates=True)
            return found._replace(office=office.key, kind=SourceKind.UNNAMED)
        if any(p.link == "in" for p in segment[1:2]):
            return self._without_name(segment, piece, kind)  # "a judge at the … court"
        if len(segment) > 1:
            return Reading(Shape.NEW, kind, ResolvedHow.NEW, SourceKind.UNNAMED)
        if kind is SourceType.OTHER and not piece.definite:
            kind = SourceType.ANONYMOUS
        bare = self._anaphor(kind, [office.key], creates=not piece.definite)
        return bare._replace(kind=SourceKind.UNNAMED)

    def _completes(self, segment: Pieces, piece: Piece) -> bool:
        """Tell whether a body stands right behind an office: "the commander of the army"."""
        after = segment.index(piece) + 1
        behind = segment[after : after + 1] if self._facts.adjectives_last else ()
        inside = piece.words[-1].folded in self._within
        return not inside and any(p.role in BODIES and not p.link for p in behind)

    def _in_branch(self, segment: Pieces, piece: Piece) -> About:
        """Return what an office is in: "a military spokesman" is in the army of a state."""
        about, branches = self._known.about(segment, piece), piece.values(Role.BRANCH)
        state = about.key in self._known.registry.polities
        if not branches or not (state or about == About()):
            return about
        pattern = patterns()[branches[0]]
        if not state:
            return About("", pattern.type, frozenset({pattern.key}))
        return About(f"{about.key}{OF_BODY}{pattern.key}", pattern.type)

    def _names_one(self, segment: Pieces) -> bool:
        """Tell whether a phrase says which organisation it means: "the ports authority of …"."""
        bodies = (Role.HEAD, Role.BODY)
        at = next((at for at, p in enumerate(segment) if p.role in bodies), None)
        if at is None or segment[at].values(Role.WEAK):
            return False
        whole = segment[at].role is Role.BODY and self._lexicon.bears_article(segment[at].words[-1])
        return not whole and any(
            p.role is Role.WORD and not p.link for p in segment[at + 1 : at + 2]
        )

    def _title(self, segment: Pieces, piece: Piece) -> Reading:
        kind = SourceType(piece.value)
        kin = kind is SourceType.WITNESS and not self._lexicon.is_owned(piece.words[-1])
        if (len(segment) > 1 or (kin and self._facts.article)) and not piece.definite:
            return self._without_name(segment, piece, kind)
        return self._anaphor(kind, [of_kind(SourceKind.PERSON)])

    def _reporter(self, segment: Pieces, piece: Piece) -> Reading:
        about = self._known.about(segment, piece)
        kind = SourceType.NEWS_OUTLET
        if about.key and self._known.kind_of(about.key) in MEDIA:
            return self.as_known(about.key, ResolvedHow.ALIAS)
        if about.keys:
            return self._anaphor(kind, (), keys=about.keys)
        if any(other.role is Role.WORD for other in segment):
            return Reading(Shape.NEW, kind, ResolvedHow.NEW, SourceKind.OUTLET)
        if self._points_back(segment, piece) and len(segment) == 1:
            return self._anaphor(kind, [of_kind(media) for media in MEDIA])
        return self._without_name(segment, piece, kind)

    def _unnamed(self, segment: Pieces, piece: Piece) -> Reading:
        if of_one := self._of_one_body(segment, piece):
            return self._organisation(*of_one)
        kind, about = SourceType(piece.value), self._known.about(segment, piece)
        state = about.key and self._known.kind_of(about.key) is SourceKind.STATE
        if about.key and about.type is kind and not state:
            return self.as_known(about.key, ResolvedHow.ALIAS)  # the fighters of a group
        joined = segment[0] is piece and piece.link == "and"
        if joined and self._lexicon.is_owned(piece.words[-1]):
            return self._anaphor(kind, [of_kind(SourceKind.PERSON)])  # "(he) and his colleagues"
        found = self._without_name(segment, piece, self._spoken_for(segment, piece, kind))
        if found.noun in self._signers and any(map(self._is_treaty, segment)):
            return found._replace(type=SourceType.GOVERNMENT)
        alone = found.definite and len(segment) == 1
        return found._replace(tags=self._staff.get(found.noun, found.tags)) if alone else found

    def _of_one_body(self, segment: Pieces, piece: Piece) -> tuple[Pieces, Piece] | None:
        """Return a phrase whose noun, alike for one body and for several, has a name behind it."""
        bodies = tuple(meaning for meaning in piece.meanings if meaning.role is Role.HEAD)
        behind = segment[segment.index(piece) + 1 :]
        named = (p.words[0] for p in behind if p.role is Role.WORD and not p.link)
        if not bodies or not any(word.cased and word.capital for word in named):
            return None
        body = piece._replace(meanings=bodies)
        return tuple(body if p is piece else p for p in segment), body

    def _is_treaty(self, piece: Piece) -> bool:
        """Tell whether a piece is what states agree to."""
        return self._lexicon.bare(piece.words[-1]) in self._treaties

    def _spoken_for(self, segment: Pieces, piece: Piece, kind: SourceType) -> SourceType:
        """Return the type of the group or party whose media speak: "sites of the movement"."""
        owner = self._known.about(segment, piece).type if kind in _VOICES else None
        return owner if owner in _FACTIONS else kind

    def _collective(self, segment: Pieces, piece: Piece) -> Reading:
        kind = SourceType(piece.value)
        official = any(other.role is Role.OFFICIAL for other in segment)
        owner = "" if of_several(segment) else whose(segment).owner
        if official and kind in _PRESS:
            if owner:
                return self.as_known(f"{owner}{OF_BODY}{_STATE_MEDIA}", ResolvedHow.COMPOSED)
            kind = SourceType.STATE_MEDIA
        elif kind is SourceType.NEWS_AGENCY and self._known.has_state_agencies(owner):
            kind = SourceType.STATE_MEDIA
        reading = self._without_name(segment, piece, self._spoken_for(segment, piece, kind))
        return reading._replace(kind=SourceKind.COLLECTIVE)

    def _stand_in(self, segment: Pieces, piece: Piece) -> Reading:
        """Read a document, a channel or evidence: whoever issued it is the source."""
        if (of_one := self._of_one_body(segment, piece)) and _is_marked(of_one):
            return self._organisation(*of_one)  # "the channel «X»"
        evidence = bool(piece.values(Role.EVIDENCE))
        rest = self._beside(segment, piece) if evidence else segment
        rest = tuple(p for p in rest if p is not piece and not self._describes(p))
        rest = tuple(
            other if at else other._replace(link="", definite=True) for at, other in enumerate(rest)
        )
        rest = self._issuer(rest)
        kind = SourceType(piece.values(Role.EVIDENCE)[0]) if evidence else SourceType.OTHER
        if any(other.role not in _OF_PAPERS for other in rest):
            issuer = self.segment(rest)
            noun = self._lexicon.bare(piece.words[-1])
            of_a_state = evidence and all(other.role in STATES for other in rest)
            if of_a_state and noun in self._findings:
                kind = SourceType.GOVERNMENT
            unsaid = of_a_state and noun not in self._claims
            if issuer.shape not in (Shape.NEW, Shape.PERSON) and not unsaid:
                return issuer._replace(noun=noun) if issuer.shape is Shape.KNOWN else issuer
        if not rest and not evidence and self._points_back(segment, piece):
            return self._anaphor(kind, ())._replace(noun=self._lexicon.bare(piece.words[-1]))
        name = () if evidence else self._people.name(rest) or ()
        found = self._without_name(segment, piece, kind)
        return found._replace(tokens=self._lexicon.normal(name))

    def _beside(self, segment: Pieces, evidence: Piece) -> Pieces:
        """Return a phrase up to further evidence ("and the sort of arms used"), without adjectives.

        A body without a state or an article is what is known, as in "intelligence reports".
        """
        owned = bool(whose(segment).owner)
        kept: list[Piece] = []
        for at, piece in enumerate(segment):
            if at and piece.role is Role.WORD and piece is not evidence and self._is_joined(piece):
                break
            before = segment[at - 1].words[-1] if at else None
            described = before and self._lexicon.agree(before, piece.words[0])
            known = piece.role is Role.BODY and piece.values(Role.EVIDENCE)
            if piece is evidence or not (
                (piece.role is Role.UNNAMED and described)
                or (known and not owned and not piece.definite)
            ):
                kept.append(piece)
        return tuple(kept)

    def _is_joined(self, piece: Piece) -> bool:
        """Tell whether "and" stands before a piece or is written together with its first word."""
        spelt = piece.words[0].folded
        long = len(spelt) > self._facts.shortest + 1
        return piece.link == "and" or (bool(self._and) and long and spelt.startswith(self._and))

    def _describes(self, piece: Piece) -> bool:
        """Tell whether a noun before the one that counts is an adjective: "official documents"."""
        adjective = piece.role is Role.UNNAMED and bool(piece.values(Role.FILLER))
        return self._facts.head_last and adjective and not piece.link

    def _issuer(self, rest: Pieces) -> Pieces:
        """Return who issued a document, without the adjectives that are the document's.

        After a noun with an article ("the ministry's last statement") they say nothing of it.
        """
        bears = self._lexicon.bears_article
        if len(rest) < 2 or rest[0].role not in BODIES or not bears(rest[0].words[-1]):
            return rest
        return tuple(p for p in rest if p.role is not Role.WORD or not bears(p.words[0]))

    def _without_name(self, segment: Pieces, piece: Piece, kind: SourceType) -> Reading:
        segment = tuple(p for p in segment if p is piece or not p.values(Role.FILLER))
        country = whose(segment).owner  # not of Mali, where the adjective is "financial", too
        about = self._known.about(segment, piece)
        if not country and about.key and kind is not SourceType.SOCIAL_MEDIA_USER:
            row = about.key in self._known.registry.rows
            country = about.key if row else self._known.registry.state_of(about.key)
        return Reading(
            Shape.UNNAMED,
            kind,
            ResolvedHow.UNNAMED,
            SourceKind.UNNAMED,
            country=country,
            noun=self._lexicon.bare(piece.words[-1]),
            definite=self._points_back(segment, piece),
        )

    def _points_back(self, segment: Pieces, piece: Piece) -> bool:
        """Tell whether a noun is definite; without articles, one that stands alone is."""
        return piece.definite if self._articles else len(segment) == 1

    # --- bodies and outlets

    def _source(self, segment: Pieces, piece: Piece) -> Reading:
        near = zone(segment)
        strange = any(self._touches(near, piece, p) for p in near if p.role is Role.WORD)
        states = [p.value for p in near if p.role in STATES]
        if strange and len(piece.words) == 1:
            return self.segment(as_word(segment, piece))
        if not strange and all(self._known.is_of(piece.value, state) for state in states):
            return self.as_known(piece.value, ResolvedHow.ALIAS)
        country = states[0] if states else ""  # another of its sort, whose name goes on
        kind, sort = self._known.kind_of(piece.value), self._known.type_of(piece.value)
        return Reading(Shape.NEW, sort, ResolvedHow.NEW, kind, country=country)

    def _touches(self, near: Pieces, piece: Piece, word: Piece) -> bool:
        """Tell whether an unknown word belongs to the name beside it.

        It does not when quotation marks stand between them, when it is joined by "and", or when
        it is an adjective after a body's name of more than a word.
        """
        if piece not in near:  # a preposition stands between them
            return False
        first, last = sorted((near.index(piece), near.index(word)))
        if any(between.gap >= Gap.QUOTE for between in near[first + 1 : last + 1]):
            return False
        if near[last] is not word:
            return True
        if word.link != "and" and self._is_joined(word):
            return False
        adjective = last == first + 1 and self._lexicon.bears_article(word.words[0])
        certain = len(piece.words) > 1 or (first > 0 and near[first - 1].role is Role.HEAD)
        return not (adjective and certain and self._known.kind_of(piece.value) not in MEDIA)

    def _body(self, segment: Pieces, piece: Piece) -> Reading:
        pattern = patterns()[piece.value]
        media = [p for p in segment if p.role is Role.SOURCE and pattern.kind in MEDIA]
        if media:
            return self._source(tuple(p for p in segment if p is not piece), media[0])
        key, found = self._known.body(pattern, segment)
        if piece.values(Role.EVIDENCE) and not (key or found.owner or piece.definite):
            return self._stand_in(segment, piece)  # "intelligence": what is known, not who knows it
        if pattern.kind is SourceKind.COLLECTIVE and of_several(segment):
            reading = self._without_name(segment, piece, pattern.type)
            return reading._replace(kind=SourceKind.COLLECTIVE, country="")
        if self._is_another(segment, piece):
            kind = pattern.kind
            return Reading(Shape.NEW, pattern.type, ResolvedHow.NEW, kind, country=found.owner)
        if key:
            return self.as_known(key, ResolvedHow.COMPOSED)
        tag = f"{found.owner}{OF_BODY}{pattern.key}" if found.owner else pattern.key
        reading = self._anaphor(pattern.type, [tag], keys=piece.values(Role.WEAK))
        creates = bool(found.owner)
        return reading._replace(kind=pattern.kind, creates=creates, country=found.owner)

    def _is_another(self, segment: Pieces, piece: Piece) -> bool:
        """Tell whether a phrase is about another body than the state's, one of its own name."""
        near = zone(segment)
        others = [p for p in near if p is not piece]
        if any(self._touches(near, piece, p) for p in others if p.role is Role.WORD):
            return True
        if any(p.role in BODIES for p in others):
            return True
        if piece.trailed if self._facts.adjectives_last else piece.led:
            return True
        after = segment[len(near)] if len(segment) > len(near) else None
        owned = any(p.role in STATES for p in others)
        elsewhere = after is not None and after.role is Role.WORD and after.link in AWAY
        return elsewhere and (not owned or patterns()[piece.value].hosted)

    def _organisation(self, segment: Pieces, piece: Piece) -> Reading:
        known, near = heads()[piece.value], zone(segment)
        rest = tuple(other for other in segment if other is not piece)
        named = [other for other in near if other.role is Role.SOURCE]
        if named:
            found = self._source(segment if known.kind not in MEDIA else rest, named[0])
            if found.shape is Shape.KNOWN:
                return found
        country = whose(segment).owner
        weak = [other for other in near if other.values(Role.WEAK)]
        if weak and not any(other.role is Role.WORD for other in near):
            found = self._weak(rest or segment, weak[0])
            keys = (found.key, *found.keys)
            if not country or any(key and self._known.is_of(key, country) for key in keys):
                return found
        noun = self._lexicon.bare(piece.words[0])
        if any(not _tells_nothing(other) for other in rest):
            new = Reading(Shape.NEW, known.type, ResolvedHow.NEW, known.kind, country=country)
            return new._replace(noun=noun)
        owned = len(segment) == 1 and self._lexicon.is_owned(piece.words[-1])
        if owned or self._points_back(segment, piece):
            found = self._anaphor(known.type, known.stands_for, country=country)
            found = found._replace(owned=owned)
            return found._replace(kind=known.kind, creates=bool(country), noun=noun)
        return self._without_name(segment, piece, known.type)

    def _weak(self, segment: Pieces, piece: Piece) -> Reading:
        """Read a weak name: an outlet's is enough together with its country."""
        if any(other.role is Role.WORD for other in zone(segment)):
            return self.segment(as_word(segment, piece))
        keys, owner = piece.values(Role.WEAK), whose(segment).owner
        media = [key for key in keys if self._known.kind_of(key) in MEDIA]
        there = tuple(key for key in media if owner and self._known.is_of(key, owner))
        if len(there) == 1:
            return self.as_known(there[0], ResolvedHow.ALIAS)
        if owner and media and not there:
            found = self.segment(as_word(segment, piece))
            kind = self._known.kind_of(media[0])
            return found._replace(kind=kind, type=self._known.type_of(media[0]))
        keys = there or keys
        return self._anaphor(self._known.type_of(keys[0]), (), keys=keys, country=owner)

    # --- the rest

    def _state(self, segment: Pieces, piece: Piece) -> Reading:
        near = zone(segment)
        strange = [p for p in near if p.role is Role.WORD]
        if piece.role is Role.DEMONYM and len(near) == 1 and self._are_people(piece):
            return self._without_name(segment, piece, SourceType.ANONYMOUS)
        if people := self._people_by_ending(near):
            return self._without_name(segment, people[0], people[1])
        if not strange:
            tokens = self._lexicon.normal(piece.words)
            return self.as_known(piece.value, ResolvedHow.ALIAS)._replace(tokens=tokens)
        if near == (*strange, piece) and self._may_be_surname(strange[0], piece):
            surnamed = [word for part in near for word in part.words]
            return self._people.person(surnamed, Calling())
        names = [name for run in runs(near) if (name := self._people.name(run)) and len(name) > 1]
        if piece.role is Role.DEMONYM and names:
            return self._people.person(names[-1], Calling(country=piece.value))
        return Reading(Shape.NEW, SourceType.OTHER, ResolvedHow.NEW, country=piece.value)

    def _are_people(self, piece: Piece) -> bool:
        """Tell whether the adjective of a state, by itself, means some of its people."""
        plural = not self._lexicon.ends_feminine(piece.words[-1])  # which describes a noun left out
        return bool(self._facts.article) and not piece.definite and plural

    def _may_be_surname(self, first: Piece, state: Piece) -> bool:
        """Tell whether a word and the name of a state can be those of a person."""
        if first.words[0].cased:
            return True
        return state.role is Role.DEMONYM and not self._lexicon.bears_article(first.words[0])

    def _plain(self, segment: Pieces, piece: Piece) -> Reading:
        """Read words that nothing is known of: a name, or a body, or nobody in particular."""
        if len(segment) == 1 and self._lexicon.means_many(piece.words[0]):
            return self._other(segment, piece)
        if people := self._people_by_ending(zone(segment)):
            return self._without_name(segment, people[0], people[1])
        stretch = runs(segment)
        name = self._people.name(stretch[0]) if len(stretch) == 1 else None
        named = name and (len(name) == 1 or not self._lexicon.bears_article(name[0]))
        if name and named and len(name) == len(segment):
            return self._people.person(name, Calling())
        if name and self._is_after_noun(name, segment):
            return self._people.person(name, Calling())
        if piece.words[0].capital:
            return Reading(Shape.NEW, SourceType.OTHER, ResolvedHow.NEW)
        return self._other(segment, piece)

    def _people_by_ending(self, near: Pieces) -> tuple[Piece, SourceType] | None:
        """Return an unknown noun that means people by its ending, and what they are: "divers"."""
        noun = near[-1] if self._facts.head_last else near[0]
        word = noun.words[-1]
        if noun.role is not Role.WORD or (word.cased and word.capital) or noun.definite:
            return None
        beside = near[1].words[-1].folded if len(near) > 1 else ""
        if self._agreeing and not beside.endswith(self._agreeing):
            return None
        return next(
            (
                (noun, kind)
                for ending, kind in self._persons
                if word.folded.endswith(ending) and len(word.folded) >= len(ending) + _STEM
            ),
            None,
        )

    def _is_after_noun(self, name: Sequence[Word], segment: Pieces) -> bool:
        """Tell whether a name is all that follows an unknown noun with an article.

        "The sculptor Sam Smith": an adjective would have the article too, as in a body's name.
        """
        bears = self._lexicon.bears_article
        noun = bears(segment[0].words[0]) and not bears(name[0])
        return noun and 1 < len(name) == len(segment) - 1

    def _other(self, segment: Pieces, piece: Piece) -> Reading:
        return self._without_name(segment, piece, SourceType.OTHER)

    def as_known(self, key: str, how: ResolvedHow) -> Reading:
        """Return the reading of a source that the registry knows, and how it was recognised."""
        return Reading(Shape.KNOWN, self._known.type_of(key), how, key=key)

    def _anaphor(
        self,
        kind: SourceType,
        tags: Iterable[str],
        *,
        keys: tuple[str, ...] = (),
        country: str = "",
        creates: bool = False,
    ) -> Reading:
        tagged = frozenset(tags)
        return Reading(
            Shape.ANAPHOR, kind, keys=keys, tags=tagged, country=country, creates=creates
        )


def _is_marked(found: tuple[Pieces, Piece]) -> bool:
    """Tell whether a name in marks stands right behind a noun."""
    segment, noun = found
    return segment[segment.index(noun) + 1].gap is Gap.QUOTE


def _tells_nothing(piece: Piece) -> bool:
    """Tell whether a piece beside an organisation's noun names none: a state, "the rival"."""
    plain = any(meaning.role is Role.FILLER for meaning in piece.meanings)
    return piece.role in STATES or piece.role is Role.OFFICIAL or (plain and piece.definite)
