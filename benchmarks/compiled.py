"""What compiling gives: benchmarks/compiled.py FOLDER [--articles N] [--rounds N] [JSONL ...].

FOLDER is what `make compiled` installed. The sample articles, those of benchmarks/bulk.py and any
that are named are taken apart by it and by this checkout's Python, in processes of their own and in
turn. What they find must be the same to the last byte; the processor's time is that of the faster
of some rounds over texts that have been read once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from bulk import article

ROOT = Path(__file__).parents[1]


def measured(files: list[str], rounds: int) -> tuple[str, int, float]:
    """Return a digest of all that is found in some files, of how many articles, and ms of each."""
    from claimtrack.model.document import Article  # noqa: PLC0415 (the build on the path is taken)
    from claimtrack.pipeline.work import RULES, Worker, read_all, version_of  # noqa: PLC0415

    worker = Worker(RULES)
    articles = (one for one in read_all(files, None, worker.packs, {}) if isinstance(one, Article))
    read = [(one, version_of(one)) for one in articles]
    digest = sha256()
    for one, version in read:  # with this, words and mentions are remembered as in a long run
        found = worker.take_apart(one, version)
        digest.update(found.extraction.model_dump_json().encode())
        digest.update("".join(source.model_dump_json() for source in found.sources).encode())
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        for one, version in read:
            worker.take_apart(one, version)
        times.append(time.process_time() - begun)
    return digest.hexdigest(), len(read), 1000 * min(times) / len(read)


def process(path: Path, files: list[str], rounds: int) -> tuple[str, int, float]:
    """Do that in a process that has claimtrack from a folder."""
    command = [sys.executable, __file__, "--measure", "--rounds", str(rounds), *files]
    surroundings = os.environ | {"PYTHONPATH": str(path)}
    done = subprocess.run(command, check=True, env=surroundings, stdout=subprocess.PIPE, text=True)
    digest, count, taken = done.stdout.split()
    return digest, int(count), float(taken)


def main() -> None:
    """Measure, and print a table; end with 1 where the two find different things."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="+")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(*measured(given.given, given.rounds))
        return
    folder, *others = given.given
    with tempfile.TemporaryDirectory() as made:
        lines = Path(made, "lines.jsonl")
        lines.write_text("".join(f"{article(number)}\n" for number in range(given.articles)))
        files = [str(ROOT / "data" / "articles"), str(lines), *others]
        pure, count, slow = process(ROOT / "src", files, given.rounds)
        compiled, _, fast = process(Path(folder), files, given.rounds)
    print(f"{count} articles, CPU an article: {slow:.2f} ms in Python, {fast:.2f} ms compiled")
    print(f"{slow / fast:.2f} times as fast")
    if pure != compiled:
        sys.exit("what was found differs")
    print("what was found is the same")


if __name__ == "__main__":
    main()
