"""Runs pcstrat as `python -m pcstrat`."""

from pcstrat.cli import main

if __name__ == "__main__":
    main()
