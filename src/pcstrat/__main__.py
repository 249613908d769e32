"""Runs pcstrat, as `python -m pcstrat` and as the command. What takes long to load is loaded where Ctrl-C is heard."""

import gc
import os
import sys

_INTERRUPTED = 130
_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""Plans are many small objects without cycles: looking for cycles as often as Python does took most of loading them.

What starting makes, some 100,000 objects, is no reason to look for any: that took a tenth of checking a plan.
What builds leave behind in cycles is collected after each plan, and sooner found among objects not looked at before.
"""


def main() -> None:
    """Load the command line and run it."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # pydantic would read the metadata of every package that is installed, to look for plugins of its own.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from pcstrat.cli import main as run  # noqa: PLC0415 - an interruption here has no traceback either

        run()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    except SystemExit as ending:
        if ending.code == _INTERRUPTED:
            # All of ours is cleaned up and said by now; the interpreter's own farewell to half-started worker
            # processes may print a traceback about pipes that are gone.
            _give_back_semaphores()
            os._exit(_INTERRUPTED)
        gc.freeze()  # all of it goes with the process: to look for cycles in it first takes longer than the rules
        raise


def _give_back_semaphores() -> None:
    """Without a farewell, Python's watcher of resources would warn of what the queues of worker processes held."""
    util = sys.modules.get("multiprocessing.util")
    give_back = getattr(util, "_run_finalizers", None)
    if give_back is not None:
        give_back(0)


if __name__ == "__main__":
    main()
