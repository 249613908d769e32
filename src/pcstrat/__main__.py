"""Runs pcstrat, as `python -m pcstrat` and as the command. What takes long to load is loaded where Ctrl-C is heard."""

_INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it."""
    try:
        from pcstrat.cli import main as run  # noqa: PLC0415 - an interruption here has no traceback either

        run()
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None


if __name__ == "__main__":
    main()
