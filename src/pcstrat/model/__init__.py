"""The vocabulary of a plan as frozen models, one subject per module."""
