"""The shared part of the command lines: a wrong option gives one line and status 2."""

import argparse
import sys
from typing import NoReturn

BAD_USAGE = 2


class Parser(argparse.ArgumentParser):
    """A parser whose error is one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit with status 2."""
        self.exit(BAD_USAGE, f"{self.prog}: {message} (--help shows what there is)\n")


def complain(parser: argparse.ArgumentParser, what: object, status: int) -> int:
    """Print one line about an error; return the exit status."""
    print(f"{parser.prog}: {what}", file=sys.stderr)
    return status
