"""Our own JSON: live content and evidence, lossless, as `schemas/export.schema.json` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from claimtrack.export.checks import against
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.record import (
    FORMAT,
    VERSION,
    AnchorRecord,
    BodyRecord,
    CaptureRecord,
    ClaimRecord,
    ClaimRelationRecord,
    CorrectionRecord,
    DocumentRecord,
    GradeRecord,
    JudgementRecord,
    OuterRelayRecord,
    PublicationRecord,
    RelayRecord,
    ReprintRecord,
    ReviewRecord,
    RunRecord,
    SourceEditRecord,
    SourceRecord,
)
from claimtrack.model.value import Value
from claimtrack.store import Connection, whole

SECTIONS: tuple[tuple[str, Callable[[Connection], Iterator[whole.Record]], type[Value]], ...] = (
    ("runs", whole.runs, RunRecord),
    ("sources", whole.sources, SourceRecord),
    ("source_edits", whole.source_edits, SourceEditRecord),
    ("documents", whole.documents, DocumentRecord),
    ("relays", whole.relays, RelayRecord),
    ("claims", whole.claims, ClaimRecord),
    ("judgements", whole.judgements, JudgementRecord),
    ("outer_relays", whole.outer_relays, OuterRelayRecord),
    ("claim_relations", whole.claim_relations, ClaimRelationRecord),
    ("reviews", whole.review_history, ReviewRecord),
    ("grades", whole.grades, GradeRecord),
    ("publications", whole.publications, PublicationRecord),
    ("corrections", whole.corrections, CorrectionRecord),
    ("captures", whole.captures, CaptureRecord),
    ("bodies", whole.bodies, BodyRecord),
    ("anchors", whole.anchors, AnchorRecord),
    ("reprints", whole.reprints, ReprintRecord),
)


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write one JSON object, a record a line, without holding more than one in memory."""
    out.write(f'{{"format":"{FORMAT}","version":{VERSION}'.encode())
    count = 0
    for name, read, model in SECTIONS:
        out.write(f',\n"{name}":['.encode())
        for number, record in enumerate(read(connection)):
            text = model.model_validate(record).model_dump_json()
            out.write(f"{',' if number else ''}\n{text}".encode())
            count += 1
        out.write(b"]")
    out.write(b"}\n")
    return Done(count)


def check(data: bytes) -> Iterable[str]:
    """Yield where an export is not what its schema says."""
    return against(data, "export.schema.json")


FORM = Form(
    "Everything, lossless, as schemas/export.schema.json describes it.",
    ".json",
    write,
    things="records",
    check=check,
)
