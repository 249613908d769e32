"""Turns what is missing on this machine into the exact command that installs it here."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable

PANGO = "pango"
GIT = "git"

_MANAGERS = {"darwin": ("brew",), "win32": ("winget",)}
_OF_OTHER_SYSTEMS = ("apt-get", "dnf", "zypper", "pacman", "apk", "brew")
"""Package managers, the one of the system before one that somebody added."""

_COMMANDS = {
    PANGO: {
        "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "dnf": "dnf install pango harfbuzz",
        "zypper": "zypper install libpango-1_0-0 libharfbuzz-subset0",
        "pacman": "pacman -S pango harfbuzz",
        "apk": "apk add pango harfbuzz-subset",
        "brew": "brew install pango",
    },
    GIT: {
        "apt-get": "apt-get install git",
        "dnf": "dnf install git",
        "zypper": "zypper install git",
        "pacman": "pacman -S git",
        "apk": "apk add git",
        "brew": "brew install git",
        "winget": "winget install --id Git.Git",
    },
}
_OTHERWISE = {
    PANGO: {
        "win32": "Install MSYS2 (https://www.msys2.org), run in its window: pacman -S mingw-w64-ucrt-x86_64-pango,"
        " and start pcstrat again.",
        "darwin": "Install Homebrew (https://brew.sh), then run: brew install pango",
        "": "Install the packages of Pango and HarfBuzz that your system has.",
    },
    GIT: {
        "win32": "Install it from https://git-scm.com/downloads/win",
        "darwin": "Run: xcode-select --install",
        "": "Install the package of git that your system has.",
    },
}
_WITHOUT_ROOT = ("brew", "winget")


def how_to_install(what: str, *, platform: str = "", find: Callable[[str], str | None] = shutil.which) -> str:
    """A sentence with the command that installs `PANGO` or `GIT` here.

    Args:
        what: `PANGO` or `GIT`.
        platform: The system, as Python calls it; the one we run on unless stated.
        find: Finds a program by name; which package managers there are decides.
    """
    commands, platform = _COMMANDS[what], platform or sys.platform
    managers = _MANAGERS.get(platform, _OF_OTHER_SYSTEMS)
    manager = next((name for name in managers if name in commands and find(name)), None)
    if manager is None:
        return _OTHERWISE[what].get(platform, _OTHERWISE[what][""])
    is_root = manager in _WITHOUT_ROOT or (hasattr(os, "geteuid") and os.geteuid() == 0)
    return f"Run: {'' if is_root else 'sudo '}{commands[manager]}"
