"""Rules for pages, each on its own words."""

from __future__ import annotations

import pytest

from pcstrat.publish.inspect_page import inspect_page
from pcstrat.publish.page_rules import block_capitals

PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>One – An ICB</title></head><body><h1>One</h1>{}</body></html>'


@pytest.mark.parametrize(
    "run",
    [
        "OUR PRIMARY CARE STRATEGY",
        "OUR NHS STRATEGY MATTERS TO EVERYONE",
        "EVERY GP PRACTICE MUST ANSWER",
        "EVERY BOB PRACTICE MUST ANSWER",
        "PLEASE READ",
        "GP PRACTICES FIRST",
    ],
)
def test_sentences_in_capitals_are_found_whatever_abbreviation_stands_in_them(run: str) -> None:
    assert block_capitals(f"We say: {run} now, and {run}.") == (run,)
    assert block_capitals(run, ["BOB"]) == (run,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Our NHS strategy for every GP practice",
        "the BOB ICB and its GP IT",
        "NHS IMPACT for all",
        "CORE20PLUS5",
        "VCFSE NHS",
        "STOP",
    ],
)
def test_abbreviations_and_single_words_are_no_block_capitals(text: str) -> None:
    assert block_capitals(text) == ()


def test_what_the_page_explains_is_an_abbreviation_on_it() -> None:
    assert block_capitals("the SPLAT CHIEF board") == ("SPLAT CHIEF",)
    assert block_capitals("the SPLAT CHIEF board", ["SPLAT"]) == ()
    row = "<tr><th scope='row'>{}</th><td>It is explained.</td></tr>"
    table = "<table><caption>Words</caption><tr><th scope='col'>Word</th><th scope='col'>What</th></tr>{}</table>"

    def remarks(head: str) -> list[str]:
        body = "<p>Ask the SPLAT CHIEF board. OPEN THE CLINIC soon.</p>" + table.format(row.format(head))
        return [remark.message for remark in inspect_page(PAGE.replace("{}", body)).remarks]

    clinic = "'OPEN THE CLINIC' is written in block capitals."
    assert remarks("Other") == ["'SPLAT CHIEF' is written in block capitals.", clinic]
    assert remarks("SPLAT") == [clinic]
    assert clinic in remarks("OPEN THE CLINIC"), "a shouted heading explains nothing"
