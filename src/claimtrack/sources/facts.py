"""What a language pack knows about mentions of sources: `sources.yaml`, read and checked.

Every word list is data; the code that reads mentions compares no language and holds no word.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from claimtrack.errors import PackError
from claimtrack.lang.lists import read_files
from claimtrack.lang.pack import SHIPPED, Packs, available, line_of, read_yaml
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import SourceType
from claimtrack.sources.patterns import heads, offices

FILE = "sources.yaml"

Words = tuple[str, ...]
ByType = dict[SourceType, Words]


class Facts(Value):
    """A language's words about sources; each has a comment in the packs' files.

    Attributes:
        head_last: The noun that says what a phrase is stands last ("Pentagon spokesman").
        adjectives_last: Adjectives follow their noun.
        article: A definite article joined to the front of words; empty when there is none.
        article_words: Definite articles that stand alone.
        clitics: Words joined to the front of others, to the link they make; what a clitic and
            an article contract to stands in `contractions`.
        endings: Inflections that a word loses before it is compared.
        whole: Words that keep their endings.
        shortest: How many letters a word keeps at least.
        slots: How the adjective of a state is inflected in names: slot -> (ending, its new form).
        adjective_endings: What may follow an adjective of a state.
        links: Prepositions and conjunctions by what they do: of, in, to, and, via (for clitics
            also any other word, for what does none of these).
        asides: Words that begin a remark; what follows says nothing about who is meant.
        fillers: Words that say nothing about who is meant.
        official: Words that make media those of a state.
        regions: What a place is called before its name ("the city of").
        particles: Lower-case words within a name.
        leading: First parts of names that one may join to the next word ("Abd al-…", "Abu …").
        trailing: Last parts of names that one may join to the word before ("Nasr Allah").
        pronouns: Words that mean whoever was named before.
        pairs: Words that mean the two states named before ("the two countries").
        duals: Words that mean two others named before ("the two parties"), by key of `heads.csv`,
            or "person".
        former: Words that say that an office is no longer held.
        naming: Words between a description and the name of whom it describes ("a man named").
        plurals: Endings of nouns that, with an article, mean many and not a person by name.
        possessives: Pronouns joined to the end of a noun ("his commander").
        possessive_words: Pronouns before a noun that do the same ("its ministry").
        feminine: What a feminine ending becomes before them.
        numbers: Endings of two, of many, and of these before another noun, by the ending of one
            that they replace; where the head is last, of the last word of a phrase.
        cited: Nouns that, when definite, mean whoever was cited last ("the source").
        own: Words that mean the outlet itself ("our reporter").
        mastheads: Words that end the names of outlets ("the Marsh Gazette"), or begin them where
            adjectives follow their noun.
        surnames: Nouns for people that are surnames, too: behind a first name, "John Smith".
        reporters: Words for people who speak as the outlet they work for.
        statements: Kinds of documents and outlets' channels: they stand for who issued them.
        evidence: Nouns that stand for whoever follows, by type when nobody does.
        claims: Those for what somebody alleges: with the adjective of a state they are the state's.
        findings: Those for what authorities know: with such an adjective, of the type of a state.
        unnamed: Nouns for people who are not named, by type.
        indefinite: Those that with an article are titles before a name, by type.
        collective: Nouns for many at once, by type.
        anyone: Those of the unnamed that say nothing but that there is one ("somebody").
        others: Those of these that are more of the sort that was cited before ("others").
        acting: How a clause begins by which one who speaks is no person ("its", "it had paid").
        ours: Evidence of whoever speaks of it as theirs ("our information").
        signers: Nouns for who agreed to something ("signatories").
        treaties: What only states agree to; what else there is to sign says nothing of who did.
        posting: Places on the internet: who speaks there without a name is a user of it.
        persons: Endings of words that mean people, by type, where nothing else is known of them;
            where it has `agreeing`, before such an adjective alone.
        agreeing: Endings of adjectives that are said of several people.
        anonymity: Phrases that say that somebody is not to be named.
        withheld: Rows of parts that make such phrases: who asks, for what, what is not told.
        causes: Words that begin the reason for it.
        sounds: Letters that a foreign sound is written with, as groups, within names of people.
        vowels: Letters that transliterated names add, drop or exchange.
        consonants: Letters that they write for one another, as groups.
        titles: Words before a person's name, by type.
        offices: Words for offices, by key of `offices.csv`.
        heads: Words for organisations, by key of `heads.csv`.
        branches: Adjectives by which a spokesperson is that of a state's body ("military"), by key
            of `bodies.csv`.
        staff: Nouns for a body's people that stand for it once it was named ("the diplomats"), by
            the group of `bodies.csv` that it is of, or its type ("type=armed_group").
    """

    head_last: bool = False
    adjectives_last: bool = False
    article: str = ""
    article_words: Words = ()
    clitics: dict[str, str] = Field(default_factory=dict)
    contractions: dict[str, str] = Field(default_factory=dict)
    endings: Words = ()
    whole: Words = ()
    shortest: int = 2
    slots: dict[str, tuple[str, str]] = Field(default_factory=dict)
    adjective_endings: Words = ("",)
    links: dict[str, Words] = Field(default_factory=dict)
    asides: Words = ()
    fillers: Words = ()
    official: Words = ()
    regions: Words = ()
    particles: Words = ()
    leading: Words = ()
    trailing: Words = ()
    pronouns: Words = ()
    pairs: Words = ()
    duals: dict[str, Words] = Field(default_factory=dict)
    former: Words = ()
    naming: Words = ()
    plurals: Words = ()
    possessives: Words = ()
    possessive_words: Words = ()
    feminine: str = ""
    numbers: dict[str, Words] = Field(default_factory=dict)
    cited: Words = ()
    own: Words = ()
    mastheads: Words = ()
    surnames: Words = ()
    reporters: Words = ()
    statements: Words = ()
    evidence: ByType = Field(default_factory=dict)
    claims: Words = ()
    findings: Words = ()
    unnamed: ByType = Field(default_factory=dict)
    indefinite: ByType = Field(default_factory=dict)
    collective: ByType = Field(default_factory=dict)
    anyone: Words = ()
    others: Words = ()
    acting: Words = ()
    ours: Words = ()
    signers: Words = ()
    treaties: Words = ()
    posting: Words = ()
    persons: ByType = Field(default_factory=dict)
    agreeing: Words = ()
    anonymity: Words = ()
    withheld: tuple[tuple[Words, ...], ...] = ()
    causes: Words = ()
    sounds: tuple[str, ...] = ()
    vowels: str = ""
    consonants: tuple[str, ...] = ()
    titles: ByType = Field(default_factory=dict)
    offices: dict[str, Words] = Field(default_factory=dict)
    heads: dict[str, Words] = Field(default_factory=dict)
    branches: dict[str, Words] = Field(default_factory=dict)
    staff: dict[str, Words] = Field(default_factory=dict)


@cache
def facts(code: str, packs: Packs = SHIPPED) -> Facts:
    """Return what the pack of a language knows; nothing for a language without a pack.

    Raises:
        PackError: The pack's file has an unknown key or a value of the wrong form.
    """
    if code not in available(packs):
        return Facts()
    files = list(read_files(code, FILE, Facts.model_fields, packs))
    checked = [check_facts(held, str(path)) for path, held in files]
    return checked[0] if len(files) == 1 else Facts.model_validate(read_yaml(code, FILE, packs))


def check_facts(loaded: Mapping[str, Any], file: str) -> Facts:
    """Return loaded facts as a value.

    Raises:
        PackError: A key is unknown or a value has the wrong form.
    """
    try:
        found = Facts.model_validate(loaded)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"{where}: {first['msg']}. Correct or remove it."
        raise PackError(file, line_of(Path(file), first["loc"][0]), problem) from None
    for name, known in (("offices", offices()), ("heads", heads())):
        if unknown := sorted(getattr(found, name).keys() - known.keys()):
            problem = f"{name}.{unknown[0]}: not in {name}.csv. Add it there."
            raise PackError(file, line_of(Path(file), name), problem)
    return found
