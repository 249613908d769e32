"""The catalogue of words that pcstrat writes itself: headings, labels of facts, and sentences with numbers in them.

Words state and do not judge: "does not state", never "fails". Sentences read at an age of 9 to 11.
"""

from __future__ import annotations

from pcstrat import terms
from pcstrat.model.vocabulary import FigureKey, MessageKind, Pillar
from pcstrat.status import Standing

NOT_STATED = terms.NOT_STATED
TIMELINE_LEGEND = (
    "How to read the charts: a dot is one date and a filled bar a range. A thin bar with a stop is “by” a date, and an "
    "arrow “from” a date on. A hollow bar has only the dates of the period it is printed under."
)
PROGRESS_LEGEND = (
    "Overdue means that the last day has passed and the plan does not say that it is done. Due means that the time has "
    "begun, or that the last day is within three months."
)
STANDINGS = {
    Standing.OVERDUE: "overdue",
    Standing.DUE: "due",
    Standing.UPCOMING: "still to come",
    Standing.NO_DATE: "without a date",
    Standing.DONE: "done",
    Standing.STOPPED: "stopped",
}
"""How milestones stand on a day."""

GIVEN_UP = "given up"
TO_BE_CONFIRMED = "To be confirmed"

PARTS = {
    "rationale": "Why",
    "statistics": "The numbers",
    "features": "What it consists of",
    "involves": "Who is involved",
    "actions": "What we will do",
    "approach": "How we will do it",
    "strands": "Parts of the work",
    "timeline": "What will change and when",
    "measures": "How progress will be judged",
    "funding": "Money",
    "funding_statement": "Money",
    "outcomes": "What will be different",
    "achievements": "Done so far",
    "planned": "Planned",
    "benefits": "Benefits",
    "risks": "Risks",
    "responsible": "Who is responsible",
    "quotes": "What people said",
    "case_studies": "Case studies",
    "review": "When it will be looked at again",
    "objectives": "Objectives",
    "ambitions": "Ambitions",
    "enablers": "Enablers",
}
"""Headings over the parts of a plan and of an ambition, where the plan has none of its own."""

SECTIONS = {
    "control": "About this document",
    "glance": "At a glance",
    "services": "Find your service",
    "why": "Why change",
    "vision": "Vision",
    "strengths": "Strengths",
    "challenges": "Challenges",
    "context": "Background",
    "requirements": "What the strategy has to do",
    "figures": "The area in numbers",
    "engagement": "How people were involved",
    "alignment": "How it fits with other plans",
    "timeline": "Timeline",
    "money": "Money named in this plan",
    "measures": "How progress will be judged",
    "commitments": "National commitments",
    "accountability": "Who is accountable",
    "delivery": "How the plan will be carried out",
    "risks": "Risks",
    "benefits": "Benefits",
    "people": "People",
    "places": "Places",
    "glossary": "Words and abbreviations",
    "sources": "Sources",
    "case_studies": "Case studies",
    "left_out": "What this restatement leaves out",
    "not_stated": "Not stated in this plan",
    "changes": "What has changed",
    "since": "Since this plan was written",
    "progress": "How far the work has got",
    "outcomes": "What will be different",
    "enablers": "Enablers",
}
"""Headings of the page's own sections."""

ONE_PAGE = {
    "purpose": "What the plan is for",
    "figures": "The area in numbers",
    "aims": "What the plan sets out to do",
    "dates": "First dates",
    "money": "Money",
    "missing": SECTIONS["not_stated"],
}
"""Headings of the plan on a page."""

NO_DATES = "This plan does not give dates for what it will do."
PERIODS_ONLY = "What the plan will do is listed under periods, without dates of its own: {periods}."
MORE_IN_THE_PLAN = "the plan has more"
ONE_PAGE_FOOT = "This sheet says less than the plan. The whole plan is the web page beside it, and {pdf}."

DOCUMENT_FACTS = {
    "Status": "status",
    "Version": "version",
    "Published": "date of publication",
    "Approved": "date of approval",
    "Next review": "date of the next review",
    "Period": "period",
    "Covers": "what it covers",
    "Owner": "owner of the document",
    "Contact": "contact",
}
"""What document control names, as a sentence calls it."""

PILLARS = terms.PILLARS

SERVICES = {
    Pillar.GENERAL_PRACTICE: "General practice",
    Pillar.COMMUNITY_PHARMACY: "Pharmacy",
    Pillar.DENTISTRY: "Dentist",
    Pillar.OPTOMETRY: "Eye care",
}
"""What a member of the public would look for."""

THEMES = terms.THEMES

FIGURES = {
    FigureKey.POPULATION: "people",
    FigureKey.GENERAL_PRACTICES: "general practices",
    FigureKey.PRIMARY_CARE_NETWORKS: "primary care networks",
    FigureKey.GP_FEDERATIONS: "GP federations",
    FigureKey.COMMUNITY_PHARMACIES: "community pharmacies",
    FigureKey.OPTICIANS: "opticians",
    FigureKey.DENTAL_PRACTICES: "dental practices",
    FigureKey.PLACES: "places",
    FigureKey.BOROUGHS: "boroughs",
    FigureKey.COUNTY_COUNCILS: "county councils",
    FigureKey.DISTRICT_COUNCILS: "district and borough councils",
    FigureKey.LOCAL_PLANNING_AUTHORITIES: "local planning authorities",
    FigureKey.INTEGRATED_CARE_BOARDS: "integrated care board",
    FigureKey.INTEGRATED_CARE_PARTNERSHIPS: "integrated care partnership",
    FigureKey.HEALTH_AND_CARE_PARTNERSHIPS: "health and care partnerships",
    FigureKey.PROVIDER_COLLABORATIVES: "provider collaborative",
    FigureKey.VCSE_ALLIANCES: "voluntary sector alliance",
    FigureKey.VCSE_ORGANISATIONS: "voluntary sector organisations",
    FigureKey.MENTAL_HEALTH_AND_COMMUNITY_PROVIDERS: "mental health and community providers",
    FigureKey.ACUTE_PROVIDERS: "acute providers",
    FigureKey.ETHNICITIES: "ethnicities",
    FigureKey.LANGUAGES: "languages",
    FigureKey.OTHER: "",
}

MESSAGES = {MessageKind.FOREWORD: "Foreword", MessageKind.CLOSING: "Closing message"}

FUNDING = terms.FUNDING
