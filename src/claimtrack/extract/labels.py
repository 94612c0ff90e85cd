"""Labels ("what he called …") and headlines ("X: P")."""

from __future__ import annotations

from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import ANAPHOR, Draft, cue_span
from claimtrack.extract.endings import content_end
from claimtrack.extract.groups import is_adverb, is_shaped, is_verb, shows_verb
from claimtrack.extract.lexicon import PLAIN, Cue, Form
from claimtrack.extract.openings import Opening, bound_opening, opening, opens_here
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, Sentence
from claimtrack.model.vocabulary import Assertion, Stance

_NO_SPEAKER = (
    *("prepositions", "clauses", "relatives", "interrogatives", "subjects", "infinitive"),
    *("times", "numerals", "joining", "circumstances", "comments", "determiners"),
)
"""Lists of words that begin something else than who says a headline."""

_CLAUSE = 4
"""Tokens that a headline has before the mark behind which whoever says it stands."""

LONGEST_SIGNED = 4
"""Tokens of whoever says a headline, behind it."""

LONGEST_SPEAKER = 12
"""Tokens before the colon of "X: P"."""


def label(sentence: Sentence, at: int) -> Draft | None:
    """Read "what he called …": the reporter keeps away from another's word for it."""
    if not sentence.among(at, "label_opener", "label_persons") or sentence.among(
        at - 1, "negations"
    ):
        return None
    verb = at + 1
    form = sentence.finite(verb)
    told = _told(sentence, at, verb, form) if form else None
    if told or not _labels(sentence, verb):
        return told
    if form and sentence.among(at - 1, "comments"):
        return _remark(sentence, at, verb, form.cue)
    draft = Draft(verb, [cue_span(sentence, at, verb)], "label", form.cue if form else None)
    draft.stance, draft.assertion = Stance.DISTANCING, Assertion.ASSERT
    draft.agreement = form.agreement if form else ""
    if sentence.among(at, "label_persons") and not sentence.opens_quote(verb + 1):
        return None
    words = sentence.lexicon.words
    wanted = PLAIN._replace(takes=_label_takes(sentence, form) | {"that"})
    first = end = verb + 1
    long = sentence.opens_quote(first) and sentence.quote_end(first) - first > 4
    if long or (sentence.opens_quote(first) and sentence.among(at, "label_persons")):
        draft.content = [(first, sentence.quote_end(first))]
        return draft
    if not opens_here(sentence, first, wanted):
        end = noun_phrase(sentence, first, sentence.end, wanted.takes & words["bound"])
    begin = bound_opening(sentence, first, end + 1, wanted)
    after = end + (sentence.text(end) in COMMAS)  # "what X, the minister, said, on P"
    begin = begin or opening(sentence, after, wanted, limit=after + 1)
    if begin and begin.at > first:
        draft.source = (first, min(end, begin.at))
    names = form is None or bool(form.cue.takes & {"label", "naming"})
    quoted = any(sentence.opens_quote(near) for near in (first, first + 1))
    if begin is None and not (names or quoted or sentence.bare(verb) in words["labels"]):
        return None  # "contrary to what the paper reported": its subject
    start = begin.content if begin else first
    stop = _label_end(sentence, start)
    if begin and begin.how == "preposition":
        stop = max(stop, content_end(sentence, begin))
    draft.content = [(start, stop)]
    return draft if stop > start else None


def _told(sentence: Sentence, at: int, verb: int, form: Form) -> Draft | None:
    """Read "what X announced, namely that P": a preposition leads to what it is."""
    resumed = sentence.among(verb + 1, "resumptives")
    first = verb + 1 + resumed
    end = noun_phrase(sentence, first, sentence.end)
    named = bool(sentence.reported(verb).pronoun) or resumed
    if not (named and end > first and "that" in form.cue.takes):
        return None
    if not (sentence.among(end, "senders") and sentence.is_that(end + 1)):
        return None
    begin = Opening(end, end + 2, "that")
    draft = Draft(verb, [cue_span(sentence, at, verb)], "verb", form.cue, source=(first, end))
    draft.content, draft.how = [(begin.content, content_end(sentence, begin))], begin.how
    draft.gap = (first, begin.at)
    return draft


def _label_takes(sentence: Sentence, form: Form | None) -> frozenset[str]:
    """Return what a label begins with: no bound preposition, where a verb only says something."""
    words = sentence.lexicon.words
    takes = form.cue.takes if form else frozenset({"label"})
    if takes & ({"label", "naming"} | words["bound"]):
        return words["label_takes"]
    return words["label_takes"] - words["bound"]


def _remark(sentence: Sentence, at: int, verb: int, cue: Cue) -> Draft | None:
    """Read "P, which is what X claims": what X claims stands before."""
    end = noun_phrase(sentence, verb + 1, sentence.end)
    draft = Draft(verb, [cue_span(sentence, at, verb)], "verb", cue, how=ANAPHOR)
    draft.source = (verb + 1, end) if end > verb + 1 else None
    draft.gap = (at - 1, at)
    return draft


def headline(sentence: Sentence) -> Draft | None:
    """Read a headline "X: P"."""
    start = sentence.start
    at = _colon(sentence)
    if at is None or sentence.among(start, "prepositions", "clauses", "relatives"):
        return None
    described = at > start + 1 and sentence.among(start, "open_heads")  # "a diplomatic source"
    asks = sentence.lexicon.order == "before" and sentence.among(at + 1, "interrogatives")
    if asks or (sentence.among(start, "topics") and not described):
        return None  # "Orlitsa: what we know"
    if sentence.looks_like_verb(start) or sentence.other(start) is not None:
        return None
    if any(
        sentence.reported(word).part("past", "present", "participle") or shows_verb(sentence, word)
        for word in range(start, at)
    ):
        return None
    last = noun_phrase(sentence, start, _before_occasion(sentence, start, at))
    if last == start or not (last == at or _is_said_to(sentence, start, last, at)):
        return None
    end = content_end(sentence, Opening(at, at + 1, "colon"))
    quoted = any(sentence.opens_quote(word) for word in range(at + 1, end))
    single = last == start + 1 and not quoted
    if single and (sentence.among(start, "countries") or _is_topic(sentence, start)):
        return None
    draft = Draft(at, [cue_span(sentence, at, at)], "headline", source=(start, last))
    draft.content, draft.gap = [(at + 1, end)], (last, at)
    return draft if end > at + 1 else None


def _before_occasion(sentence: Sentence, start: int, colon: int) -> int:
    """Return where "in answer to Y" begins in "X in answer to Y: P"; the colon for nowhere."""
    found = (at for at in range(start + 1, colon) if sentence.among(at, "answering"))
    return next(found, colon)


def _is_said_to(sentence: Sentence, start: int, last: int, colon: int) -> bool:
    """Tell whether "X to Y: P" is X's: where P is quoted, or X may speak and Y is an outlet.

    So it is where X answers Y.
    """
    if sentence.among(last, "answering"):
        return True
    speaks = sentence.among(start, "open_heads", "titles", "posts")
    outlet = sentence.text(last) in sentence.lexicon.words["addressed"]
    if outlet and sentence.opens_quote(last + 1):
        return True  # "Hamrash to «The Courier»: P"
    return sentence.opens_quote(colon + 1) or (speaks and names_channel(sentence, last))


def signed_headline(sentence: Sentence) -> Draft | None:
    """Read a headline "P - X" or "P: X": whoever says P stands behind a mark at its end."""
    mark = sentence.end - 1
    while mark > sentence.start and sentence.tokens[mark].word:
        mark -= 1
    first, text = mark + 1, sentence.text(mark)
    if sentence.lexicon.order != "before" or text not in DASHES | {":"}:
        return None
    named = sentence.tokens[first].capital if first < sentence.end else False
    short = 0 < sentence.end - first <= (LONGEST_SIGNED if text == ":" or not named else 0)
    if not short or mark - sentence.start < _CLAUSE or _touches(sentence, mark):
        return None
    if sentence.among(first, "topics", *_NO_SPEAKER) or is_adverb(sentence, first):
        return None
    if any(is_verb(sentence, at) for at in range(first, sentence.end)):
        return None
    acts = (
        is_verb(sentence, at) or is_shaped(sentence, at) or sentence.other(at) is not None
        for at in range(sentence.start + 1, mark)
    )
    if not any(acts):
        return None
    draft = Draft(mark, [cue_span(sentence, mark, mark)], "headline", source=(first, sentence.end))
    draft.content = [(sentence.start, mark)]
    return draft


def _touches(sentence: Sentence, mark: int) -> bool:
    """Tell whether a mark joins words: "a ceasefire-monitor"; a colon may stand close to one."""
    dash = sentence.text(mark) in DASHES
    return dash and sentence.tokens[mark - 1].end == sentence.tokens[mark].start


def _is_topic(sentence: Sentence, at: int) -> bool:
    """Tell whether "the water: runs at night" within an article names a paragraph's subject.

    The verb speaks of it; who is quoted speaks of something else.
    """
    words, noun = sentence.lexicon.words, sentence.without_article(at)
    speaks = noun in words["heads"] | words["open_heads"] | words["name_heads"]
    named = speaks or sentence.among(at, "places", "titles")
    described = sentence.text(at).endswith(tuple(words["adjective_endings"]))  # a surname, too
    told = sentence.finite(at + 2) is not None or sentence.other_verb(at + 2)
    subject = sentence.start > 0 and sentence.has_article(at) and told
    return subject and not (named or described)


def _labels(sentence: Sentence, verb: int) -> bool:
    """Tell whether a word is a verb of naming, or one whose object is named by a pronoun."""
    labels = sentence.lexicon.words["labels"]
    text = sentence.text(verb)
    if text in sentence.lexicon.words["never"]:
        return False
    if sentence.bare(verb) in labels:
        return True
    word = sentence.reported(verb)
    form = word.part("past", "present")
    if form and word.pronoun and "object" in form.cue.takes:
        shown = form.cue.stance is Stance.ENDORSING  # "what it showed"
        return not shown or sentence.among(verb - 2, "comments")
    tails = sentence.lexicon.words["pronouns"]
    return any(text.endswith(tail) and text[: -len(tail)] in labels for tail in tails)


def _label_end(sentence: Sentence, start: int) -> int:
    for at in (start, start + 1):
        if sentence.opens_quote(at):
            return sentence.quote_end(at)
    end = noun_phrase(sentence, start, sentence.end)
    return max(end, min(start + 1, sentence.end))


def _colon(sentence: Sentence) -> int | None:
    stop = min(sentence.end - 2, sentence.start + LONGEST_SPEAKER)
    closers, tokens = sentence.page.closers, sentence.tokens
    at = sentence.start + 1
    while at < stop:
        if at in closers and tokens[at - 1].text not in sentence.lexicon.words["addressed"]:
            return None
        if tokens[at].text == ":":
            return at
        at = closers[at] if at in closers else at + 1  # "a source to "The Courier": P"
    return None
