"""Who a source that is left out, or that points back, is: "… and said", "the ministry"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claimtrack.extract.doers import doer_beside, is_done_to, people_related
from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.elided import has_pronoun_subject
from claimtrack.extract.groups import is_told
from claimtrack.extract.latter import is_latter, named_last
from claimtrack.extract.main import first_subject, main_subject
from claimtrack.extract.reading import COMMAS, STOPS, Sentence
from claimtrack.extract.subject_phrases import is_oblique, phrase_ending
from claimtrack.extract.subjects import is_spoken_of
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion

_CLOSE = 6
"""Tokens between a verb in the plural and those who say it, at most."""

_LEADING = frozenset({"verb", "participle", "relay", MUTE})
"""Patterns whose source goes on as the subject of what follows."""


def find_antecedents(
    sentence: Sentence, found: Sequence[Draft], earlier: Sequence[Draft], previous: Range | None
) -> None:
    """Give each draft without a source, or with an anaphoric one, the earlier mention it means.

    Args:
        sentence: The sentence.
        found: Its drafts.
        earlier: Drafts of the sentences before.
        previous: The tokens of the sentence before it; None for the first.
    """
    page, story = sentence.page, _Story(sentence, previous)
    for number, draft in enumerate(found):
        before = [*earlier, *found[:number]]
        if draft.relative:
            _leave_to_host(draft, found[:number])
        if draft.source is not None and not is_pronoun(sentence, draft):
            draft.antecedent = _latter(sentence, draft) or _anaphor(sentence, draft, before)
        elif _names_nobody(sentence, draft) or _is_anybody(sentence, draft, found):
            beside = doer_beside(sentence, draft, found)
            draft.antecedent = page.span(*beside) if beside else None
        elif related := people_related(sentence, draft):
            draft.antecedent = page.span(*related)
        else:
            _go_on(sentence, draft, found, before, story)


def _go_on(
    sentence: Sentence,
    draft: Draft,
    found: Sequence[Draft],
    before: Sequence[Draft],
    story: _Story,
) -> None:
    """Give a draft that names nobody itself the one who goes on speaking there."""
    page = sentence.page
    host = _relative_host(sentence, draft, before)
    clause = None if host else _clause(sentence, draft, found)
    if not host and _is_either(sentence, draft):
        return
    host = host or _resumed(sentence, draft, clause)
    if host is None:
        near = [one for one in before if one.pattern != MUTE or one.at >= story.begun]
        host = _host(sentence, draft, near)
    subject = _clause_subject(sentence, draft, clause, host) if clause else None
    if subject:  # "said that he warned": a pronoun is not its own antecedent
        draft.antecedent = page.span(*subject) if subject != draft.source else None
        return
    host = host or _teller(sentence, draft, clause)
    far = host is not None and host.at < story.begun and draft.pattern == "verb"
    if host is None or (far and (story.protests or _is_nearer(sentence, draft, host, story))):
        told = _of_its_own(sentence, draft) or _narrated(sentence, draft, story)
        draft.antecedent = page.span(*told) if told else None
        return
    draft.host = host
    draft.antecedent = host.antecedent or (page.span(*host.source) if host.source else None)
    if draft.pattern == "participle" and draft.via is None and host in found:
        draft.via = host.via


def _names_nobody(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "it is believed", "the accused", "reports of" mean nobody named before."""
    at = draft.at
    accused = sentence.among(at, "accused") and sentence.text(at - 1) not in COMMAS
    if accused or sentence.among(at, "hearsay") or sentence.is_impersonal(at):
        return True
    if draft.pattern == "verb" and (sentence.is_passive(at) or is_done_to(sentence, draft)):
        return True
    if draft.pattern == "verb" and draft.source is None and is_told(sentence, at):
        return True  # "the ship is reported lost", "it is believed that"
    before = phrase_ending(sentence, draft.clause) if draft.clause > sentence.start else None
    if draft.source is None and before and is_oblique(sentence, before, at):
        return True  # "tourists are advised to", "the cause is said to be"
    if at == sentence.start and sentence.lexicon.order == "before":
        return _is_question(draft)  # "Asked about the fire, X said": who asked is not told
    word = sentence.reported(at)
    if draft.pattern == "label" and not draft.source:
        return bool(word.part("past", "present")) and not word.pronoun  # "what was called"
    return draft.pattern == "noun" and not word.pronoun


def _is_anybody(sentence: Sentence, draft: Draft, found: Sequence[Draft]) -> bool:
    """Tell whether "they advise" means anybody: in the present, where the sentence names nobody."""
    they = tuple(sentence.lexicon.words["they_endings"])
    present = sentence.reported(draft.at).part("present")
    if draft.pattern != "verb" or draft.source or not they or present is None:
        return False
    alone = not any(one.source for one in found if one is not draft)
    return alone and sentence.text(draft.at).endswith(they)


def _is_question(draft: Draft) -> bool:
    asked = draft.meaning is not None and draft.meaning.assertion is Assertion.QUESTION
    return asked and draft.source is None


class _Clause(NamedTuple):
    """The clause that a draft without a source stands in.

    Attributes:
        start: Its first token.
        holder: The draft whose content it is, or None for the sentence's own.
    """

    start: int
    holder: Draft | None


def _clause(sentence: Sentence, draft: Draft, found: Sequence[Draft]) -> _Clause:
    holders = [one for one in found if one is not draft and holds(one, draft)]
    holder = min(holders, key=length, default=None) or other_before(draft, found)
    if holder is None:
        return _Clause(sentence.start, None)
    start = max(first for first, _ in holder.content if first <= draft.at)
    return _Clause(start, holder)


def other_before(draft: Draft, found: Sequence[Draft]) -> Draft | None:
    """Return the draft of "they said that X goes …" before "and he urges": X goes on, not they.

    Where one of several who speak before agrees, that one goes on: "he said that reports say that
    a missile …, adding".
    """
    before = [one for one in found if one.pattern == "verb" and one.how == "that"]
    told = [one for one in before if one.content and one.content[0][0] < draft.at]
    goes_on = draft.pattern in ("verb", "participle")
    return told[-1] if told and goes_on and not any(_agrees(draft, one) for one in told) else None


def _is_either(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "that he told him" could be either of two: nothing decides who told whom."""
    told = draft.pattern == "verb" and bool(sentence.reported(draft.at).pronoun)
    return told and has_pronoun_subject(sentence, draft.at)


def _resumed(sentence: Sentence, draft: Draft, clause: _Clause | None) -> Draft | None:
    """Return the draft of "X said" in "X said that he asked …", "X stood by his assertion that".

    A document does nothing itself: "a statement said that he asked".
    """
    holder = clause.holder if clause else None
    if holder is None or clause is None:
        return None
    if holder.source and sentence.among(holder.source[0], "documents"):
        return None
    begins = draft.at
    while begins > clause.start and sentence.among(begins - 1, "auxiliaries"):
        begins -= 1
    told = (holder.source or holder.antecedent) is not None
    quoted = sentence.opens_quote(clause.start) and begins == clause.start + 1
    myself = quoted and draft.agreement == "fs"  # "I told" is written like "she told"
    if told and (myself or _is_alleged(sentence, draft, holder)):
        return holder
    if draft.pattern == "label" and told and draft.agreement:
        return holder if _agrees(draft, holder) else None
    if begins != clause.start or not told:
        return None
    if draft.pattern == "noun":
        masculine = sentence.reported(draft.at).pronoun in sentence.lexicon.written_pronouns
        return holder if masculine == (holder.agreement[:1] == "m") else None
    agrees = has_pronoun_subject(sentence, draft.at) and _agrees(draft, holder)
    return holder if agrees else None


def _teller(sentence: Sentence, draft: Draft, clause: _Clause | None) -> Draft | None:
    """Return the draft of "X announced the arrest of gunmen he said belonged to"."""
    holder = clause.holder if clause else None
    aside = draft.pattern == "verb" and sentence.tokens[draft.at - 1].text.isalpha()
    aside = aside and not sentence.is_joined(draft.at) and sentence.page.inside[draft.at] < 0
    if holder is None or not (aside and is_spoken_of(sentence, draft.at)):
        return None
    return holder if (holder.source or holder.antecedent) and _agrees(draft, holder) else None


def _is_alleged(sentence: Sentence, draft: Draft, holder: Draft) -> bool:
    """Tell whether "the alleged site" is part of what another names: it is alleged by that one."""
    alleged = draft.pattern == "label" and sentence.among(draft.at, "alleged")
    denies = holder.meaning is not None and holder.meaning.assertion is Assertion.DENY
    return alleged and holder.how == "object" and not denies


def _clause_subject(
    sentence: Sentence, draft: Draft, clause: _Clause, host: Draft | None
) -> Range | None:
    """Return X in "X closed its consulate, warning that P"; None where a report names it later."""
    inside = sentence.page.inside
    if host is not None and (host.at >= clause.start or host is clause.holder):
        return None
    if clause.holder is None and not _goes_on(sentence, draft):
        return None
    if inside[draft.at] not in (inside[clause.start], clause.start):
        return None
    earlier = range(draft.at - 1, clause.start, -1)
    first = clause.start
    if sentence.opens_quote(first) and sentence.bare(first + 1) in sentence.lexicon.that_alone:
        first += 2  # ""that X called, stressing P""
    joined = (
        at + 1 for at in earlier if _goes_on_that(sentence, at) or _parts(sentence, at, draft)
    )
    subject = main_subject(sentence, next(joined, first), draft.at)
    if subject and draft.agreement == "mp" and not _is_plural(sentence, subject):
        people = _people_before(sentence, subject[1], draft.at)
        return people or (subject if draft.pattern == "label" else None)  # "the group … what they"
    return None if subject and _differs(sentence, draft, subject[0]) else subject


def _people_before(sentence: Sentence, start: int, end: int) -> Range | None:
    """Return the people in "after the posting by activists of pictures they said show"."""
    for at in range(end - 1, max(start, end - _CLOSE), -1):
        named = sentence.tokens[at].word and not sentence.reported(at).forms
        if named and _is_plural(sentence, (at, at + 1)):
            return at, at + 1
    return None


def _goes_on_that(sentence: Sentence, at: int) -> bool:
    """Tell whether a token is "and that", behind which another clause begins."""
    joined = sentence.text(at)[:1] in sentence.lexicon.words["proclitics"]
    return joined and sentence.is_that(at) and sentence.bare(at) in sentence.lexicon.that_alone


def _parts(sentence: Sentence, at: int, draft: Draft) -> bool:
    """Tell whether ", while X tried to", "but X try to" follows: another subject does."""
    after = at + 1
    many = draft.agreement == "mp" and sentence.among(after, "clauses")
    apart = sentence.text(at) in COMMAS or many
    return after + 1 < draft.at and apart and sentence.among(after, "leading")


def _goes_on(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether what a cue says belongs to the clause before: "…, warning that", "and said"."""
    if draft.pattern in ("participle", "label"):
        return True
    if draft.pattern == "noun":
        return bool(sentence.reported(draft.at).pronoun)  # "stood by his assertion that"
    led = sentence.is_joined(draft.at) or sentence.among(draft.at - 1, "clauses", "documents")
    led = led or _is_purpose(sentence, draft.at)
    return draft.pattern == "verb" and led


def _is_purpose(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb is "in order to say": "X came out to say that P"."""
    joined = sentence.text(at)[:1] in sentence.lexicon.words["addressed"]
    return joined and sentence.reported(at).skip > 0


def _differs(sentence: Sentence, draft: Draft, noun: int) -> bool:
    """Tell whether a noun shows another gender than a draft's cue."""
    feminine = sentence.ends_feminine(noun)
    men = sentence.lexicon.words["titles"] | sentence.lexicon.words["posts"]
    masculine = sentence.page.tokens[noun].text in men and not feminine
    return {"m": feminine, "f": masculine}.get(draft.agreement[:1], False)


def _leave_to_host(draft: Draft, before: Sequence[Draft]) -> None:
    """Take the source of "X, who says that P" away where X is another one's source already."""
    first, end = draft.source or (0, 0)
    if any(one.source and one.source[0] < end and first < one.source[1] for one in before):
        draft.source, draft.source_skip, draft.relative = None, 0, False


def is_pronoun(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a draft's source is a personal pronoun: "he said", "according to him"."""
    source = draft.source
    if source is None or source[1] - source[0] != 1:
        return False
    behind = draft.pattern == "particle" and sentence.among(source[0], "objects")
    return behind or sentence.among(source[0], "subjects", "possessors")


def _host(sentence: Sentence, draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the draft whose source a missing one repeats: the nearest that agrees.

    Who speaks within a quotation does not go on behind it.
    """
    inside = sentence.page.inside
    candidates = [
        other
        for other in before
        if (other.source or other.antecedent)
        and not (draft.pattern == "relayed" and other is draft.via)
        and (inside[other.at] < 0 or inside[other.at] == inside[draft.at])
        and (not holds(other, draft) or (other.source and draft.pattern == "participle"))
        and not (other.source and sentence.among(other.source[0] - 1, "hearing"))
    ]
    agreeing = [other for other in candidates if _agrees(draft, other)]
    leads = _LEADING | {"relayed"} if draft.pattern == "participle" else _LEADING
    leading = [
        other
        for other in agreeing
        if other.pattern in leads or _goes_on_behind(sentence, draft, other)
    ]
    known = leading or agreeing
    if _means_one(sentence, draft):
        known = [one for one in known if _may_be_one(sentence, one)]
    if draft.pattern != "participle":
        known = [one for one in known if not _is_told(one, draft)] or known
    if draft.agreement == "mp":
        known = [one for one in known if one.source and _is_plural(sentence, one.source)] or known
    return known[-1] if known else None


class _Story:
    """The sentence before another, of which only the subject is asked.

    Attributes:
        begun: Its first token; where there is none, the other one's.
    """

    def __init__(self, sentence: Sentence, previous: Range | None) -> None:
        """Take a sentence and the tokens of the one before; nothing is read yet."""
        self._sentence, self._previous = sentence, previous
        self.begun = previous[0] if previous else sentence.start
        self._known: tuple[Range | None] | None = None

    @property
    def subject(self) -> Range | None:
        """Its subject, looked for once; a headline has none."""
        if self._known is None:
            self._known = (self._find(),)
        return self._known[0]

    def _find(self) -> Range | None:
        page, words = self._sentence.page, self._sentence.words
        start, end = self._previous or (0, 0)
        if start == end or page.tokens[end - 1].text not in STOPS:
            return None
        before = Sentence(page, words, start, end)
        first = first_subject(before) if words.lexicon.order == "before" else None
        return first or main_subject(before, start, end)

    @property
    def protests(self) -> bool:
        """Whether its subject is people who call for something: "the protests go on"."""
        sentence, subject = self._sentence, self.subject
        rallies = sentence.lexicon.words["rallies"]
        return subject is not None and any(
            sentence.words.without_article(sentence.page.tokens[at].text) in rallies
            for at in range(*subject)
        )


def _is_nearer(sentence: Sentence, draft: Draft, host: Draft, story: _Story) -> bool:
    """Tell whether "he" is a person whom the sentence before names, as who spoke earlier is none.

    Only where subjects stand first, which tells whom a sentence names.
    """
    if sentence.lexicon.order != "before" or not _means_one(sentence, draft):
        return False
    named = story.subject is not None and _is_named(sentence, story.subject)
    return named and not (host.source and _is_named(sentence, host.source))


def _is_named(sentence: Sentence, mention: Range) -> bool:
    """Tell whether a mention ends with a name of two words."""
    last = mention[1] - 1
    return last > mention[0] and all(sentence.page.tokens[at].capital for at in (last - 1, last))


def _of_its_own(sentence: Sentence, draft: Draft) -> Range | None:
    """Return the embassy in "The embassy has turned down nobody, it said": whom P begins with."""
    if draft.source is None or draft.how != "fronted" or sentence.lexicon.order != "before":
        return None
    if draft.content and sentence.opens_quote(draft.content[0][0]):
        return None  # ""The truce holds," she said": nobody quotes himself as the truce
    subject = first_subject(sentence)
    pronoun = subject is None or sentence.among(subject[0], "subjects")
    crowd = subject is not None and _means_one(sentence, draft) and _is_crowd(sentence, subject)
    return None if pronoun or crowd else subject


def _narrated(sentence: Sentence, draft: Draft, story: _Story) -> Range | None:
    """Return the subject of the sentence before: "X visited the village. He said that P"."""
    subject = story.subject if sentence.page.inside[draft.at] < 0 else None
    if subject is None:
        return None
    if draft.agreement == "mp" and not _is_plural(sentence, subject):
        return None
    if _means_one(sentence, draft) and _is_crowd(sentence, subject):
        return None
    return None if _differs(sentence, draft, subject[0]) else subject


def _is_plural(sentence: Sentence, source: Range) -> bool:
    """Tell whether a mention is of many people, as far as its first words show."""
    words, tokens = sentence.lexicon.words, sentence.page.tokens
    people = tuple(words["people_endings"])
    return any(
        tokens[at].text.endswith(people) or tokens[at].text in words["plurals"]
        for at in range(source[0], min(source[0] + 3, source[1]))
    )


def _means_one(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a draft's source is a pronoun of one person: he, she."""
    return draft.source is not None and sentence.among(draft.source[0], "one_person")


def _may_be_one(sentence: Sentence, other: Draft) -> bool:
    """Tell whether "he" can mean a draft's source: no crowd, no outlet that relays one.

    Nor whoever does what a passive says: "X was accused by Y. He" is X.
    """
    if other.source is None:
        return True
    behind = bool(other.content) and other.content[0][1] <= other.at < other.source[0]
    done_by = behind and other.how == "object"
    return not (done_by or other.pattern == "relay" or _is_crowd(sentence, other.source))


def _acts_as_many(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb is in the plural, where its form shows it: "bakers accuse"."""
    token = sentence.page.tokens[at] if at < len(sentence.page.tokens) else None
    form = sentence.words.reported(token.text).part("present") if token else None
    endings = sentence.lexicon.finite_endings
    return token is not None and form is not None and not token.text.endswith(endings)


def _is_crowd(sentence: Sentence, source: Range) -> bool:
    """Tell whether the head of a mention is many people; a name that a capital shows is none."""
    tokens, words = sentence.page.tokens, sentence.lexicon.words
    start, end = source
    within = range(start + 1, end)
    parts = words["prepositions"] | words["relatives"] | COMMAS
    done = tuple(words["participle_endings"])
    head = next((at for at in within if tokens[at].text in parts), end) - 1
    if done and start < head < end - 1 and tokens[head].text.endswith(done):
        head -= 1  # "fishermen reached by radio"
    begins = head == start and any(first == start for first, _ in sentence.page.sentences)
    if tokens[head].capital and not (begins and (head + 1 < end or _acts_as_many(sentence, end))):
        return False
    return tokens[head].text.endswith(tuple(words["people_endings"])) or (
        tokens[head].text in words["plurals"]
    )


def _goes_on_behind(sentence: Sentence, draft: Draft, other: Draft) -> bool:
    """Tell whether one relayed by another of a different gender goes on: "A cited B. He added"."""
    relayer = other.via
    if other.pattern != "relayed" or relayer is None or not other.source:
        return False
    if _means_one(sentence, draft):
        return True
    return not _agrees(draft, relayer) and not _differs(sentence, draft, other.source[0])


def _is_told(one: Draft, draft: Draft) -> bool:
    """Tell whether another one's content tells what a draft says, and ends before a second one."""
    teller = one.via
    if teller is None or teller.pattern == "relay" or holds(teller, draft):
        return False
    return _agrees(draft, teller)


def _relative_host(sentence: Sentence, draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the draft whose source stands before "which said": the one that said it."""
    if not sentence.among(draft.at - 1, "relatives"):
        return None
    ends = (draft.at - 1, draft.at - 2)
    return next((one for one in before if one.source and one.source[1] in ends), None)


def _agrees(draft: Draft, other: Draft) -> bool:
    if not draft.agreement or not other.agreement:
        return True
    alone = draft.agreement == "ms" and other.agreement[1:] in ("p", "d")
    return draft.agreement[0] == other.agreement[0] and not alone


def _latter(sentence: Sentence, draft: Draft) -> Span | None:
    """Return the last body named before "which the latter denied"."""
    if draft.source is None or not is_latter(sentence, draft.source):
        return None
    named = named_last(sentence, draft.source[0], min(draft.at, draft.source[0]))
    return sentence.page.span(*named) if named else None


def _anaphor(sentence: Sentence, draft: Draft, before: Sequence[Draft]) -> Span | None:
    """Return the earlier mention of "the ministry", "the source", "the statement"."""
    if draft.source is None or draft.source[1] - draft.source[0] != 1:
        return None
    first = draft.source[0]
    head = sentence.without_article(first)
    if head == sentence.text(first):
        return None
    for other in reversed(before):
        if other.source is None:
            continue
        start, end = other.source
        words = (sentence.page.tokens[at].text for at in range(start, min(end, start + 3)))
        if end - start > 1 and any(_is_same(sentence, head, word) for word in words):
            return sentence.page.span(start, end)
    return None


def _is_same(sentence: Sentence, head: str, word: str) -> bool:
    """Tell whether a word is the head, but for its article and ending."""
    for article in sentence.lexicon.words["article"]:
        if word.startswith(article):
            word = word[len(article) :]
            break
    return word[:4] == head[:4] and abs(len(word) - len(head)) <= 2


def holds(other: Draft, draft: Draft) -> bool:
    """Tell whether a draft's cue stands within another one's content."""
    within = any(start <= draft.at < end for start, end in other.content)
    return within and not (draft.content and draft.content[0][0] <= other.at < draft.at)


def length(draft: Draft) -> int:
    """Return how many tokens a draft's content has."""
    return sum(end - start for start, end in draft.content)
