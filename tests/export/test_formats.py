"""The registry: every format is described, documented and written at one moment's state."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from claimtrack.errors import ClaimtrackError, OutputError, UnknownFormatError
from claimtrack.export import describe, export, formats, save, usable
from claimtrack.store import Store, read
from claimtrack.store.selection import Wanted
from tests.match.stories import TAX, Told, story

SEVERAL_FILES = {"csv", "neo4j", "parquet"}
OF_A_CLAIM = {"dossier", "dossier-pdf", "png", "svg"}
FULL = Path("/dev/full")
PAGE = Path(__file__).parents[2] / "docs" / "exports.md"


@pytest.mark.parametrize("name", formats())
def test_a_format_says_what_it_is_and_has_a_section_in_the_docs(name: str) -> None:
    form = describe(name)
    assert form.suffix.startswith(".")
    assert form.description.endswith(".")
    assert f"\n## {name}\n" in PAGE.read_text("utf-8")


def test_an_unknown_format_is_refused_before_anything_is_written(
    store: Store, tmp_path: Path
) -> None:
    out = io.BytesIO()
    for write in (
        lambda: export("pdf", store.connection, out),
        lambda: save("pdf", store.connection, tmp_path / "new.pdf"),
    ):
        with pytest.raises(UnknownFormatError, match=r"'pdf'\. There are: canvas, claimreview, "):
            write()
    assert out.getvalue() == b""
    assert not (tmp_path / "new.pdf").exists()


@pytest.mark.parametrize("name", sorted(set(formats()) - SEVERAL_FILES - OF_A_CLAIM))
def test_a_path_gets_what_a_stream_gets(store: Store, tmp_path: Path, name: str) -> None:
    out = io.BytesIO()
    export(name, store.connection, out)
    save(name, store.connection, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == out.getvalue()


@pytest.mark.parametrize("name", formats())
def test_a_path_that_cannot_be_written_is_told(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        save(name, store.connection, tmp_path / "no" / f"out.{name}")


@pytest.mark.skipif(not FULL.exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("name", sorted(set(formats()) - SEVERAL_FILES - OF_A_CLAIM))
def test_a_disk_that_is_full_is_told(store: Store, name: str) -> None:
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        save(name, store.connection, FULL)


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("png", "resvg_py", "export"),
        ("dossier-pdf", "typst", "pdf"),
        ("parquet", "pyarrow", "parquet"),
        ("xlsx", "xlsxwriter", "export"),
    ],
)
def test_a_format_says_what_to_install_and_leaves_no_file(
    name: str,
    library: str,
    extra: str,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (claim, *_) = read.latest_claims(store.connection, 1)
    wanted = Wanted(claims=(claim.id,)) if describe(name).around else None
    path = tmp_path / f"out.{name}"
    save(name, store.connection, path, wanted)
    path.unlink()
    assert usable(name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ClaimtrackError, match=rf"not installed.*claimtrack\[{extra}\]") as caught:
        save(name, store.connection, path, wanted)
    assert "\n" not in str(caught.value)
    assert not [each for each in tmp_path.iterdir() if not each.name.startswith("claims.db")]


@pytest.mark.parametrize("name", sorted(set(formats()) - OF_A_CLAIM))
def test_a_format_that_has_nothing_to_say_is_valid(name: str, empty: Store) -> None:
    out = io.BytesIO()
    assert export(name, empty.connection, out, check=True).written == 0
    form = describe(name)
    assert form.check
    assert not list(form.check(out.getvalue()))


def test_a_write_by_another_does_not_show_within_an_export(store: Store) -> None:
    late = story(f"قال الوزير إن {TAX}.", Told(TAX, "الوزير", "قال"), outlet="Late")

    class Meddler(io.BytesIO):
        """Lets another writer in after the first bytes."""

        def write(self, data: object, /) -> int:
            if not self.tell():
                with Store.open(store.path) as other:
                    late.add(other)
            return super().write(data)  # type: ignore[arg-type]

    before = read.counts(store.connection)
    out = Meddler()
    export("json", store.connection, out)
    found = json.loads(out.getvalue())
    assert (len(found["documents"]), len(found["sources"])) == (before.documents, before.sources)
    assert read.counts(store.connection).documents == before.documents + 1


def test_an_export_within_a_transaction_leaves_it_open(store: Store) -> None:
    with store.transaction():
        export("json", store.connection, io.BytesIO())
        assert store.connection.in_transaction
