"""Turns findings and outcomes into text: for people at a terminal, and for other programs."""
