"""What pcstrat calls the entries of closed lists, in pages and tables alike."""

from __future__ import annotations

from pcstrat.model.vocabulary import FundingCommitment, Pillar, Theme

NOT_STATED = "Not stated"

MILESTONES = "An action counts as a milestone too where the plan says when it will happen or how far it has got."
"""What `outline.counts_as_milestone` means, for whoever reads a count."""

PILLARS = {
    Pillar.GENERAL_PRACTICE: "General practice",
    Pillar.COMMUNITY_PHARMACY: "Community pharmacy",
    Pillar.DENTISTRY: "Dentistry",
    Pillar.OPTOMETRY: "Eye care",
}

PILLAR_OF_THEME = {
    Theme.GENERAL_PRACTICE: Pillar.GENERAL_PRACTICE,
    Theme.PHARMACY: Pillar.COMMUNITY_PHARMACY,
    Theme.DENTAL: Pillar.DENTISTRY,
    Theme.OPTOMETRY: Pillar.OPTOMETRY,
}
"""Themes that say the same as a part of primary care."""

THEMES = {
    Theme.ACCESS: "Access",
    Theme.CONTINUITY: "Continuity of care",
    Theme.NEIGHBOURHOOD_TEAMS: "Neighbourhood teams",
    Theme.PREVENTION: "Prevention",
    Theme.INEQUALITIES: "Inequalities",
    Theme.GENERAL_PRACTICE: "General practice",
    Theme.PHARMACY: "Community pharmacy",
    Theme.DENTAL: "Dentistry",
    Theme.OPTOMETRY: "Eye care",
    Theme.WORKFORCE: "Workforce",
    Theme.DIGITAL_AND_DATA: "Digital and data",
    Theme.ESTATES: "Estates",
    Theme.FINANCE_AND_CONTRACTING: "Finance and contracting",
    Theme.PATIENT_VOICE: "Patient voice",
    Theme.GOVERNANCE: "Governance",
    Theme.GREEN: "Green",
}

FUNDING = {
    FundingCommitment.COMMITTED: "Committed",
    FundingCommitment.PROPOSED: "Proposed",
    FundingCommitment.EXISTING: "Existing",
    FundingCommitment.NOT_STATED: NOT_STATED,
}
