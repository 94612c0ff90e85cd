"""A DataFeed of ClaimReviews: all verdicts of a desk, for those who collect them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from claimtrack.export import claimreview
from claimtrack.export.elements import json_lists
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.schema_org import CONTEXT, Record
from claimtrack.store import Connection

_HEAD = f'{{"@context":"{CONTEXT}","@type":"DataFeed","name":"Fact checks",'


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the feed, an item for each verdict."""
    left_out: list[str] = []
    lists = [("dataFeedElement", _items(connection, options, left_out))]
    return json_lists(out, _HEAD, lists, "}")._replace(left_out=tuple(left_out))


def check(data: bytes) -> Iterable[str]:
    """Yield what is wrong with the feed's items: as for `claimreview`."""
    feed = json.loads(data)
    return claimreview.problems([one for each in feed["dataFeedElement"] for one in each["item"]])


def _items(connection: Connection, options: Options, left_out: list[str]) -> Iterator[Record]:
    for verdict in claimreview.verdicts(connection, options, left_out):
        yield {
            "@type": "DataFeedItem",
            "dateCreated": verdict.review["reviewed_at"],
            "item": [verdict.markup],
        }


FORM = Form(
    "Verdicts as a DataFeed of schema.org ClaimReviews, for those who collect them.",
    ".jsonld",
    write,
    things="verdicts",
    check=check,
)
