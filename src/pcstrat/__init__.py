"""pcstrat turns the primary care plans of NHS Integrated Care Boards, kept as YAML, into accessible documents."""

__all__ = ["__version__"]

__version__: str


def __getattr__(name: str) -> str:
    """Look the version up when somebody asks for it: reading the metadata of packages takes a while."""
    if name != "__version__":
        message = f"module 'pcstrat' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it takes a while

    try:
        return version("pcstrat")
    except PackageNotFoundError:  # running from a source tree that was never installed
        return "0"
