"""Failures are exceptions: what stops a command, in words for the person who ran it, and the exit code it means."""

from __future__ import annotations

import enum


class ExitCode(enum.IntEnum):
    """The exit codes of every command; the highest of 0 to 4 wins."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    NOT_DONE = 3
    INTERNAL = 4
    INTERRUPTED = 130


class PcstratError(Exception):
    """A failure the user can act on. `remedy` says what to do; it may be empty when the message says it all."""

    exit_code = ExitCode.NOT_DONE

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(PcstratError):
    """The command line or a setting asks for something that does not exist or cannot be."""

    exit_code = ExitCode.USAGE


class NotDoneError(PcstratError):
    """Something could not be done or checked: unreadable, nothing matched, a library is missing."""

    exit_code = ExitCode.NOT_DONE


class StoppedError(PcstratError):
    """The user interrupted it. The message says what that leaves as it was."""

    exit_code = ExitCode.INTERRUPTED
