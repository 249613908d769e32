"""Turns HTML into inspected PDFs, and documents into the files of the public site: staged, moved, recorded."""
