"""Turns plans into files of other formats, for programs to read."""
