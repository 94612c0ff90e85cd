"""When a claim appeared and how long it took from report to report (features F13, F14).

Every time is an interval, as wide as what is known of it; nothing is guessed within it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from claimtrack.analysis.web import Web
from claimtrack.model.document import StatedTime
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Precision, TimeEvidence
from claimtrack.store.reports import Report

_EXACT = (Precision.MINUTE, Precision.SECOND)
_DAY = timedelta(days=1)
_AROUND = {
    Precision.SECOND: (timedelta(0), timedelta(0)),
    Precision.MINUTE: (timedelta(0), timedelta(minutes=1)),
    Precision.DAY: (timedelta(0), _DAY),
    Precision.ABOUT_DAY: (_DAY, 2 * _DAY),
}
"""How much earlier and later than the stated instant a time may be."""


class Lag(Value):
    """How long after the report it was taken from a report was published.

    Attributes:
        least: Seconds at least; None where a time is unknown.
        most: Seconds at most; below 0 the dates contradict the relay.
    """

    child: str
    parent: str
    outlet: str | None
    parent_outlet: str | None
    least: float | None
    most: float | None

    @property
    def impossible(self) -> bool:
        """Whether a report was published before the one it was taken from."""
        return self.most is not None and self.most < 0


class FirstAppearance(Value):
    """The earliest known report of a claim.

    Attributes:
        report: Its id; None when no report is dated.
        outlet: Who published it.
        date: When, as stated.
        evidence: By what that is known.
        certain: Whether no other report can be earlier.
        could_precede: Undated reports that could be earlier.
    """

    report: str | None
    outlet: str | None
    date: StatedTime
    evidence: TimeEvidence
    certain: bool
    could_precede: int


def bounds(time: StatedTime) -> tuple[datetime, datetime] | None:
    """Return the interval, half-open, in which a stated time lies; None when it is unknown."""
    if time.utc is None:
        return None
    if time.precision in _AROUND:
        before, after = _AROUND[time.precision]
        return time.utc - before, time.utc + after
    if time.precision is Precision.MONTH:
        return time.utc, _next_month(time.utc)
    return time.utc, time.utc.replace(year=time.utc.year + 1)


def lag(child: StatedTime, parent: StatedTime) -> tuple[timedelta, timedelta] | None:
    """Return the least and the most time from a parent's publication to a child's, if known."""
    late, early = bounds(child), bounds(parent)
    if late is None or early is None:
        return None
    return late[0] - early[1], late[1] - early[0]


def lags(web: Web) -> tuple[Lag, ...]:
    """Return the lag of every relay between two documents."""
    found = []
    for child, parent, _ in web.hops:
        if child.document_id == parent.document_id:
            continue
        known = lag(child.published, parent.published)
        found.append(
            Lag(
                child=child.id,
                parent=parent.id,
                outlet=child.outlet,
                parent_outlet=parent.outlet,
                least=known[0].total_seconds() if known else None,
                most=known[1].total_seconds() if known else None,
            )
        )
    return tuple(found)


def first_appearance(web: Web) -> FirstAppearance:
    """Return the report with the least upper bound of its time, and what could precede it."""
    dated = [(known, one) for one in web.own if (known := bounds(one.published))]
    undated = {one.document_id for one in web.own if not bounds(one.published)}
    if not dated:
        return FirstAppearance(
            report=None,
            outlet=None,
            date=StatedTime(),
            evidence=TimeEvidence.COLLECTED_ONLY,
            certain=False,
            could_precede=len(undated),
        )
    first, report = min(dated, key=lambda pair: (pair[0][1], pair[0][0], pair[1].number))
    return FirstAppearance(
        report=report.id,
        outlet=report.outlet,
        date=report.published,
        evidence=_evidence(report),
        certain=not undated and not _others_before(first, report, dated),
        could_precede=len(undated),
    )


def in_the_future(some: Iterable[Report]) -> tuple[str, ...]:
    """Return the documents that say they were published after they were collected."""
    found: dict[str, None] = {}
    for one in some:
        known = bounds(one.published)
        collected = datetime.fromisoformat(one.recorded_at).astimezone(UTC)
        # a day's tolerance: a date without a zone may be another's tomorrow
        if known and known[0] > collected + _DAY:
            found[one.document_id] = None
    return tuple(found)


def _others_before(
    first: tuple[datetime, datetime],
    report: Report,
    dated: Iterable[tuple[tuple[datetime, datetime], Report]],
) -> bool:
    return any(
        known[0] < first[1] and one.document_id != report.document_id for known, one in dated
    )


def _evidence(report: Report) -> TimeEvidence:
    if report.published.precision in _EXACT:
        return TimeEvidence.PLATFORM_TIMESTAMP
    if report.published.precision in (Precision.DAY, Precision.ABOUT_DAY):
        return TimeEvidence.PAGE_METADATA
    return TimeEvidence.STATED_IN_TEXT


def _next_month(time: datetime) -> datetime:
    if time.month == 12:
        return time.replace(year=time.year + 1, month=1)
    return time.replace(month=time.month + 1)
