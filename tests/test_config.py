"""Settings come from the option, else the environment, else claimtrack.toml, else the default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from claimtrack.config import DEFAULT_DB, Settings, find, load
from claimtrack.errors import ConfigError

KEYS = "contact, db, model, packs, plugins, registries, reviewers, scales, thoughts, user"
FROM_ENV = {"CLAIMTRACK_DB": "env.db", "CLAIMTRACK_USER": "Salma"}


def write(directory: Path, text: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "claimtrack.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("option", "environ", "toml", "expected"),
    [
        (Path("option.db"), FROM_ENV, 'db = "file.db"', Path("option.db")),
        (None, FROM_ENV, 'db = "file.db"', Path("env.db")),
        (None, {"CLAIMTRACK_DB": ""}, 'db = "file.db"', Path("file.db")),
        (None, {}, 'user = "Noura"', DEFAULT_DB),
    ],
)
def test_the_database_is_named_by_the_first_that_names_it(
    option: Path | None,
    environ: Mapping[str, str],
    toml: str,
    expected: Path,
    tmp_path: Path,
) -> None:
    write(tmp_path, toml)
    got = load(tmp_path, environ, db=option).db
    assert got in (expected, tmp_path / expected)
    assert got.is_absolute() == (expected == Path("file.db"))


@pytest.mark.parametrize(
    ("option", "environ", "expected"),
    [("Omar", FROM_ENV, "Omar"), (None, FROM_ENV, "Salma"), (None, {}, "نورة")],
)
def test_the_user_is_named_by_the_first_that_names_them(
    option: str | None, environ: Mapping[str, str], expected: str, tmp_path: Path
) -> None:
    write(tmp_path, 'user = "نورة"')
    assert load(tmp_path, environ, user=option).user == expected


def test_the_user_is_the_login_name_when_nothing_names_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "layla")
    assert load(tmp_path, {}).writer() == "layla"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs user ids")
def test_nobody_in_particular_is_asked_who_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    settings = load(tmp_path, {})
    assert settings.user is None
    with pytest.raises(ConfigError, match="--user"):
        settings.writer()


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, (Path("words"),)),
        ({"CLAIMTRACK_PACKS": ""}, (Path("words"),)),
        ({"CLAIMTRACK_PACKS": "a"}, (Path("a"),)),
        ({"CLAIMTRACK_PACKS": f"a{os.pathsep}/srv/b{os.pathsep}"}, (Path("a"), Path("/srv/b"))),
    ],
)
def test_folders_of_packs_are_those_of_the_environment_or_else_of_the_file(
    environ: Mapping[str, str], expected: tuple[Path, ...], tmp_path: Path
) -> None:
    write(tmp_path, 'packs = ["words"]')
    from_file = not environ.get("CLAIMTRACK_PACKS")
    got = load(tmp_path, environ, user="x").packs
    assert got == tuple(tmp_path / path if from_file else path for path in expected)


def test_the_nearest_file_above_counts_and_its_paths_are_its_own(tmp_path: Path) -> None:
    write(tmp_path, 'user = "far"')
    near = write(tmp_path / "desk", 'db = "desk.db"\nregistries = ["ours.csv", "/srv/all.csv"]')
    below = tmp_path / "desk" / "a" / "b"
    below.mkdir(parents=True)
    assert find(below) == near
    assert load(below, {}, user="x") == Settings(
        db=tmp_path / "desk" / "desk.db",
        user="x",
        registries=(tmp_path / "desk" / "ours.csv", Path("/srv/all.csv")),
    )


BAD = [
    ('dbb = "x"', "unknown key 'dbb'. Did you mean 'db'?"),
    ('registry = ["x"]', "unknown key 'registry'. Did you mean 'registries'?"),
    ('usr = "x"', "unknown key 'usr'. Did you mean 'user'?"),
    (
        'colour = "x"',
        f"unknown key 'colour'. There are: {KEYS}.",
    ),
    (
        '"" = "x"',
        f"unknown key ''. There are: {KEYS}.",
    ),
    ("db = 3", "'db' must be a file name in quotes"),
    ('db = " "', "'db' must be a file name in quotes"),
    ("user = []", "'user' must be a name in quotes"),
    ('registries = "x"', "'registries' must be a list of file names"),
    ("registries = [3]", "'registries' must be a list of file names"),
    ('packs = "x"', "'packs' must be a list of folder names"),
    ('pack = ["x"]', "unknown key 'pack'. Did you mean 'packs'?"),
    ("db = ", "not TOML"),
]


@pytest.mark.parametrize(("toml", "message"), BAD, ids=[toml for toml, _ in BAD])
def test_what_the_file_may_not_say_is_named_with_file_and_key(
    toml: str, message: str, tmp_path: Path
) -> None:
    path = write(tmp_path, toml)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, FROM_ENV)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "claimtrack.toml").write_bytes('user = "نورة"'.encode("cp1256"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(tmp_path, {})


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "").chmod(0)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, {})


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path, {}, user="x") == Settings(db=DEFAULT_DB, user="x", registries=())


def test_reviewers_are_named_and_plugins_are_told_what_is_theirs(tmp_path: Path) -> None:
    write(
        tmp_path,
        'reviewers = ["noura", "سامي"]\n[plugins.datasette-auth-passwords]\n'
        'noura_password_hash = { "$env" = "NOURA" }\n',
    )
    known = load(tmp_path, {})
    assert known.reviewers == ("noura", "سامي")
    assert known.plugins == {"datasette-auth-passwords": {"noura_password_hash": {"$env": "NOURA"}}}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('reviewers = "noura"', "a list of names"),
        ("reviewers = [1]", "a list of names"),
        ('plugins = ["x"]', "tables, one for each plugin"),
        ('plugins.x = "y"', "tables, one for each plugin"),
    ],
)
def test_what_is_said_of_reviewing_otherwise_is_told(tmp_path: Path, line: str, what: str) -> None:
    write(tmp_path, line)
    with pytest.raises(ConfigError, match=what):
        load(tmp_path, {})
