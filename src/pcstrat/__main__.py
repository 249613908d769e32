"""Runs pcstrat, as `python -m pcstrat` and as the command. What takes long to load is loaded where Ctrl-C is heard."""

import os

_INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it."""
    try:
        from pcstrat.cli import main as run  # noqa: PLC0415 - an interruption here has no traceback either

        run()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    except SystemExit as ending:
        if ending.code == _INTERRUPTED:
            # All of ours is cleaned up and said by now; the interpreter's own farewell to half-started worker
            # processes may print a traceback about pipes that are gone.
            os._exit(_INTERRUPTED)
        raise


if __name__ == "__main__":
    main()
