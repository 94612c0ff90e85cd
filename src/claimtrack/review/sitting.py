"""A reviewer's sitting: what is before them, what they decide of it, and the way back.

Every decision is made by the function that the plain command of it calls, in one transaction with
the look whether the item is still theirs. What was decided in the sitting is kept in order, so that
it can be taken back, step by step.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypedDict

from claimtrack.errors import DatabaseError, HeldError
from claimtrack.model.document import DocumentVersion
from claimtrack.model.vocabulary import Verdict
from claimtrack.review import corrections, queues, verdicts
from claimtrack.review.corrections import Draft, Standing
from claimtrack.review.queues import Pair, Queue, Spread, Waiting
from claimtrack.review.verdicts import Scales
from claimtrack.store import Store, log, notes, read
from claimtrack.store.candidates import Candidate
from claimtrack.store.grades import Review
from claimtrack.store.notes import Note
from claimtrack.store.queues import last_decision
from claimtrack.store.versions import version_by_id
from claimtrack.store.views import AttributionView

PAGE = 50
"""Items that are looked up at once."""


class _By(TypedDict):
    by: str
    at: datetime


class Shown(NamedTuple):
    """What is before a reviewer.

    Attributes:
        item: What of the queue it is.
        report: The attribution; of a pair the left one, of a claim the first one.
        version: Its text.
        standing: Where the attribution stands, as the reviewer sees it; None in other queues.
        others: The attributions of the same text, in reading order.
        pair: The two claims, in the queue of pairs.
        spread: The claim, in the queue of verdicts.
        candidates: Who the source may be, in the queue of sources.
        notes: What reviewers noted of it.
        refused: Why it cannot be decided; None where it can.
    """

    item: Waiting
    report: AttributionView
    version: DocumentVersion
    standing: Standing | None
    others: tuple[AttributionView, ...]
    pair: Pair | None
    spread: Spread | None
    candidates: tuple[Candidate, ...]
    notes: tuple[Note, ...]
    refused: str | None

    @property
    def seen(self) -> str | None:
        """The token of the state of the attribution that the reviewer sees."""
        return self.standing.token if self.standing else None


class Done(NamedTuple):
    """A decision of the sitting.

    Attributes:
        ids: What was recorded; undone from the last to the first.
        words: What was done, for the reviewer.
        passed: The item was done with by it.
    """

    queue: Queue
    item: Waiting
    ids: tuple[str, ...]
    words: str
    passed: bool


class Other(NamedTuple):
    """An attribution beside the one shown, and the token of its state."""

    report: AttributionView
    token: str


class Sitting:
    """One reviewer at work on one database.

    Attributes:
        store: The database.
        user: The reviewer.
        queue: The queue they work on.
        shown: What is before them; None where the queue is empty.
        decided: How many items they decided in this sitting, by queue.
    """

    def __init__(
        self,
        store: Store,
        user: str,
        clock: Callable[[], datetime],
        scales: Scales = MappingProxyType({}),
    ) -> None:
        """Begin.

        Args:
            store: The database, open for writing.
            user: Who is at work.
            clock: Tells the time, in UTC.
            scales: The desk's scales of verdicts.
        """
        self.store, self.user, self._clock, self._scales = store, user, clock, scales
        self.queue = Queue.ATTRIBUTIONS
        self.shown: Shown | None = None
        self.decided = dict.fromkeys(Queue, 0)
        self._done: list[Done] = []
        self._waiting: deque[Waiting] = deque()
        self._last: Waiting | None = None

    def open(self, queue: Queue) -> None:
        """Go on with a queue where the reviewer stopped."""
        self.close()
        self.queue = queue
        self._waiting = deque(queues.resume(self.store.connection, self.user, queue, PAGE))
        self._next()

    def close(self) -> None:
        """Let go of what is before the reviewer; the place is kept."""
        if self.shown:
            queues.release(self.store, self.queue, user=self.user, at=self._clock())
            self.shown = None

    def skip(self) -> None:
        """Leave the item as it is and take the next one; it comes again when the queue begins anew.

        Raises:
            DatabaseError: Nothing is before the reviewer.
        """
        self._here()
        self._next()

    def accept(self, reason: str = "") -> None:
        """Accept the attribution.

        Raises:
            HeldError: It is before somebody else, or decided.
            CorrectionError: Somebody decided since it was shown.
        """
        with self._deciding("accepted") as (shown, done):
            done.append(
                corrections.accept(
                    self.store, shown.report.id, **self._by, reason=reason or None, seen=shown.seen
                )
            )

    def reject(self, reason: str) -> None:
        """Reject the attribution, with a reason.

        Raises: as for `accept`; CorrectionError where no reason is given, too.
        """
        with self._deciding("rejected") as (shown, done):
            done.append(
                corrections.reject(
                    self.store, shown.report.id, reason=reason, **self._by, seen=shown.seen
                )
            )

    def correct(self, draft: Draft, reason: str = "") -> None:
        """Put another attribution in the place of the one shown.

        Raises: as for `accept`; CorrectionError where it is none that can stand, too.
        """
        with self._deciding("corrected") as (shown, done):
            done.append(
                corrections.correct(
                    self.store,
                    shown.report.id,
                    draft,
                    **self._by,
                    reason=reason or None,
                    seen=shown.seen,
                )
            )

    def split(self, drafts: Sequence[Draft], reason: str = "") -> None:
        """Put several attributions in the place of the one shown.

        Raises: as for `correct`.
        """
        with self._deciding("split") as (shown, done):
            done.append(
                corrections.split(
                    self.store,
                    shown.report.id,
                    drafts,
                    **self._by,
                    reason=reason or None,
                    seen=shown.seen,
                )
            )

    def others(self) -> tuple[Other, ...]:
        """Return the other attributions of the text as they are now: to be chosen from.

        Raises:
            DatabaseError: Nothing is before the reviewer.
        """
        shown, connection = self._here(), self.store.connection
        return tuple(
            Other(each, corrections.standing(connection, each.id).token)
            for each in read.version_attributions(connection, shown.version.id)
            if each.id != shown.report.id
        )

    def join(self, other: str, reason: str = "", *, seen: str | None = None) -> None:
        """Make one of the attribution shown and another one of its text.

        Args:
            other: The other one's id.
            reason: Why, in words, if that needs any.
            seen: The token of the state of the other one that the reviewer saw.

        Raises: as for `correct`; HeldError where somebody has the other one before them,
            CorrectionError where they decided about either since.
        """
        with self._deciding("joined") as (shown, done):
            queues.refuse_held(self.store, other, user=self.user, at=self._clock())
            done.append(
                corrections.join(
                    self.store,
                    (shown.report.id, other),
                    **self._by,
                    reason=reason or None,
                    seen=(shown.seen, seen),
                )
            )

    def add(self, draft: Draft, reason: str = "") -> None:
        """Add an attribution that was missed in the text shown; the item stays as it is.

        Raises:
            CorrectionError: It cannot stand, or is there already.
        """
        shown = self._here()
        made = corrections.add_missed(
            self.store, shown.version.id, draft, **self._by, reason=reason or None
        )
        self._done.append(Done(self.queue, shown.item, (made,), "added", passed=False))
        self._show(shown.item)

    def judge(self, verdict: Verdict, reason: str = "") -> None:
        """Say whether the two claims are one.

        Raises:
            HeldError: They are before somebody else, or judged.
            BlockedJudgementError: A live judgement says the opposite.
        """
        words = {
            Verdict.POSITIVE: "judged the same",
            Verdict.NEGATIVE: "judged different",
            Verdict.UNSURE: "judged unsure",
        }[verdict]
        with self._deciding(words) as (shown, done):
            if shown.pair is None:
                raise DatabaseError("There is no pair to judge here.")
            done.append(
                self.store.judge(
                    read.cluster(self.store.connection, shown.pair.left_claim),
                    read.cluster(self.store.connection, shown.pair.right_claim),
                    verdict,
                    evidence=reason or "judged at the desk",
                    run=None,
                    user=self.user,
                    at=self._clock(),
                )
            )

    def rate(self, scale: str, label: str, text: str = "", links: Sequence[str] = ()) -> None:
        """Give the claim a verdict on a scale, with addresses of the evidence.

        Raises:
            HeldError: It is before somebody else, or has one.
            RatingError: The desk has scales, and the label is of none or another.
        """
        with self._deciding(f"rated {label}") as (shown, done):
            if shown.spread is None:
                raise DatabaseError("There is no claim to rate here.")
            review = Review(shown.spread.id, scale, label, text, links=tuple(links))
            at = self._clock()
            done.append(verdicts.assess(self.store, self._scales, review, at=at, user=self.user))

    def resolve(
        self, source_id: str, name: str, hold: Callable[[Store], Sequence[str]] | None = None
    ) -> None:
        """Say which source the attribution names.

        Args:
            source_id: The source's id.
            name: What it is called, for the reviewer.
            hold: Sees to it that the source is held, where it may not be; returns what it recorded.

        Raises: as for `correct`; UnknownIdError where the source is not held, too.
        """
        with self._deciding(f"is {name}") as (shown, done):
            done.extend(hold(self.store) if hold else ())
            draft = corrections.draft_of(self.store.connection, shown.report.id)
            done.append(
                corrections.correct(
                    self.store,
                    shown.report.id,
                    draft.changed(source_id=source_id),
                    **self._by,
                    seen=shown.seen,
                )
            )

    def note(self, text: str) -> None:
        """Write a note beside the item; it decides nothing.

        Raises:
            DatabaseError: It says nothing, or nothing is before the reviewer.
        """
        shown = self._here()
        with self.store.transaction():
            by = log.By(self.user, self._clock())
            made = notes.write(self.store.connection, shown.item.id, text, by)
        self._done.append(Done(self.queue, shown.item, (made,), "noted", passed=False))
        self._show(shown.item)

    def undo(self) -> Done | None:
        """Take the last decision back; its item is before the reviewer again.

        When none of the sitting is left, those of the reviewer's earlier ones follow; their items
        come again when their queue begins anew.

        Returns:
            What was taken back; None where nothing is left.

        Raises:
            ClaimtrackError: Something that was done since rests on it; it stays as it is.
        """
        if not self._done:
            return self._undo_earlier()
        last = self._done[-1]
        with self.store.transaction():
            for each in reversed(last.ids):
                self.store.undo(each, user=self.user, at=self._clock())
        self._done.pop()
        if last.passed:
            self.decided[last.queue] -= 1
        if last.queue is not self.queue:
            self.open(last.queue)
        if self.shown and self.shown.item != last.item:
            self._waiting.appendleft(self.shown.item)
        self._show(last.item)
        return last

    def _undo_earlier(self) -> Done | None:
        found = last_decision(self.store.connection, self.user)
        if found is None:
            return None
        self.store.undo(found, user=self.user, at=self._clock())
        self.open(self.queue)
        kind = found.partition("-")[0]
        return Done(self.queue, Waiting("", ""), (found,), f"an earlier {kind}", passed=False)

    @property
    def last_words(self) -> str:
        """What was done last; empty where nothing was."""
        return self._done[-1].words if self._done else ""

    def text_of(self, version_id: str) -> str:
        """Return the text of a document version."""
        return version_by_id(self.store.connection, version_id).text

    @property
    def undoable(self) -> int:
        """How many decisions can be taken back."""
        return len(self._done)

    @property
    def _by(self) -> _By:
        return {"by": self.user, "at": self._clock()}

    def _here(self) -> Shown:
        if self.shown is None:
            raise DatabaseError("Nothing waits in this queue. Take another one.")
        return self.shown

    @contextmanager
    def _deciding(self, words: str) -> Iterator[tuple[Shown, list[str]]]:
        """Decide what is shown, if it may be; then take the next one."""
        shown, made = self._here(), list[str]()
        with self.store.transaction():
            queues.refuse_taken(
                self.store, self.queue, shown.item.id, user=self.user, at=self._clock()
            )
            yield shown, made
        self._done.append(Done(self.queue, shown.item, tuple(made), words, passed=True))
        self.decided[self.queue] += 1
        self._next()

    def _next(self) -> None:
        if not self._waiting and self._last is not None:
            connection = self.store.connection
            self._waiting.extend(queues.page(connection, self.queue, self._last.place, PAGE))
            if not self._waiting:  # what was skipped comes again
                self._waiting.extend(queues.page(connection, self.queue, limit=PAGE))
        while self._waiting:
            item = self._waiting.popleft()
            if self._show(item):
                return
        at = self._clock()
        queues.release(self.store, self.queue, user=self.user, at=at, passed=True)
        self.shown = None

    def _show(self, item: Waiting) -> bool:
        """Put an item before the reviewer; return whether it still waits."""
        connection, refused = self.store.connection, None
        self._last = item
        try:
            queues.take(self.store, self.queue, item, user=self.user, at=self._clock())
        except HeldError as error:
            if error.user is None:
                return False
            refused = str(error)
        pair = spread = None
        if self.queue is Queue.PAIRS:
            pair = queues.pair(connection, item.id)
            report = pair.left
        elif self.queue is Queue.VERDICTS:
            spread = queues.spread(connection, item.id)
            report = spread.first[0]
        else:
            report = read.attribution(connection, item.id)
        alone = self.queue in (Queue.ATTRIBUTIONS, Queue.SOURCES)
        version = version_by_id(connection, report.document.version_id)
        self.shown = Shown(
            item,
            report,
            version,
            corrections.standing(connection, report.id) if alone else None,
            read.version_attributions(connection, version.id) if alone else (),
            pair,
            spread,
            queues.candidates(connection, report) if self.queue is Queue.SOURCES else (),
            notes.of(connection, item.id),
            refused,
        )
        return True
