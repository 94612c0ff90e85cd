"""Kill a cluster's processes at random moments, and hold the database against one left in peace.

Run: python benchmarks/kills.py [ARTICLES [KILLS [SEED]]]   (2,000 articles, 3 kills of each kind)

A corpus of benchmarks/corpus.py is added by one process. Then a scheduler, two workers and a writer
are begun, one of them is killed with -9 after a random while, whatever went down with it is begun
again, and so on; in the end one more run completes the set. The canonical dumps must be equal.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

from claimtrack.store import Store
from claimtrack.store.dump import canonical

KINDS = ("worker", "writer", "scheduler")


def begun(*command: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, command)],
        env=os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Cluster:
    """Processes by kind; `mend` begins what is not there."""

    def __init__(self, folder: Path, port: int) -> None:
        """Begin nothing yet."""
        self.folder, self.address = folder, f"tcp://127.0.0.1:{port}"
        self.port = port
        self.all: dict[str, list[subprocess.Popen[bytes]]] = {kind: [] for kind in KINDS}

    def mend(self) -> None:
        if not self.living("scheduler"):
            where = ("--host", "127.0.0.1", "--port", self.port, "--no-dashboard")
            self.all["scheduler"] = [begun("distributed.cli.dask_scheduler", *where)]
        how = ("--nthreads", 1, "--no-nanny", "--no-dashboard")
        while len(self.living("worker")) < 2:
            self.all["worker"].append(begun("distributed.cli.dask_worker", self.address, *how))
        if not self.living("writer"):
            self.all["writer"] = [begun("claimtrack", *self.command())]

    def command(self) -> tuple[object, ...]:
        where = ("--db", self.folder / "killed.db", "--user", "noura", "--registry", corpus.CAST)
        how = ("--cluster", self.address, "--partition-size", 32)
        return ("add", self.folder / "lines.jsonl", *where, *how)

    def living(self, kind: str) -> list[subprocess.Popen[bytes]]:
        self.all[kind] = [one for one in self.all[kind] if one.poll() is None]
        return self.all[kind]

    def end(self) -> None:
        for one in (process for some in self.all.values() for process in some):
            one.kill()
            one.wait()


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


def main() -> None:
    articles, kills, seed = (*map(int, sys.argv[1:]), *(2000, 3, 1)[len(sys.argv) - 1 :])
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "lines.jsonl").open("w", encoding="utf-8") as out:
            corpus.write(articles, out)
        whole = ("--db", folder / "whole.db", "--user", "noura", "--registry", corpus.CAST)
        begun("claimtrack", "add", folder / "lines.jsonl", *whole).wait()
        cluster = Cluster(folder, chance.randrange(20_000, 50_000))
        try:
            wanted = [kind for kind in KINDS for _ in range(kills)]
            chance.shuffle(wanted)
            for kind in wanted:
                cluster.mend()
                time.sleep(chance.uniform(2, 12))
                for one in cluster.living(kind)[:1]:
                    one.kill()
                    one.wait()
                    print(f"killed a {kind}", flush=True)
            while True:
                cluster.mend()
                (writer,) = cluster.all["writer"]
                if writer.wait() == 0:
                    break
        finally:
            cluster.end()
        equal = dump(folder / "whole.db") == dump(folder / "killed.db")
        print("equal" if equal else "NOT EQUAL")
        raise SystemExit(not equal)


if __name__ == "__main__":
    main()
