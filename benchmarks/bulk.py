"""How fast articles go in: python benchmarks/bulk.py [--articles N] [--workers N].

Articles of 1,500 characters in Arabic, as JSON lines, are added by the command line: read, taken
apart, stored, compared, linked. Two of five sentences have somebody who says something; what is
said is made-up words, so that no article is a copy of another. Beside it: the same texts by a bare
`executemany` into one table, and a second run over the same file, which adds nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

SAID = (
    "قالت وزارة المالية القمرية إن {0} في مدينة {1} بنسبة {2} بالمئة.",
    "ونقلت وكالة تيلفار برس عن رئيس بلدية تل سدرون وديع الهمرش قوله إن {0} قرب {1} منذ {2} يوما.",
    "وأضافت الوزارة في بيان أن القرار رقم {2} يشمل {1} حيث {0}.",
    "وأكد العقيد سراج البهلان للصحافيين أن {2} شاحنة عبرت {1} بينما {0}.",
    "ونفت السفارة الدرافونية في بدرون أن تكون قد علمت قبل {2} يوما أن {0} في {1}.",
)
TOLD = (
    "وفي {1} {0} بعد {2} أيام من المطر.",
    "{0} على الطريق بين المرفأ وسوق {1} وطولها {2} كيلومترا.",
    "وكانت {1} قد استوردت {2} طنا في العام الماضي و{0}.",
)
STEMS = [f"{a}{b}{c}" for a in "بتجدرسصعفقكلمن" for b in "اويهحطم" for c in "رنلمبدةسعق"]
PLACES = [f"{name}{end}" for name in STEMS[::29] for end in ("ون", "ية", "ان")]
LENGTH = 1500


def words(chance: random.Random) -> str:
    """Return a run of words, made up: few of them common, most rare, as in any language."""
    count = chance.randrange(7, 15)
    return " ".join(
        STEMS[min(int(chance.paretovariate(0.6)), len(STEMS)) - 1]
        if chance.random() < 0.4
        else chance.choice(STEMS)
        for _ in range(count)
    )


def article(number: int) -> str:
    """Return a line: an article that has phrases in common with others, and no sentence."""
    chance = random.Random(number)
    text = f"{words(chance)} رقم {number}\n\n"
    while len(text) < LENGTH:
        sentence = chance.choice(SAID if chance.random() < 0.4 else TOLD)
        filled = sentence.format(words(chance), chance.choice(PLACES), chance.randrange(2, 900_000))
        text += f"{filled} "
        if chance.random() < 0.3:
            text += "\n\n"
    url = f"https://naba.example/{number}"
    return json.dumps({"id": str(number), "url": url, "text": text[:LENGTH]}, ensure_ascii=False)


def timed(*command: str) -> tuple[float, str]:
    """Run a command; return how many seconds it took, and what it printed."""
    begun = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - begun, done.stdout.strip()


def bare(lines: Path, database: Path) -> float:
    """Put the texts into one table, and return how many seconds it took."""
    begun = time.perf_counter()
    with closing(sqlite3.connect(database)) as connection, lines.open("rb") as file:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE article (id TEXT PRIMARY KEY, url TEXT, text TEXT)")
        rows = ((one["id"], one["url"], one["text"]) for one in map(json.loads, file))
        with connection:
            connection.executemany("INSERT INTO article VALUES (?, ?, ?)", rows)
    return time.perf_counter() - begun


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines, database = Path(folder, "lines.jsonl"), Path(folder, "a.db")
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(f"{article(number)}\n" for number in range(given.articles))
        add = [sys.executable, "-m", "claimtrack", "add", str(lines), "--db", str(database)]
        add += ["--workers", str(given.workers), "--user", "benchmark"]
        first, said = timed(*add)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        memory, busy = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
        second, _ = timed(*add)
        table = bare(lines, Path(folder, "bare.db"))
        first_line, *others = said.splitlines()
        print("\n".join((first_line.rpartition("/")[2], *others)))
        print(f"articles a second  {given.articles / first:10.0f}   ({first:.1f} s)")
        print(f"a CPU-second       {given.articles / busy:10.0f}   all processes together")
        again = f"{first / second:.1f} times as fast"
        print(f"second run         {given.articles / second:10.0f}   {again}")
        print(f"bare executemany   {given.articles / table:10.0f}   ratio {first / table:.0f}")
        print(f"peak memory        {memory:10.0f} MB in the largest process")
        print(f"database           {database.stat().st_size / 2**20:10.0f} MB")


if __name__ == "__main__":
    main()
