"""Turns plans into display-ready views, and views into HTML."""
