"""Each command as one readable function that prints nothing and returns an outcome.

A command is imported from its own module, so that `validate` never loads what only `build` needs.
"""
