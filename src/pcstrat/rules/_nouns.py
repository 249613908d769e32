"""Turns words that are a verb or a noun, at the beginning of a promise, into which of the two they are."""

from __future__ import annotations

import re

from pcstrat.patterns import Pattern

NOUN_FIRST = Pattern(
    r"""foster\ (?:care(?:rs?)?|child(?:ren)?|famil(?:y|ies)|homes?|parents?|placements?)\b
       |(?:progress|support)\ (?:(?:against|from|in|on|towards|with)\ [^,;:]+?\ )?
        (?:has|is|are|was|were|(?:can|could|must|shall|should|will)\ be)\b
       |(?:champion|progress|support)\ (?:[a-z]+s|staff)
        \ (?:(?:all|also|always|each|now|still|then|\w+ly)\ )?
        (?:(?:are|can|do|give|have|help|hold|join|look|make|meet|must|offer|ring|run|see|shall|show|take|teach|tell|visit
             |will|work)\b
          |(?!(?:about|across|after|against|along|alongside|among|and|around|as|at|before|behind|beside|between|beyond|but
                |by|during|for|from|in|inside|into|like|near|of|off|on|or|out|outside|over|round|since|so|than|that|through
                |throughout|to|towards|under|until|up|using|via|when|where|which|while|who|whose|with|within|without)\b)
           [a-z]+(?<!ed)(?<!ing)\ (?:all|an?|each|every|its|our|the|their|them)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""That the first word is a noun: "Foster carers get", "Progress is reported", "Support workers visit each"."""
