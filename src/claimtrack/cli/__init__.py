"""The command line: parse, call one function, print."""

from claimtrack.cli.app import main

__all__ = ["main"]
