"""The closed lists of the plan file: each word that is compared across plans is one of these."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What sort of document the plan is; rules judge by it."""

    JOINT_FORWARD_PLAN = "joint forward plan"
    CHAPTER = "chapter of a joint forward plan"
    STRATEGIC_COMMISSIONING_PLAN = "strategic commissioning plan"
    POPULATION_HEALTH_IMPROVEMENT_PLAN = "population health improvement plan"
    NEIGHBOURHOOD_HEALTH_PLAN = "neighbourhood health plan"
    PRIMARY_CARE_STRATEGY = "primary care strategy"
    DELIVERY_PLAN = "delivery plan"
    BRIEFING = "briefing"


class DocumentStatus(StrEnum):
    """How far the document has got."""

    DRAFT = "draft"
    FINAL = "final"
    SUPERSEDED = "superseded"


class Pillar(StrEnum):
    """The four parts of primary care."""

    GENERAL_PRACTICE = "general-practice"
    COMMUNITY_PHARMACY = "community-pharmacy"
    DENTISTRY = "dentistry"
    OPTOMETRY = "optometry"


class Theme(StrEnum):
    """Fixed tags that make the plans of different ICBs comparable."""

    ACCESS = "access"
    CONTINUITY = "continuity"
    NEIGHBOURHOOD_TEAMS = "neighbourhood-teams"
    PREVENTION = "prevention"
    INEQUALITIES = "inequalities"
    GENERAL_PRACTICE = "general-practice"
    PHARMACY = "pharmacy"
    DENTAL = "dental"
    OPTOMETRY = "optometry"
    WORKFORCE = "workforce"
    DIGITAL_AND_DATA = "digital-and-data"
    ESTATES = "estates"
    FINANCE_AND_CONTRACTING = "finance-and-contracting"
    PATIENT_VOICE = "patient-voice"
    GOVERNANCE = "governance"
    GREEN = "green"


class MilestoneKind(StrEnum):
    """What a milestone marks: something done, something produced, or something that has changed for people."""

    ACTION = "action"
    OUTPUT = "output"
    OUTCOME = "outcome"


class Progress(StrEnum):
    """How far an action or milestone has got, where the plan records it."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"
    DELAYED = "delayed"
    STOPPED = "stopped"


class FundingCommitment(StrEnum):
    """Whether the money is promised. Kept apart from how exact the amount is."""

    COMMITTED = "committed"
    PROPOSED = "proposed"
    EXISTING = "existing"
    NOT_STATED = "not stated"


class Recurrence(StrEnum):
    """Whether the money comes every year."""

    RECURRENT = "recurrent"
    NON_RECURRENT = "non-recurrent"


class Direction(StrEnum):
    """Which way a measure should move."""

    UP = "up"
    DOWN = "down"
    MAINTAIN = "maintain"


class Split(StrEnum):
    """The four splits that NHS England's statement on inequalities data asks for at least."""

    DEPRIVATION = "deprivation"
    ETHNICITY = "ethnicity"
    AGE = "age"
    SEX = "sex"


class BodyRole(StrEnum):
    """What a body does for the delivery of the plan."""

    ACCOUNTABLE = "accountable"
    RESPONSIBLE = "responsible"
    OVERSIGHT = "oversight"
    SUPPORT = "support"
    DELIVERY = "delivery"
    ADVICE = "advice"


class BodyStatus(StrEnum):
    """Whether a body exists yet."""

    EXISTING = "existing"
    TO_BE_ESTABLISHED = "to be established"
    PROPOSED = "proposed"


class Scale(StrEnum):
    """Where a document or initiative belongs."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"


class Level(StrEnum):
    """A grade of likelihood or impact."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class PlaceKind(StrEnum):
    """What sort of area a place is."""

    PLACE = "place"
    BOROUGH = "borough"
    COUNTY = "county"
    DISTRICT = "district"
    CITY = "city"
    TOWN = "town"
    REGION = "region"


class MessageKind(StrEnum):
    """Where a personal message stands in the document."""

    FOREWORD = "foreword"
    CLOSING = "closing"


class FigureKey(StrEnum):
    """What a figure about the area counts; a standard list, so that figures compare."""

    POPULATION = "population"
    GENERAL_PRACTICES = "general-practices"
    PRIMARY_CARE_NETWORKS = "primary-care-networks"
    GP_FEDERATIONS = "gp-federations"
    COMMUNITY_PHARMACIES = "community-pharmacies"
    OPTICIANS = "opticians"
    DENTAL_PRACTICES = "dental-practices"
    PLACES = "places"
    BOROUGHS = "boroughs"
    COUNTY_COUNCILS = "county-councils"
    DISTRICT_COUNCILS = "district-councils"
    LOCAL_PLANNING_AUTHORITIES = "local-planning-authorities"
    INTEGRATED_CARE_BOARDS = "integrated-care-boards"
    INTEGRATED_CARE_PARTNERSHIPS = "integrated-care-partnerships"
    HEALTH_AND_CARE_PARTNERSHIPS = "health-and-care-partnerships"
    PROVIDER_COLLABORATIVES = "provider-collaboratives"
    VCSE_ALLIANCES = "vcse-alliances"
    VCSE_ORGANISATIONS = "vcse-organisations"
    MENTAL_HEALTH_AND_COMMUNITY_PROVIDERS = "mental-health-and-community-providers"
    ACUTE_PROVIDERS = "acute-providers"
    ETHNICITIES = "ethnicities"
    LANGUAGES = "languages"
    OTHER = "other"
