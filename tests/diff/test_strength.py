"""Words that surely make a promise softer or firmer, and wordings that only a reader can judge."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diff import Kind, load_significances
from pcstrat.diff._strength import Strengths
from pcstrat.hedges import LAST_WORDS, condition_pattern, conditions, fitting_conditions

SOFTER = [
    ("All practices offer total triage.", "Not all practices need to offer total triage."),
    ("All practices offer total triage.", "Some practices may offer total triage."),
    ("Open a hub in every place.", "Consider whether to open a hub in any place."),
    ("Open a hub in every place.", "Open a hub in one place."),
    ("Train every nurse.", "Train some nurses."),
    ("Every hub opens on Sundays.", "Most hubs open on Sundays."),
    ("We will open the hub by May 2027.", "We may open the hub by May 2027."),
    ("We will open hubs.", "We aim to open hubs."),
    ("We must open hubs.", "We will, where possible, aim to open hubs."),
    ("Hubs will open.", "Hubs should open."),
    ("Open hubs.", "Open hubs where possible."),
    ("Open hubs.", "Open hubs, subject to available funding."),
    ("Help people who smoke.", "Help people who smoke, if capacity allows."),
    ("When funds come, we will open hubs.", "When funds come, we may open hubs."),
    ("We will open hubs so that nobody waits.", "We may open hubs so that nobody waits."),
    ("Train at least 40 pharmacists.", "Train up to 40 pharmacists."),
    ("Reduce waits", "Reduce waits, where possible"),
    ("Cut waits for tests.", "Cut waits for tests subject to funding."),
    ("Help those who wait.", "Help those who wait, subject to approval."),
    ("No patient waits two days.", "No patient waits two days, if capacity allows."),
    ("Do not close hubs.", "Where practicable, do not close hubs."),
    ("Reduce waits (2026).", "Reduce waits (2026), where resources allow."),
    ("Open hubs in all 12 towns.", "Open hubs in most of the 12 towns."),
    ("Open hubs in all of our towns.", "Open hubs in some towns."),
    ("Of 12 hubs, 5 will open.", "Of 12 hubs, 5 may open."),
    ("Every practice offers total triage.", "Every practice aims to offer total triage."),
    ("We will visit every care home.", "We will visit most care homes."),
    ("We will merge teams.", "We should merge teams."),
    ("We will open a hub.", "We expect to open a hub."),
    ("We will open a hub.", "We propose to open a hub."),
    ("We will open a hub.", "We would open a hub."),
    ("Open a hub.", "We aim to open a hub."),
    ("We will open a hub.", "The aim is to open a hub."),
    ("Open a hub by March 2028.", "Open a hub, ideally by March 2028."),
    ("Fund the hub with £2m.", "Fund the hub with £2m (to be confirmed)."),
]
LIMITED = [
    ("We will open 5 hubs.", "We will open up to 5 hubs."),
    ("We will open 5 hubs.", "We will open up to 3 hubs."),
    ("We will open 5 hubs.", "We will open 3 hubs where possible."),
    ("Set up all 5 hubs.", "Set up all 4 hubs where possible."),
    ("Invest £5m in hubs.", "Invest up to £5m in hubs."),
    ("Train 40 nurses and open 5 hubs.", "Train 30 nurses and open 5 hubs, if capacity allows."),
]
ON_CONDITION = [
    ("Open a hub.", "Open a hub if NHS England agrees."),
    ("Open a hub.", "If NHS England agrees, open a hub."),
    ("We will open a hub.", "We will, if the board approves, open a hub."),
    ("Open a hub.", "Open a hub, funding permitting."),
    ("Open a hub.", "Open a hub, provided that money is found."),
    ("Open a hub.", "Open a hub provided funding is secured."),
    ("Open a hub.", "Open a hub subject to NHS England approval."),
    ("Open a hub.", "Open a hub subject to funding and planning permission."),
    ("Open a hub.", "Open a hub, subject to a successful business case."),
    ("Open a hub.", "Open a hub, where possible and appropriate."),
    ("Close no hub.", "Close no hub, as and when resources allow."),
    ("Open a hub.", "Open a hub, pending funding."),
    ("Open a hub.", "Open a hub, if approved by NHS England."),
    ("Open a hub.", "Open a hub if approved."),
    ("Open a hub.", "Open a hub, budget permitting."),
    ("Open a hub.", "Open a hub, workforce permitting."),
    ("Open a hub.", "Open a hub, assuming funding."),
    ("Open a hub.", "Open a hub, provided sites are available."),
    ("Open a hub.", "Open a hub, if staffing allows."),
    ("Open a hub.", "Open a hub within available resources."),
    ("Open a hub.", "Open a hub, subject to the agreement of NHS England."),
]
DENIED = [
    ("We will open a hub.", "We will not open a hub."),
    ("Open a hub in every town.", "Do not open a hub in every town."),
    ("Run two mobile dental vans.", "We will no longer run two mobile dental vans."),
    ("Train a GP.", "Train no GP."),
    ("The hub opens on Sundays.", "The hub does not open on Sundays."),
]
ONLY_CONSIDERED = [
    ("Open the hub.", "Consider opening the hub."),
    ("We will open hubs in every town.", "We will explore opening hubs in every town."),
    ("We will open hubs.", "We will work towards opening hubs."),
    ("Make a plan.", "Consider making a plan."),
    ("Run clinics.", "Explore the possibility of running clinics."),
    ("The team opens a hub.", "The team explores opening a hub."),
]
NOT_SURE = [
    ("Open it in June.", "Open it in May."),
    ("Open it by may 2027.", "Open it by 2027."),
    ("Train each nurse.", "Train every nurse."),
    ("Every patient can book.", "Any patient can book."),
    ("Patients can book.", "Patients may book."),
    ("Practices use it.", "Practices need to use it."),
    ("Not all hubs may open.", "All hubs may not open."),
    ("Not all practices use it.", "Most practices use it."),
    ("People get care today.", "People get care on the same day."),
    ("Same-day care", "Next-day care"),
    ("Where possible, open hubs.", "Open hubs where possible."),
    ("We will open every hub.", "We will open some hubs and one ward."),
    ("Open the hub.", "Open the hub, where possible on Sundays."),
    ("Spend £5m.", "Spend up to £5m."),
    ("The ICB spends £5m on agency staff.", "The ICB spends up to £4m on agency staff."),
]
ENDED_OR_DENIED = [
    ("Do not close the hub.", "Close the hub."),
    ("Close no surgeries.", "Close surgeries."),
    ("Close no surgery in Kent.", "Close one surgery in Kent."),
    ("We will not close hubs.", "We may not close hubs."),
    ("No hub, clinic or practice will turn people away.", "No hub, clinic or practice may turn people away."),
    ("Few people wait over two weeks.", "Most people wait over two weeks."),
    ("Many people wait too long.", "Few people wait too long."),
    ("Cut waits for all.", "Cut waits for some."),
    ("Hubs that should close by June", "Hubs that must close by June"),
    ("Patients can book without calling at 8am.", "Patients no longer have to call at 8am."),
    ("Patients tell their story to each clinician once.", "Patients no longer have to repeat their story."),
    ("Patients need to call at 8am.", "Patients need not call at 8am."),
    ("Answer calls in at least 5 minutes.", "Answer calls in up to 5 minutes."),
    ("Waits may end.", "Waits, where possible, may end on Sundays."),
    ("Cut waits for those who need help.", "Cut waits for those who need help where possible."),
    ("Reduce waits.", "Reduce waits where possible and close hubs."),
]
OF_WHOM = [
    ("Patients who may be at risk are called.", "Patients at risk are called."),
    ("Train staff in who may need help.", "Train staff in who needs help."),
    ("Train staff who live alone, travel or may need help.", "Train staff who live alone, travel or need help."),
    ("Call people who may, at times, need help.", "Call people who, at times, need help."),
    ("Offer it to those that most practices see.", "Offer it to those that all practices see."),
    ("If a practice should grow, move patients.", "If a practice must grow, move patients."),
]


OF_NEED = [
    ("Offer an interpreter.", "Offer an interpreter if needed."),
    ("Offer home visits.", "Offer home visits where needed."),
    ("Offer home visits.", "Offer home visits as required."),
    ("Offer choice.", "Offer choice where clinically appropriate."),
    ("Offer a visit.", "Offer a visit if the patient agrees."),
    ("Offer a visit.", "Offer a visit if the GP agrees."),
    ("Offer a visit.", "Offer a visit, subject to consent."),
    ("Offer a visit.", "Offer a visit depending on need."),
    ("Visit people at home.", "Visit people at home once a care plan is agreed."),
    ("Train staff.", "Train staff when new funding rules apply."),
    ("Report to the board.", "Report to the board when funding is received."),
    ("Open a hub.", "Open a hub, provided by the council with funding secured in May."),
    ("Book a visit.", "Book a visit if the consultation shows why."),
    ("Tell patients.", "Tell patients if money is owed."),
]
OF_NO_PROMISE = [
    ("Answer calls in 10 minutes.", "Answer calls in 5 minutes where possible."),
    ("Answer calls in 10 rings.", "Answer calls in 5 rings where possible."),
    ("Answer calls in 5 minutes.", "Answer calls in up to 5 minutes."),
    ("Offer groups for 10 people.", "Offer groups for up to 10 people."),
    ("Help children aged 5.", "Help children aged up to 5."),
    ("Give one nurse per 5 patients.", "Give one nurse per 3 patients where possible."),
    ("Patients make 3 calls.", "Patients make 2 calls where possible."),
    ("Keep 5 vacancies.", "Keep 3 vacancies where possible."),
    ("Close 5 wards.", "Close up to 5 wards."),
    ("Hubs cost £5m.", "Hubs cost £4m where possible."),
    ("Open 5 hubs.", "Open 8 hubs where possible."),
    ("Open 5 hubs.", "Open up to 8 hubs."),
    ("Open 5 hubs.", "Open 3 hubs."),
    ("Open hubs.", "Open up to 5 hubs."),
    ("Open at least 5 hubs.", "Open 5 hubs."),
    ("Open 5 hubs by 2027.", "Open 5 hubs by 2028 where possible."),
    ("See 90% of people.", "See 85% of people where possible."),
    ("Help people open shops.", "Help people explore opening shops."),
    ("Train nurses who open letters.", "Train nurses who consider opening letters."),
    ("Stop smoking lessons.", "Consider stopping smoking lessons."),
    ("Open hubs.", "Open hubs if funding allows and train 50 nurses."),
    ("Open hubs.", "Open hubs subject to funding and close wards."),
    ("Run a pilot.", "Run a pilot, then decide whether to open a hub."),
]
IF_WHOM_IT_HELPS_AGREES = [
    ("Share records.", f"Share records if {whoever}.")
    for whoever in (
        *("the service user agrees", "the individual agrees", "individuals agree", "the client permits"),
        *("the mother agrees", "the guardian approves", "the service user's consent is given"),
    )
] + [("Share records.", "Share records, subject to the agreement of the service user.")]
A_READER_MUST_JUDGE = [
    ("Share records.", "Share records if the care home agrees."),
    ("Open a hub.", "Open a hub if the practice agrees."),
    ("Open a hub.", "Open a hub if staff agree."),
    ("Open a hub.", "Open a hub, subject to agreement."),
    ("Refer to a GP, pharmacist or optician.", "Refer to a GP, pharmacist or optician, as appropriate."),
    ("Review medicines and stop them.", "Review medicines and stop them where appropriate."),
    ("Offer remote consultations.", "Offer remote consultations when it is appropriate."),
    ("Open a hub.", "Open a hub once funding is secured."),
    ("Open a hub.", "Open a hub when funding is secured."),
    ("Visit homes.", "Visit homes where staff are available."),
    ("Review bids.", "Review bids pending approval."),
    ("Open a hub.", "Open a hub, if we can recruit."),
    ("Use locums.", "Use locums if no staff are available."),
    ("Fund hubs.", "Fund hubs, provided that hubs stay open."),
]
OF_WHAT_MAY_BE_A_BURDEN = [
    ("Every patient repeats their story.", "Some patients repeat their story."),
    ("All practices face rising demand. We will open hubs.", "Most practices face rising demand. We will open hubs."),
    ("Every practice has vacancies.", "Most practices have vacancies."),
    ("Every practice uses paper records.", "Most practices use paper records."),
    ("Every practice employs locums.", "Some practices employ locums."),
    ("All funds are overspent.", "Some funds are overspent."),
    ("Patients must phone at 8am to be seen.", "Patients should phone at 8am to be seen."),
    ("Practices must submit returns.", "Practices should submit returns."),
    ("Use agency staff in every practice.", "Use agency staff in some practices."),
    ("We will use agency staff in every practice.", "We will use agency staff in some practices."),
    ("Demand could double by 2030. We will open hubs.", "Demand will double by 2030. We will open hubs."),
    ("Help patients to manage.", "Help patients to try to manage."),
    ("Patients travel at least 10 miles.", "Patients travel up to 10 miles."),
]
OF_ANOTHER_SENSE = [
    ("We will provide no care in corridors.", "We will provide care in corridors where possible."),
    ("Do not charge patients.", "Charge patients."),
    ("Run clinics for people who wait.", "Do not run clinics for people who wait and do not pay."),
    ("Review services.", "Do not review services."),
    ("We will merge the teams.", "We will not merge the teams."),
    ("Review services in May.", "We will no longer review services in May."),
    ("Open a hub by March 2028.", "Open a hub after March 2028."),
    ("Open a hub by the end of March 2028.", "Open a hub from the end of March 2028."),
    ("Open a hub by March 2028.", "Open a hub by around March 2028."),
    ("Offer 5 or more visits.", "Offer 5 or fewer visits."),
    ("Offer over 500 visits.", "Offer under 500 visits."),
    ("Train 40 pharmacists.", "Train around 40 pharmacists."),
    ("Invest £4.2m a year.", "Invest £4.2m."),
    ("Review services monthly.", "Review services quarterly."),
    ("Open the hub this year.", "Open the hub next year."),
    ("Open the hub in the first year.", "Open the hub in the third year."),
    ("Open a hub in early 2027.", "Open a hub in late 2027."),
    ("All practices offer online booking.", "Practices offer online booking."),
]
OF_ONE_SENSE = [
    ("Open a hub.", "We will open a hub."),
    ("Open a hub.", "Open one hub."),
    ("Review each practice.", "Review every practice."),
    ("Review services each month.", "Review services monthly."),
    ("Open a hub by March 2028.", "Open a hub before March 2028."),
    ("Teach people about hubs.", "Teach people of hubs."),
    ("Care is led by nurses after a stay in hospital.", "Care is led by nurses from a stay in hospital on."),
]


@pytest.mark.parametrize(("before", "after"), [*SOFTER, *LIMITED, *ON_CONDITION, *DENIED, *ONLY_CONSIDERED])
def test_softer_words_are_seen_either_way(before: str, after: str, strengths: Strengths) -> None:
    assert (strengths.kind_of(before, after), strengths.kind_of(after, before)) == (
        Kind.WORDING_SOFTER,
        Kind.WORDING_FIRMER,
    )


@pytest.mark.parametrize(("before", "after"), [*NOT_SURE, *ENDED_OR_DENIED, *OF_WHOM, *OF_NEED, *OF_NO_PROMISE])
def test_what_nobody_can_be_sure_of_is_only_reworded(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(before, after) is strengths.kind_of(after, before) is Kind.REWORDED


@pytest.mark.parametrize(("before", "after"), IF_WHOM_IT_HELPS_AGREES)
def test_the_consent_of_whom_it_helps_makes_no_softer_promise(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(before, after) is strengths.kind_of(after, before) is Kind.REWORDED
    assert strengths.same_sense(before, after)


@pytest.mark.parametrize(("before", "after"), OF_ONE_SENSE)
def test_other_words_for_the_same_are_only_reworded(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(before, after) is strengths.kind_of(after, before) is Kind.REWORDED
    assert strengths.same_sense(before, after)


@pytest.mark.parametrize(("before", "after"), [*A_READER_MUST_JUDGE, *OF_WHAT_MAY_BE_A_BURDEN, *OF_ANOTHER_SENSE])
def test_words_of_which_a_reader_must_judge_are_seen_but_not_judged(
    before: str, after: str, strengths: Strengths
) -> None:
    assert strengths.kind_of(before, after) is strengths.kind_of(after, before) is Kind.REWORDED
    assert not strengths.same_sense(before, after)
    assert not strengths.same_sense(after, before)


@pytest.mark.parametrize("condition", fitting_conditions())
def test_the_rule_on_hedges_alone_takes_fitting_care_for_a_hedge(condition: str, strengths: Strengths) -> None:
    assert re.fullmatch(condition_pattern(), condition)
    assert strengths.kind_of("Offer visits.", f"Offer visits, {condition}.") is Kind.REWORDED


@pytest.mark.parametrize("condition", conditions())
def test_the_rule_on_hedges_and_the_diff_know_the_same_conditions(condition: str, strengths: Strengths) -> None:
    assert strengths.kind_of("Open hubs.", f"Open hubs, {condition}.") is Kind.WORDING_SOFTER
    found = re.fullmatch(condition_pattern(), condition)
    assert found, condition
    assert any(condition.endswith(word) for word in LAST_WORDS)


@pytest.mark.parametrize("condition", ["where needed", "if it is necessary", "as required"])
def test_the_rule_on_hedges_alone_finds_conditions_of_need(condition: str) -> None:
    assert re.fullmatch(condition_pattern(), condition)
    assert condition not in conditions()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Open 5 hubs.", "Open up to 8 hubs."),
        ("We will open hubs soon.", "We may open hubs later."),
        ("Open hubs for all.", "Open hubs and wards, where possible."),
    ],
)
def test_hedges_among_other_words_are_seen_though_nobody_can_judge_them(
    before: str, after: str, strengths: Strengths
) -> None:
    assert not strengths.same_sense(before, after)
    assert not strengths.same_sense(after, before)
    assert strengths.same_sense("Where possible, open hubs.", "Open hubs, where possible, soon.")


WORDS_OF_HEDGES = ["consider", "opening", "open", "up to", "5", "3", "if NHS England agrees", "£2m", "1 May"]
WORDS_OF_LISTS = ["and", "or", "clinics", "with", "free", "permanent", "temporary"]
WORDS_OF_DEEDS = ["pilot", "deliver", "halve", "reduce", "except", "apart from", "for everyone", "be"]
WORDS = st.lists(
    st.sampled_from(
        [
            *["all", "few", "every", "not", "may", "will", "some", "hub", "hubs", "close", "who", "the"],
            "aim to",
            "not all",
            "where possible",
            "if needed",
            *WORDS_OF_HEDGES,
            *WORDS_OF_LISTS,
            *WORDS_OF_DEEDS,
            *[",", ".", "("],
        ]
    ),
    max_size=9,
).map(" ".join)


@given(before=WORDS, after=WORDS)
def test_swapped_wordings_mean_the_opposite(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(after, before) is strengths.kind_of(before, after).opposite
    assert strengths.same_sense(before, after) is strengths.same_sense(after, before)
    assert strengths.is_written_anew(before, after) is strengths.is_written_anew(after, before)


def test_a_user_may_have_words_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "significance.toml").write_text('[words]\nhedges = ["all being well"]\n', encoding="utf-8")
    own = load_significances(tmp_path).strengths
    assert own.kind_of("Open hubs.", "All being well, open hubs.") is Kind.WORDING_SOFTER
    assert own.kind_of("Open hubs.", "We might open hubs.") is Kind.REWORDED
    assert own.kind_of("Open hubs.", "Open hubs where possible.") is Kind.WORDING_SOFTER
    assert own.kind_of("Train every nurse.", "Train some nurses.") is Kind.WORDING_SOFTER


def test_a_user_may_take_a_condition_off_the_list(tmp_path: Path) -> None:
    (tmp_path / "significance.toml").write_text('[words]\nconditions = ["if affordable"]\n', encoding="utf-8")
    own = load_significances(tmp_path).strengths
    assert own.kind_of("Open hubs.", "Open hubs if affordable.") is Kind.WORDING_SOFTER
    assert own.kind_of("Open hubs.", "Open hubs where possible.") is Kind.REWORDED
