"""pcstrat turns the primary care plans of NHS Integrated Care Boards, kept as YAML, into accessible documents."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("pcstrat")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0"

__all__ = ["__version__"]
