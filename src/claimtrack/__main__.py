"""`python -m claimtrack` is the command line."""

from claimtrack.cli import main

main()
