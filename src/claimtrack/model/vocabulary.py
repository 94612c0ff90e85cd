"""The closed sets of values: the field's own words, each an enum.

The values are what is stored, exported and scored; the meanings are those of the annotation
guidelines summarised in docs/vocabulary.md.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a span is to its attribution (PARC 3: source, cue, content)."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    ANTECEDENT = "antecedent"  # the earlier mention that an empty or anaphoric source stands for


class Kind(StrEnum):
    """How the words are reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Channel(StrEnum):
    """Through what the words came."""

    STATEMENT = "statement"
    PRESS_CONFERENCE = "press_conference"
    INTERVIEW = "interview"
    TWEET_OR_POST = "tweet_or_post"
    REPORT = "report"
    BROADCAST = "broadcast"
    VIDEO_OR_IMAGE = "video_or_image"
    PHONE_CALL = "phone_call"
    SPEECH = "speech"
    MEETING = "meeting"
    DOCUMENT = "document"
    LEAK = "leak"
    NONE_STATED = "none_stated"


class Stance(StrEnum):
    """Where the reporter stands towards the content."""

    NEUTRAL = "neutral"
    ENDORSING = "endorsing"
    DISTANCING = "distancing"
    DISPUTING = "disputing"


class Assertion(StrEnum):
    """What the source does in saying it."""

    ASSERT = "assert"
    DENY = "deny"
    ACCUSE = "accuse"
    WARN = "warn"
    DEMAND = "demand"
    PROMISE = "promise"
    OPINION = "opinion"
    QUESTION = "question"


class Modality(StrEnum):
    """How certain the content is made out to be, from least to most."""

    DENIED = "denied"
    POSSIBLE = "possible"
    REPORTED = "reported"
    ASSERTED = "asserted"
    CONFIRMED = "confirmed"


class SourceType(StrEnum):
    """What sort of agent a statement is attributed to."""

    GOVERNMENT = "government"
    MILITARY = "military"
    EMBASSY = "embassy"
    STATE_MEDIA = "state_media"
    NEWS_AGENCY = "news_agency"
    NEWS_OUTLET = "news_outlet"
    SOCIAL_MEDIA_USER = "social_media_user"
    ARMED_GROUP = "armed_group"
    POLITICAL_PARTY = "political_party"
    IGO = "igo"
    NGO = "ngo"
    COMPANY = "company"
    EXPERT = "expert"
    WITNESS = "witness"
    OFFICIAL_PERSON = "official_person"
    ANONYMOUS = "anonymous"
    OTHER = "other"


OF_THE_STATE = frozenset({SourceType.GOVERNMENT, SourceType.MILITARY, SourceType.EMBASSY})
"""Types of those who speak for their state."""


class SourceKind(StrEnum):
    """What a registered source is."""

    PERSON = "person"
    BODY = "body"
    STATE = "state"
    OUTLET = "outlet"
    AGENCY = "agency"
    EMBASSY = "embassy"
    ACCOUNT = "account"
    COLLECTIVE = "collective"
    UNNAMED = "unnamed"


class NameKind(StrEnum):
    """How far a name can be trusted: a weak one resolves only through its antecedent."""

    OFFICIAL = "official"
    ALIAS = "alias"
    WEAK = "weak"
    HANDLE = "handle"


class SourceRelationKind(StrEnum):
    """How one source stands to another, child first."""

    OWNED_BY = "owned_by"
    SPEAKS_FOR = "speaks_for"
    ACCOUNT_OF = "account_of"
    MEMBER_OF = "member_of"


class ResolvedHow(StrEnum):
    """How a mention was resolved to a source."""

    EXACT = "exact"
    ALIAS = "alias"
    COMPOSED = "composed"
    ANTECEDENT = "antecedent"
    SETTING = "setting"
    PERSON = "person"
    UNNAMED = "unnamed"
    NEW = "new"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


class PartRole(StrEnum):
    """What a stretch of a document's text is to its article."""

    TITLE = "title"
    OUTLET = "outlet"
    BYLINE = "byline"
    BODY = "body"
    BOILERPLATE = "boilerplate"


class RelayKind(StrEnum):
    """How a report took over another, child to parent; named after its PROV-O term."""

    QUOTES = "quotes"  # prov:wasQuotedFrom
    RELAYS = "relays"  # prov:wasDerivedFrom
    REPRINTS = "reprints"
    TRANSLATES = "translates"


class Verdict(StrEnum):
    """A reversible decision on whether two things are one (nomenklatura's judgement)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class Precision(StrEnum):
    """How exactly a time was stated."""

    UNKNOWN = "unknown"
    YEAR = "year"
    MONTH = "month"
    ABOUT_DAY = "about_day"  # a day more or less, as of a Hijri date
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Direction(StrEnum):
    """Reading direction of a language."""

    RTL = "rtl"
    LTR = "ltr"


class Relation(StrEnum):
    """What the texts of two claims are to each other."""

    SAME = "same"
    CONTRADICTS = "contradicts"
    RELATED = "related"
    UNRELATED = "unrelated"


class Sign(StrEnum):
    """What a piece of evidence about two claims is about."""

    NUMBER = "number"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    ACTOR = "actor"
    PLACE = "place"
    DATE = "date"
    MODALITY = "modality"
    ACT = "act"
    SCOPE = "scope"
    WORDING = "wording"


class Weight(StrEnum):
    """What a piece of evidence about two claims speaks for."""

    FOR = "for"
    AGAINST = "against"
    OPPOSED = "opposed"


class Qualifier(StrEnum):
    """How a number is qualified."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    UP_TO = "up_to"


class ClaimRelationKind(StrEnum):
    """How two claims stand to each other when they are not one."""

    NEGATES = "negates"
    NUMBER_CONFLICT = "number_conflict"
    ATTRIBUTE_CONFLICT = "attribute_conflict"
    SCOPE_DIFFERENCE = "scope_difference"
    RESPONDS_TO = "responds_to"
    DENIES_AUTHORSHIP = "denies_authorship"


class RelayStrength(StrEnum):
    """By what it is known that a report was taken from another, strongest first."""

    STATED = "stated"
    LINK = "link"
    QUOTATION = "quotation"
    REPRINT = "reprint"
    SIMILARITY = "similarity"


class OriginKind(StrEnum):
    """What a chain of reports ends in."""

    FIRST_HAND = "first_hand"
    DOCUMENT = "document"
    NAMED_SOURCE = "named_source"
    UNNAMED_SOURCE = "unnamed_source"
    COLLECTIVE = "collective"
    SELF_REFERENCE = "self_reference"
    UNSOURCED_RELAY = "unsourced_relay"
    LINK_DEAD = "link_dead"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a claim's reports hide that they have one origin, or none."""

    NONE = "none"
    LOW = "low"
    HIGH = "high"
    UNTRACEABLE = "untraceable"


class LoopLevel(StrEnum):
    """On what a circle of reports shows."""

    ATTRIBUTION = "attribution"
    DOCUMENT = "document"
    OUTLET = "outlet"


class NumberChange(StrEnum):
    """What became of a number on the way from one report to the next."""

    SAME = "same"
    ROUNDED = "rounded"
    CHANGED = "changed"
    RANGE_COLLAPSED = "range_collapsed"
    QUALIFIER_LOST = "qualifier_lost"
    APPEARED = "appeared"
    DROPPED = "dropped"


class Camp(StrEnum):
    """Where a source stands in a dispute about a claim."""

    ASSERTS = "asserts"
    DISPUTES = "disputes"
    NEITHER = "neither"


class TimeEvidence(StrEnum):
    """By what it is known when something appeared, strongest first."""

    ARCHIVED_SNAPSHOT = "archived_snapshot"
    PLATFORM_TIMESTAMP = "platform_timestamp"
    PAGE_METADATA = "page_metadata"
    STATED_IN_TEXT = "stated_in_text"
    COLLECTED_ONLY = "collected_only"


class PublicationState(StrEnum):
    """What of a document may be shown in public."""

    PRIVATE = "private"
    """Nothing; it is as if it were not held."""
    QUOTES = "quotes"
    """The sentences of its attributions, with title, outlet, date and link."""
    FULL = "full"
    """Its text and captures."""
