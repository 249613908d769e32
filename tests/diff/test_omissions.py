"""Promises that leave out a part of a list, grade words otherwise, or are written anew; and plain rewordings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.diff import Kind, diff_plans, load_significances
from pcstrat.diff._strength import Strengths
from pcstrat.diff.sentences import wording_lead
from pcstrat.model.plan import Plan

ACTION = "Open an urgent care hub in every place."

LEFT_OUT = [
    ("Open clinics for children and adults.", "Open clinics for adults."),
    ("Open clinics for children and adults.", "Open clinics for children."),
    ("Offer blood tests, X-rays and scans.", "Offer blood tests."),
    ("Offer blood tests, X-rays, and scans.", "Offer blood tests and scans."),
    ("We will open a clinic in Oswestry, Ludlow and Wellington.", "We will open a clinic in Oswestry and Ludlow."),
    ("Open clinics in Ludlow and Wellington.", "Open a clinic in Ludlow."),
    ("Extend opening hours in Telford and Shrewsbury.", "Extend opening hours in Telford."),
    ("Offer evening and weekend appointments.", "Offer evening appointments."),
    ("Train nurses, pharmacists and care coordinators.", "Train pharmacists and care coordinators."),
    ("Visit care homes in Kent and Medway each week.", "Visit care homes in Kent each week."),
    ("Publish the plan, and hold six public meetings.", "Publish the plan."),
    ("Screen for diabetes, for heart disease and for cancer.", "Screen for diabetes and for cancer."),
    ("Open hubs in Dover, Deal, Sandwich.", "Open hubs in Dover, Deal."),
    ("Run clinics for smokers as well as drinkers.", "Run clinics for smokers."),
    ("Fund both a nurse and a physiotherapist.", "Fund a nurse."),
    ("Physical and mental health checks for all.", "Physical health checks for all."),
    ("Recruit 20 nurses and 10 pharmacists.", "Recruit 20 nurses."),
    ("A dentist for every child and every adult", "A dentist for every child"),
]
GRADED = [
    ("Full roll-out of shared records.", "Partial roll-out of shared records."),
    ("Permanent funding for the hub.", "Temporary funding for the hub."),
    ("Mandatory training for all staff.", "Optional training for all staff."),
    ("Complete the roll-out of cloud telephony.", "Begin the roll-out of cloud telephony."),
    ("We will build a new health centre.", "We will explore options for a new health centre."),
    ("We will build a new health centre.", "We will review options for a new health centre."),
    ("We will build a new health centre.", "We will consider a new health centre."),
    ("Open a hub in Deal.", "Review a hub in Deal."),
    ("Ensure practices have a nurse.", "Encourage practices to have a nurse."),
    ("We will guarantee a same-day answer.", "We will support a same-day answer."),
    ("Publish a plan for estates.", "Draft a plan for estates."),
    ("Offer a free eye test to all children.", "Offer an eye test to all children."),
    ("Deliver same-day care.", "Pilot same-day care."),
    ("Pilot same-day care.", "Explore same-day care."),
    ("Provide weekend clinics.", "Explore weekend clinics."),
    ("Provide weekend clinics.", "Promote weekend clinics."),
    ("Halve waits for tests.", "Reduce waits for tests."),
    ("We will halve waiting times.", "We will cut waiting times."),
    ("Eliminate long waits.", "Reduce long waits."),
    ("Double the number of link workers.", "Increase the number of link workers."),
    ("Improve access to GPs.", "Monitor access to GPs."),
    ("Fund a new hub.", "Bid for a new hub."),
    ("Expand the clinics.", "Maintain the clinics."),
    ("Recruit 20 nurses.", "Advertise for 20 nurses."),
    ("Implement the workforce plan.", "Develop the workforce plan."),
    ("Delivering same-day care", "Exploring same-day care"),
    ("Hubs will be delivered in Deal.", "Hubs will be piloted in Deal."),
    ("Delivery of same-day care", "Pilot of same-day care"),
]
NOT_GRADED = [
    ("Do not halve the hubs.", "Do not reduce the hubs."),
    ("We will no longer deliver vans.", "We will no longer pilot vans."),
    ("Cut the hubs.", "Review the hubs."),
    ("Deliver the closure of wards.", "Explore the closure of wards."),
    ("Deliver hubs in Deal.", "Pilot clinics in Deal."),
    ("Help people deliver food.", "Help people pilot food."),
]
ALTERNATIVES = [
    ("Patients must travel to Dover or Deal.", "Patients must travel to Dover."),
    ("See people by phone or online.", "See people by phone."),
    ("Open a hub in Dover, Deal or Sandwich.", "Open a hub in Dover or Sandwich."),
    ("Open a hub in Dover, Deal or Sandwich.", "Open a hub in Sandwich."),
    ("Open a hub in Dover, Deal, Hythe or Sandwich.", "Open a hub in Dover, Hythe or Sandwich."),
    ("Send a nurse or a doctor to schools and homes.", "Send a nurse to schools and homes."),
]
BESIDE_ALTERNATIVES = [
    ("Send a nurse or a doctor to schools and homes.", "Send a nurse or a doctor to schools."),
    ("Offer blood tests and X-rays to adults or children.", "Offer blood tests to adults or children."),
]
EXCEPTED = [
    ("Offer same-day care for everyone.", "Offer same-day care for everyone except care homes."),
    ("Same-day care for everyone", "Same-day care for everyone except care homes"),
    ("Same-day care for all patients", "Same-day care for all patients, excluding care homes"),
    ("Visit everyone each week.", "Visit everyone, except for care homes, each week."),
    ("We will open hubs in all towns.", "With the exception of Deal, we will open hubs in all towns."),
    (
        "Replace phones in nine surgeries. Train staff.",
        "Replace phones in nine surgeries. Train staff, apart from those in Clun.",
    ),
    ("Train all nurses except temps.", "Train some nurses except temps."),
]
EXCEPTED_OTHERWISE = [
    ("Offer care to everyone except care homes.", "Offer care to everyone except prisons."),
    ("Offer care to everyone except care homes.", "Offer care to everyone except care homes and prisons."),
    ("Offer care to all except where it is unsafe.", "Offer care to all."),
    ("Close all hubs except Deal.", "Close all hubs."),
    ("Charge everyone except children.", "Charge everyone."),
    ("Use agency staff in all practices except Deal.", "Use agency staff in all practices."),
    ("Every practice except Deal opens on Sundays.", "Every practice opens on Sundays."),
    ("Except in Deal we will open hubs.", "We will open hubs."),
]
A_READER_MUST_JUDGE = [
    ("Recruit six therapists, once the board and the council have agreed.", "Recruit six therapists."),
    ("Replace all phones, bar Clun and Ludlow.", "Replace all phones, bar Clun."),
    ("Train nurses, provided we have staff and money.", "Train nurses."),
    ("Open hubs once the estates and digital plans are agreed.", "Open hubs once the estates plan is agreed."),
    ("Open hubs with the approval of the board and NHS England.", "Open hubs with the approval of the board."),
    ("See children on the same day or the next day.", "See children on the same day."),
    ("Reply within a week or a fortnight.", "Reply within a week."),
    ("Despite pressure on money and staff, open hubs.", "Despite pressure on money, open hubs."),
    ("Close wards in Dover and Deal.", "Close wards in Dover."),
    ("Help people who are frail and live alone.", "Help people who are frail."),
    ("Offer safe and effective care.", "Offer effective care."),
    ("Provide services such as blood tests and scans.", "Provide services such as scans."),
    ("Open a hub. We will also train 20 nurses there.", "Open a hub."),
    ("Open hubs and clinics where possible.", "Open hubs."),
    ("Open hubs and wards.", "Open hubs where possible."),
    ("Reduce waits and open clinics.", "Open clinics."),
    ("Close the unit permanently.", "Close the unit temporarily."),
    ("Ensure that every patient has a named GP.", "Encourage practices to give every patient a named GP."),
    ("Complete the building of hubs.", "We will begin to build hubs."),
    ("Free parking for carers.", "Reduced parking charges for carers."),
    ("Open clinics for children and adults.", "Open clinics for all ages."),
    ("Answer calls between 8am and 6pm.", "Answer calls by 6pm."),
    ("Open a hub and then, with the partners in both towns, look for more rooms.", "Open a hub."),
]
NO_PART = [
    ("Open clinics for children and adults.", "Open clinics for families."),
    ("Recruit nurses and new pharmacists.", "Recruit nurses and pharmacists."),
    ("Open hubs, with the council.", "Open hubs."),
    ("In Kent, open hubs and clinics.", "Open hubs and clinics."),
    ("Together, we will open hubs and clinics.", "We will open hubs and clinics."),
    ("Open a hub in Kent, our largest county.", "Open a hub in Kent."),
    ("Continue the roll-out of telephony.", "Begin the roll-out of telephony."),
    ("Set up the networks (PCNs) in towns and villages.", "Set up the networks in towns and villages."),
]
SAME = [
    ("We will set up a hub in every town.", "We will establish a hub in each town."),
    ("Help and support patients to stay well.", "Support patients to stay well."),
    ("Develop and implement a workforce plan.", "Implement a workforce plan."),
    ("Work with partners to open hubs.", "Open hubs with our partners."),
    ("Improve access to general practice.", "Make general practice easier to reach."),
    ("Patients can book online.", "Patients are able to book appointments online."),
    ("Train staff in digital skills.", "Give staff training in digital skills."),
    ("We will open a clinic in Ludlow.", "A clinic will open in Ludlow."),
    (
        "Offer health checks to people with a learning disability.",
        "People with a learning disability will be offered a health check.",
    ),
    ("Offer blood tests, X-rays and scans.", "Offer scans, blood tests and X-rays."),
    ("Publish the report, and share it with councils.", "Share the report with councils and publish it."),
    ("Recruit nurses and pharmacists for every PCN.", "Recruit pharmacists and nurses for every PCN."),
    ("Roles and responsibilities will be clear.", "Responsibilities will be clear."),
    ("Review each and every pathway.", "Review every pathway."),
    ("Use plain words in letters and leaflets.", "Letters and leaflets use plain words."),
    ("Reduce waiting times for diagnostics.", "Shorten waits for diagnostic tests."),
    ("Support carers who look after family at home.", "Help carers who care for relatives at home."),
    ("We will, together with our partners, open hubs.", "We will open hubs together with our partners."),
    ("In Kent, we will open three hubs.", "We will open three hubs in Kent."),
    ("Ensure practices have cloud telephony.", "Make sure that practices have cloud telephony."),
    ("Complete the estates review.", "Finish the estates review."),
    ("Build on the success of our pilot sites.", "Build upon the success of the pilots."),
    ("Provide advice and guidance to GPs.", "Give GPs advice and guidance."),
    ("Increase the number of pharmacists in general practice.", "Have more pharmacists in general practice."),
    ("Share records between hospitals and practices.", "Hospitals and practices share records."),
    ("A named GP for every care home resident.", "Every care home resident has a named GP."),
    ("Run flu clinics at weekends and in the evening.", "Run evening and weekend flu clinics."),
    ("Children, young people and families get help early.", "Early help for children, young people and families."),
    ("We will recruit and retain more staff.", "We will recruit more staff and keep them."),
    ("Start the procurement of telephony in spring.", "Begin procuring telephony in spring."),
    ("Deliver the plan with councils and charities.", "Deliver the plan together with charities and councils."),
    ("Aims and objectives are shared by all partners.", "Objectives are shared by all partners."),
    ("Extend opening hours to evenings & weekends.", "Extend opening hours to evenings and weekends."),
    (
        "Give patients more choice and control over their care.",
        "Give patients greater choice and control of their care.",
    ),
    ("Monitor and evaluate the pilot.", "Evaluate the pilot."),
    ("Design and deliver training for link workers.", "Deliver training for link workers."),
    ("Offer home visits to frail people.", "Visit frail people at home."),
    ("Set up integrated neighbourhood teams.", "Set up integrated neighbourhood teams (INTs)."),
    ("Hold a workshop with the practices.", "Hold a workshop with practices."),
    ("Primary care networks (PCNs) will share staff.", "PCNs will share staff."),
    ("Use data to plan services, for example on frailty.", "Use data to plan services."),
    ("We will improve the quality of data by training coders.", "By training coders, we will improve data quality."),
    ("Build a new health centre in Ludlow.", "A new health centre will be built in Ludlow."),
    ("Open the hub, working closely with the council.", "Open the hub, working with the council."),
    ("Give every practice cloud telephony, as planned.", "Give every practice cloud telephony."),
    ("People can see a GP, nurse or pharmacist.", "People can see a nurse, a GP or a pharmacist."),
    ("Tackle health inequalities, and improve outcomes.", "Improve outcomes and tackle inequalities in health."),
]


@pytest.mark.parametrize(("before", "after"), [*LEFT_OUT, *BESIDE_ALTERNATIVES])
def test_a_list_that_lost_a_part_names_less(before: str, after: str, strengths: Strengths) -> None:
    assert (strengths.kind_of(before, after), strengths.kind_of(after, before)) == (
        Kind.WORDING_NARROWER,
        Kind.WORDING_WIDER,
    )


@pytest.mark.parametrize(("before", "after"), [*GRADED, *EXCEPTED])
def test_a_word_for_less_is_softer(before: str, after: str, strengths: Strengths) -> None:
    assert (strengths.kind_of(before, after), strengths.kind_of(after, before)) == (
        Kind.WORDING_SOFTER,
        Kind.WORDING_FIRMER,
    )


@pytest.mark.parametrize(("before", "after"), [*ALTERNATIVES, *EXCEPTED_OTHERWISE, *A_READER_MUST_JUDGE])
def test_what_may_be_no_loss_is_left_to_a_reader(before: str, after: str, strengths: Strengths) -> None:
    for one, other in permutations((before, after)):
        assert strengths.kind_of(one, other) is Kind.REWORDED
        assert not strengths.same_sense(one, other)


@pytest.mark.parametrize(("before", "after"), NOT_GRADED)
def test_verbs_are_graded_only_where_a_promise_begins(before: str, after: str, strengths: Strengths) -> None:
    assert strengths.kind_of(before, after) is strengths.kind_of(after, before) is Kind.REWORDED


def test_a_user_may_grade_verbs_and_name_exceptions_otherwise(tmp_path: Path) -> None:
    own = '[words]\ndeeds = ["sketch < erect"]\nexcepting = ["barring"]\n'
    (tmp_path / "significance.toml").write_text(own, encoding="utf-8")
    strengths = load_significances(tmp_path).strengths
    assert strengths.kind_of("Erect a hub.", "Sketch a hub.") is Kind.WORDING_SOFTER
    assert strengths.kind_of("Deliver care.", "Pilot care.") is Kind.REWORDED
    assert strengths.kind_of("Offer care to all.", "Offer care to all barring Deal.") is Kind.WORDING_SOFTER


@pytest.mark.parametrize(("before", "after"), [*SAME, *NO_PART])
def test_other_words_for_the_same_are_only_reworded(before: str, after: str, strengths: Strengths) -> None:
    for one, other in permutations((before, after)):
        assert strengths.kind_of(one, other) is Kind.REWORDED
        assert strengths.same_sense(one, other)


@pytest.mark.parametrize(("before", "after"), SAME)
def test_who_only_says_it_in_other_words_has_not_written_it_anew(before: str, after: str, strengths: Strengths) -> None:
    assert not strengths.is_written_anew(before, after)


PARTS = ["nurses", "pharmacists", "link workers", "paramedics", "care coordinators"]


@given(named=st.lists(st.sampled_from(PARTS), min_size=2, unique=True), data=st.data())
def test_a_list_names_less_without_any_of_its_parts(
    named: list[str], data: st.DataObject, strengths: Strengths
) -> None:
    kept = data.draw(st.lists(st.sampled_from(named), min_size=1, max_size=len(named) - 1, unique=True))
    texts = [f"Recruit {in_words([name for name in named if name in some])} for Kent." for some in (named, kept)]
    assert (strengths.kind_of(*texts), strengths.kind_of(*texts[::-1])) == (Kind.WORDING_NARROWER, Kind.WORDING_WIDER)


def in_words(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Open clinics for children and adults.", "Open clinics for adults.", "weakened Names less: "),
        ("Open clinics for adults.", "Open clinics for children and adults.", "strengthened Names more: "),
        ("Close wards in Dover and Deal.", "Close wards in Dover.", "changed "),
        ("Open a hub in Deal.", "Every child sees a dentist.", "changed "),
        ("Open a hub in Deal.", "A hub opens in Deal.", "reworded "),
    ],
)
def test_what_became_of_a_promise_is_said(
    before: str, after: str, told: str, text: str, plan_of: Callable[[str], Plan]
) -> None:
    old, new = (plan_of(text.replace(ACTION, words)) for words in (before, after))
    (change,) = diff_plans([old], new).changes
    assert f"{change.significance} {wording_lead(change)}" == told


def test_a_risk_that_names_less_is_no_broken_promise(text: str, plan_of: Callable[[str], Plan]) -> None:
    words = "Builders may be hard to find."
    old = plan_of(text.replace(words, "Builders and electricians are busy."))
    (change,) = diff_plans([old], plan_of(text.replace(words, "Builders are busy."))).changes
    assert change.significance.value == "changed"
