"""Compiles the modules that find attributions, where CLAIMTRACK_COMPILED=1 asks for it; see ADR 23.

A wheel built without it is pure Python and needs no C compiler. Nothing is written into the
checkout, and an editable install stays as it is.
"""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GROUP = "claimtrack"
"""What the library is called that holds all compiled modules: `claimtrack__mypyc`."""


class CompiledHook(BuildHookInterface):
    """Puts compiled modules into a wheel, beside the ones in Python that they were made of."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what building needs beside hatchling; nothing where nothing is compiled."""
        return list(self.config["needs"]) if _wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name what came of it to the wheel.

        Args:
            version: "editable" for an install of the checkout itself, which is left pure.
            build_data: What hatchling is told of the wheel.
        """
        if version == "editable" or not _wanted():
            return
        self._made = TemporaryDirectory()
        out = Path(self._made.name)
        source = Path(self.root, "src")
        found = {path for pattern in self.config["modules"] for path in source.glob(pattern)}
        modules = sorted(path.relative_to(source).as_posix() for path in found)
        with chdir(source):  # mypyc names modules by their paths
            _compile(modules, out)
        built = out / "lib"
        for library in built.rglob("*"):
            if library.is_file():
                name = library.relative_to(built).as_posix()
                build_data["force_include"][str(library)] = name
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete what the wheel holds by now."""
        del version, build_data, artifact_path
        if hasattr(self, "_made"):
            self._made.cleanup()


def _wanted() -> bool:
    return os.environ.get("CLAIMTRACK_COMPILED", "") not in ("", "0")


def _compile(modules: list[str], out: Path) -> None:
    """Compile modules into the folder `lib` of another one."""
    from mypyc.build import mypycify  # noqa: PLC0415 (installed where it is asked for)
    from setuptools import Distribution  # noqa: PLC0415

    mypy = [
        *("--config-file=", f"--cache-dir={out / 'cache'}"),
        *("--ignore-missing-imports", "--follow-imports=silent"),
    ]
    extensions = mypycify(
        [*mypy, *modules],
        opt_level="1",  # what more takes twice as long to build, and gains next to nothing
        debug_level="0",
        multi_file=True,  # as one file it takes gigabytes to compile
        target_dir=str(out / "c"),
        group_name=GROUP,
    )
    command = Distribution({"name": GROUP, "ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(out / "lib"), str(out / "objects")
    command.ensure_finalized()
    command.run()
