"""Reading a mention: from its pieces to what it says by itself.

What its phrases are together is told here: a list, a person with a description, a name between
commas. `Nouns` reads a phrase by itself. No word and no language is named: words come from the
lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from claimtrack.model.vocabulary import ResolvedHow, SourceKind, SourceType
from claimtrack.sources.about import Knowledge
from claimtrack.sources.anonymity import reason
from claimtrack.sources.belonging import Belonging
from claimtrack.sources.facts import Facts
from claimtrack.sources.kinship import of_kind
from claimtrack.sources.lexicon import STATES, Lexicon, Meaning, Piece, Role
from claimtrack.sources.mention import Gap, Word, clean, spelled, words, written
from claimtrack.sources.nouns import Nouns
from claimtrack.sources.patterns import heads, patterns
from claimtrack.sources.people import Calling, People
from claimtrack.sources.phrase import (
    AWAY,
    BODIES,
    WORD,
    Pieces,
    head,
    seated,
    segments,
)
from claimtrack.sources.reading import NOTHING, Reading, Shape
from claimtrack.sources.registry import MEDIA, OF_BODY, Registry, spelling
from claimtrack.text.fold import fold

_NAMED = frozenset({Role.SOURCE, Role.STATE, Role.CAPITAL})

_SURNAMES = frozenset({Role.STATEMENT, Role.POST, Role.TITLE})
_OUTLET = "outlet"


class Reader:
    """Reads the mentions of one language."""

    def __init__(self, code: str, known_words: Facts, registry: Registry) -> None:
        """Prepare the lexicon of a language."""
        self._facts = known_words
        self.head_last = known_words.head_last
        self._known = Knowledge(registry)
        self._rows = registry.rows
        self._lexicon = Lexicon(code, known_words, registry)
        self._people = People(code, known_words, self._lexicon, self._known)
        self._nouns = Nouns(known_words, self._lexicon, self._known, self._people)
        self._belonging = Belonging(known_words, self._lexicon, self._known)
        self.clitics = tuple(fold(clitic) for clitic in known_words.clitics)
        """What can be joined to the front of a word."""
        self._within = frozenset(map(fold, known_words.links.get("in", ())))
        self._former = frozenset(map(fold, known_words.former))
        self._naming = frozenset(map(fold, known_words.naming))
        self._posting = tuple(f" {fold(place)} " for place in known_words.posting)
        self._anyone = self._lexicon.nouns(known_words.anyone)
        self._others = self._lexicon.nouns(known_words.others)
        self._ours = tuple(map(fold, known_words.ours))
        self._acting = tuple(f"{fold(words)} " for words in known_words.acting)
        self._plain = frozenset(map(fold, (*known_words.article_words, *known_words.fillers)))
        self._mastheads = frozenset(map(fold, known_words.mastheads))
        self._surnames = frozenset(map(fold, known_words.surnames))
        self._possessives = frozenset(map(fold, known_words.possessive_words))
        self._cited = frozenset(map(fold, known_words.cited))

    def read(self, text: str) -> Reading:
        """Return what a mention says by itself."""
        shown = clean(text)
        mention = words(shown)
        if not mention:
            return NOTHING
        pieces = self._as_outlet(_with_asides_in_names(self._lexicon.scan(mention)))
        unofficial = [p for p in pieces if p.role is not Role.OFFICIAL]
        found = self._whole(mention)
        if not found and len(unofficial) < len(pieces):
            found = self._whole([word for piece in unofficial for word in piece.words])
        if not found and all(word.text.isdigit() for word in mention):
            return NOTHING  # "2024", "15": nobody
        found = found or self._around_state(pieces)
        found = found or self._introduced(mention, shown) or self._phrase(pieces)
        if found.shape is Shape.KNOWN and not found.noun:
            found = found._replace(noun=self._lexicon.bare(mention[0]))
        if found.type is SourceType.ANONYMOUS and self._posts(mention):
            found = found._replace(type=SourceType.SOCIAL_MEDIA_USER)
        if any(word.folded in self._former for word in mention):
            found = found._replace(former=True)
        if found.shape is Shape.ANAPHOR and self._is_masthead(mention):
            found = found._replace(creates=True)
        if found.shape is Shape.ANAPHOR and self._has_owner(pieces):
            found = found._replace(owned=True)
        return found if found.name else found._replace(name=shown)

    def _as_outlet(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """Return a mention that is a name of two words, one a masthead's, as that of an outlet."""
        first, last = pieces[:1], pieces[-1:]
        if len(pieces) == 1 and self._is_masthead(first[0].words) and first[0].definite:
            return [first[0]._replace(meanings=(Meaning(Role.HEAD, _OUTLET),))]
        if len(pieces) != 2 or pieces[1].gap or pieces[1].link:
            return pieces
        (noun,), (beside,) = (first, last) if self._facts.adjectives_last else (last, first)
        word, other = noun.words[0], beside.words[0]
        named = word.folded in self._mastheads and beside.role is Role.WORD
        named = named and ((other.cased and other.capital) or self._lexicon.bears_article(other))
        if not named or len(noun.words) > 1 or noun.role is Role.SOURCE:
            return pieces
        head = noun._replace(meanings=(Meaning(Role.HEAD, _OUTLET),))
        return [head, beside] if self._facts.adjectives_last else [beside, head]

    def _is_masthead(self, mention: Sequence[Word]) -> bool:
        """Tell whether the last word of a mention is a masthead's with a capital: "the Courier"."""
        last = mention[-1]
        return last.cased and last.capital and last.folded in self._mastheads

    def _has_owner(self, pieces: Sequence[Piece]) -> bool:
        """Tell whether a state's body or post is that of whom the article names before."""
        if not pieces:
            return False
        if pieces[0].words[0].folded in self._possessives:
            return any(piece.role in (Role.BODY, Role.POST) for piece in pieces)
        last = pieces[-1].words[-1]
        joined = self._lexicon.is_owned(last) and not self._lexicon.bears_article(last)
        return joined and pieces[-1].role in (Role.BODY, Role.POST)

    def _posts(self, mention: Sequence[Word]) -> bool:
        """Tell whether somebody is said to speak on the internet: "activists on social media"."""
        spelt = f" {' '.join(word.folded for word in mention)} "
        return any(place in spelt for place in self._posting)

    def tokens(self, name: str) -> tuple[str, ...]:
        """Return the words of a name as they are compared."""
        return self.normal(words(clean(name)))

    def normal(self, text: Sequence[Word]) -> tuple[str, ...]:
        """Return the words of a text as they are compared."""
        return self._lexicon.normal(text)

    def telling(self, stretches: Sequence[str]) -> list[bool]:
        """Return whether something begins in each stretch of a mention that says who is meant."""
        split = [_split(stretch) for stretch in stretches]
        mention = [word for part in split for word in part]
        ends = list(accumulate(map(len, split)))
        return [
            any(self._lexicon.tells(mention, at) for at in range(end - len(part), end))
            for part, end in zip(split, ends, strict=True)
        ]

    def leads_in(self, spelt: str) -> bool:
        """Tell whether a folded word says that a place follows: "in", alone or after "and"."""
        return spelt in self._within or (spelt[:1] in self.clitics and spelt[1:] in self._within)

    def says_nothing(self, noun: str) -> bool:
        """Tell whether a noun says nothing but that there is somebody: "one of them"."""
        return noun in self._anyone

    def says_more(self, noun: str) -> bool:
        """Tell whether a noun means more of the sort that was cited before: "others"."""
        return noun in self._others

    def is_ours(self, name: str) -> bool:
        """Tell whether a mention is of evidence of whoever speaks of it: "our information"."""
        return bool(self._ours) and fold(name).startswith(self._ours)

    def acts(self, said: str) -> bool:
        """Tell whether who says this is no person: "its ships were safe", "it had apologised"."""
        return bool(self._acting) and fold(said).startswith(self._acting)

    def names_another(self, before: str, reading: Reading) -> bool:
        """Tell whether a text names another one: a word with a capital, but for "The" and such."""
        own = {*reading.tokens, *self._plain}
        return any(word.text[:1].isupper() and word.folded not in own for word in words(before))

    def cites(self, noun: str) -> bool:
        """Tell whether a noun, when definite, means whoever was cited last: "the source"."""
        return noun in self._cited

    def names_next(self, word: Word) -> bool:
        """Tell whether a word stands between a description and a name: "a man named"."""
        return word.folded in self._naming

    def uncontracted(self, before: str, text: str) -> str:
        """Return a mention whose article is contracted with what is joined before it, in full."""
        for contracted, article in self._facts.contractions.items():
            head, tail = contracted[:1], contracted[1:]
            if before == head and tail and text.startswith(tail):
                return article + text[len(tail) :]
        return text

    def bearers(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Return the keys of the registry's persons whom a name can mean."""
        return self._people.bearers(tokens)

    def begun(self, text: Sequence[str]) -> Sequence[Meaning]:
        """Return what phrases mean that name somebody and may begin in some folded words."""
        return self._lexicon.begun(text)

    def alike(self, tokens: tuple[str, ...], keys: Iterable[str]) -> tuple[str, ...]:
        """Return which of some persons bear a name that is another way to write one."""
        return self._people.alike(tokens, keys)

    def pieces(self, text: Sequence[Word]) -> Sequence[Piece]:
        """Return what the words of a text can mean, each longest phrase once."""
        return self._lexicon.scan(text)

    def states(self, text: Sequence[Word]) -> Iterator[str]:
        """Yield the key of each state that a text names, as often as it does."""
        return self._lexicon.states(text)

    def may_name_states(self, text: str) -> int:
        """Return how often a text names states at most, which is far sooner told."""
        return sum(map(self._lexicon.may_name_state, spelled(text)))

    def composed(self, name: str) -> str:
        """Return the key of the state's body that a name says by its words alone, or nothing."""
        pieces = self._lexicon.scan(words(name), named=False)
        bodies = [piece for piece in pieces if piece.role in (Role.BODY, Role.POST)]
        others = [piece for piece in pieces if piece not in bodies]
        if len(bodies) != 1 or any(piece.role not in STATES for piece in others):
            return ""
        return self._known.body(patterns()[bodies[0].value], seated(segments(pieces))[0])[0]

    def _whole(self, mention: Sequence[Word]) -> Reading | None:
        """Read a mention that is a name or a pronoun as a whole."""
        meanings = self._lexicon.meanings(mention)
        role = meanings[0].role if meanings else Role.WORD
        if role in _NAMED:
            spelt = " ".join(spelling(word.folded) for word in mention)
            keys = [meaning.value for meaning in meanings if meaning.role is role]
            key = next((each for each in keys if self._is_name_of(each, spelt)), keys[0])
            official = {spelling(names[0]) for names in self._rows[key].names.values()}
            exact = ResolvedHow.EXACT if spelt in official else ResolvedHow.ALIAS
            known = self._nouns.as_known(key, exact)
            alone = role is Role.SOURCE and len(mention) == 1  # may be a surname in the article
            return known._replace(tokens=self._lexicon.normal(mention)) if alone else known
        if role is Role.PRONOUN:
            sort = meanings[0].value
            person = frozenset({of_kind(SourceKind.PERSON)} if sort == SourceKind.PERSON else ())
            tags = heads()[sort].stands_for if sort in heads() else person
            return Reading(Shape.ANAPHOR, tags=tags, both=bool(sort))
        return Reading(Shape.OWN) if role is Role.OWN else None

    def _around_state(self, pieces: Sequence[Piece]) -> Reading | None:
        """Read a body whose words stand on both sides of its state's: "the … Football League"."""
        states = [piece for piece in pieces if piece.role in STATES]
        if len(states) != 1 or states[0] in (pieces[0], pieces[-1]):
            return None
        rest = [word for piece in pieces if piece is not states[0] for word in piece.words]
        pattern = self._lexicon.divided(rest)
        key = f"{states[0].value}{OF_BODY}{pattern}" if pattern else ""
        return self._nouns.as_known(key, ResolvedHow.COMPOSED) if key else None

    def _is_name_of(self, key: str, spelt: str) -> bool:
        """Tell whether a row has a name as it is spelt, whatever else is compared alike."""
        names = (name for cell in self._rows[key].names.values() for name in cell)
        return any(spelling(name) == spelt for name in names)

    def _introduced(self, mention: Sequence[Word], shown: str) -> Reading | None:
        """Read a description that ends in the name of whom it describes: "a man named …"."""
        if reason(shown, 0, len(shown), self._facts):
            return None  # "who refused to give his name for fear of …"
        for at, word in enumerate(mention[1:-1], start=1):
            if not self.names_next(word):
                continue
            before, after = (
                tuple(self._lexicon.scan(part)) for part in (mention[:at], mention[at + 1 :])
            )
            name = self._nouns.segment(after) if before and after else NOTHING
            if name.shape is Shape.PERSON:
                noun = self._nouns.segment(before).noun or self._lexicon.bare(mention[0])
                return name._replace(noun=noun)
        return None

    def _phrase(self, pieces: Sequence[Piece]) -> Reading:
        parts = seated(
            [
                self._settled(self._with_names(self._with_surnames(part)))
                for part in segments(pieces)
            ]
        )
        if not parts:
            return Reading(Shape.ANAPHOR)
        found = self._listed(parts) or self._registered(parts[:1]) or self._introducing(parts)
        found = found or self._registered(parts[1:]) or self._capitals(parts)
        found = found or self._people.described(parts) or self._people.named(parts)
        found = found or self._one_of_them(parts) or self._apposed(parts)
        found = found or self._nouns.segment(parts[0])
        if found.shape not in (Shape.ANAPHOR, Shape.NEW):
            return found
        others = (self._nouns.segment(part) for part in parts[1:])
        return next((other for other in others if _is_name(other)), found)

    def _listed(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read known sources that commas part: "Syria, Russia and Iran"."""
        *first, last = parts
        if not first or not any(piece.link == "and" for piece in last):
            return None
        found = [self._nouns.segment(part) for part in first]
        end = self._nouns.segment(last)
        if any(each.shape is not Shape.KNOWN for each in found):
            return None
        if end.shape is not Shape.GROUP and not (end.shape is Shape.KNOWN and last[0].link):
            return None
        types = {reading.type for reading in (*found, end)}
        kind = types.pop() if len(types) == 1 else SourceType.OTHER
        told = (*(each.key for each in found), *(end.keys or (end.key,)))
        keys = tuple(dict.fromkeys(told))
        return Reading(Shape.GROUP, kind, ResolvedHow.COMPOSED, keys=keys)

    def _one_of_them(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read "one of them, the teacher John Smith": whom the first words do not tell."""
        first, apart = parts[0], parts[1:2]
        noun = self._lexicon.bare(first[0].words[-1])
        nobody = len(first) == 1 and (self.says_nothing(noun) or self.says_more(noun))
        return self._people.named(apart) if nobody and apart else None

    def _apposed(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read an organisation that is named between commas: "its operator, Nordwind"."""
        if len(parts) < 2:
            return None
        noun = head(parts[0], last=self._facts.head_last)
        name = [word for piece in parts[1] for word in piece.words]
        capitals = all(word.cased and word.capital for word in name)
        if noun.role is not Role.HEAD or not capitals:
            return None
        if any(piece.role is not Role.WORD or piece.link for piece in parts[1]):
            return None
        known = heads()[noun.value]
        named = Reading(Shape.NEW, known.type, ResolvedHow.NEW, known.kind, name=written(name))
        return named._replace(noun=self._lexicon.bare(noun.words[0]))

    def _introducing(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read somebody who is named in full, whatever remark with other names follows."""
        if len(parts) < 2 or not self._facts.article:
            return None
        plain = all(piece.role is Role.WORD for piece in parts[0])
        first = self._people.described(parts) if plain else self._people.named(parts[:1])
        if first is None or len(first.tokens) < 2:
            return None
        whole = self._people.named(parts)
        return whole if whole and whole.tokens == first.tokens else first

    def _with_surnames(self, segment: Pieces) -> Pieces:
        """Return a phrase in which a surname that is a noun for people is a word of the name."""
        return tuple(
            piece._replace(meanings=WORD)
            if at and self._is_surname(segment[at - 1], piece)
            else piece
            for at, piece in enumerate(segment)
        )

    def _is_surname(self, before: Piece, piece: Piece) -> bool:
        """Tell whether a noun for people stands right behind what may be a first name."""
        first = before.role is Role.WORD or self._may_be_first_name(before)
        beside = piece.gap is Gap.NONE and not piece.link and len(piece.words) == 1
        plain = first and not self._lexicon.bears_article(before.words[-1])
        return beside and plain and self._lexicon.bare(piece.words[0]) in self._surnames

    def _may_be_first_name(self, piece: Piece) -> bool:
        """Tell whether an outlet is called like a person, as far as its one word shows."""
        media = piece.role is Role.SOURCE and self._known.kind_of(piece.value) in MEDIA
        return media and len(piece.words) == 1 and not piece.definite

    def _with_names(self, segment: Pieces) -> Pieces:
        """Return a phrase in which an adjective or a title within a name is a word of the name.

        The adjective of a state has no article, and words without one stand on both sides, or one
        after it alone; a title stands behind such a word, last. An outlet that is called like a
        person has the rest of the name behind it, and no noun that says what it is before.
        """

        def plain(at: int) -> bool:
            piece = segment[at] if 0 <= at < len(segment) else None
            bare = piece is not None and piece.role is Role.WORD and piece.gap is Gap.NONE
            return bare and piece is not None and not self._lexicon.bears_article(piece.words[0])

        def named(at: int) -> bool:
            piece = segment[at]
            if piece.role is Role.TITLE:  # "General John Major"
                after = segment[at + 1] if at + 1 < len(segment) else None
                ends = after is None or after.role is not Role.WORD or after.gap >= Gap.QUOTE
                return ends and plain(at - 1) and len(piece.words) == 1 and piece.gap is Gap.NONE
            if self._may_be_first_name(piece):
                before = segment[at - 1] if at else piece
                called = before.role is Role.HEAD and heads()[before.value].kind in MEDIA
                return plain(at + 1) and not called  # not "the agency Tasnim"
            feminine = self._lexicon.ends_feminine(piece.words[-1])
            if piece.role is not Role.DEMONYM or piece.definite or piece.link or feminine:
                return False
            return plain(at + 1) and (plain(at - 1) or at == 0)

        if not self._facts.article:
            return segment
        return tuple(
            piece._replace(meanings=WORD) if named(at) else piece
            for at, piece in enumerate(segment)
        )

    def _settled(self, segment: Pieces) -> Pieces:
        """Return a phrase where "president" is that of a state only when no body is named."""
        bodies = (p for p in segment if p.role in BODIES and p.link not in AWAY)
        if all(self._known.kind_of(p.value) is SourceKind.PERSON for p in bodies):
            return segment
        return tuple(
            piece._replace(meanings=tuple(m for m in piece.meanings if m.role is not Role.POST))
            if piece.role is Role.POST and piece.values(Role.OFFICE)
            else piece
            for piece in segment
        )

    def _registered(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read a description of a person whom the registry has by name."""
        belonging = self._belonging
        for part in parts:
            for at, piece in enumerate(part):
                if not belonging.is_person(piece) or belonging.is_linked(part, at):
                    continue
                if belonging.is_theirs(part, at):
                    if any(belonging.is_person(p) and not p.link for p in part[at + 1 :]):
                        continue  # "the lawyer of President Smith, Lee"
                    return self._of_person(parts, part, piece)
                if belonging.goes_on(part, at) or belonging.contradicts(part, piece):
                    unnamed = self._lexicon.scan([w for p in part for w in p.words], named=False)
                    return self._phrase(unnamed)  # somebody else of theirs, or another's name
                return self._nouns.as_known(piece.value, ResolvedHow.ALIAS)
        return None

    def _of_person(self, parts: Sequence[Pieces], part: Pieces, person: Piece) -> Reading:
        """Read what a known person has: a body of the person's state, or who is named next."""
        rest = tuple(piece for piece in part if piece is not person)
        following = parts[parts.index(part) + 1 :]
        beside = following and any(map(self._belonging.is_person, following[0][:1]))
        named = self._registered(following) if beside else self._people.named([rest, *following])
        if named:
            return named
        found = self._nouns.segment(rest)
        known = (patterns()[tag] for tag in found.tags if tag in patterns())
        kinds = [kind.key for kind in known if not (kind.hosted or kind.office)]
        country = self._rows[person.value].country
        state = self._known.registry.states.get(country or "", "")
        if found.shape is Shape.ANAPHOR and len(kinds) == 1 and state:
            return self._nouns.as_known(f"{state}{OF_BODY}{kinds[0]}", ResolvedHow.COMPOSED)
        return found

    def _capitals(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read a name that ends in a common noun: "Larry King"."""
        *first, last = parts[0]
        name = [word for piece in parts[0] for word in piece.words]
        named = bool(first) and all(piece.role is Role.WORD for piece in first)
        written = all(word.cased and word.capital for word in name)
        if not named or not written or len(last.words) > 1 or last.role not in _SURNAMES:
            return None
        return self._people.person(name, Calling())


def _with_asides_in_names(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces in which a remark's first word is a name's where it has a capital.

    "Mark Said" and "Said Mark" are names, as "Mark, said to be" is none.
    """
    found = list(pieces)
    for at, (first, second) in enumerate(pairwise(pieces)):
        roles = {first.role, second.role}
        ends = (first.words[-1], second.words[0])
        together = second.gap is Gap.NONE and len(first.words) == len(second.words) == 1
        if (
            roles == {Role.ASIDE, Role.WORD}
            and together
            and all(w.cased and w.capital for w in ends)
        ):
            found[at], found[at + 1] = first._replace(meanings=WORD), second._replace(meanings=WORD)
    return found


@lru_cache(maxsize=20_000)
def _split(stretch: str) -> tuple[Word, ...]:
    return tuple(words(clean(stretch)))


def _is_name(reading: Reading) -> bool:
    return reading.shape is Shape.KNOWN and reading.how is not ResolvedHow.COMPOSED
