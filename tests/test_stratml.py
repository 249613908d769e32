"""Plans become StratML that is in order and loses nothing without a word; StratML becomes a plan draft that loads."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pcstrat.commands.import_plan import ImportRequest, import_plan
from pcstrat.edit.normal_form import normal_form
from pcstrat.errors import UsageError
from pcstrat.load import load_plan
from pcstrat.model.measures import Measure
from pcstrat.model.plan import Plan
from pcstrat.model.quantities import QuantityError, read_quantity
from pcstrat.registry import Registry, load_registry
from pcstrat.settings import load_settings
from pcstrat.source import read_source
from pcstrat.source.write import to_yaml
from pcstrat.stratml import StratmlError, plan_stratml, read_stratml
from pcstrat.stratml.carried import CARRIED, not_carried
from pcstrat.stratml.indicators import stated
from pcstrat.stratml.values import number_and_wording, said
from pcstrat.stratml.words import NOT_CARRIED

TESTS = Path(__file__).parent
PLANS = [*sorted((TESTS.parent / "strategies").glob("*.yaml")), TESTS / "formats" / "1.yaml"]
FOREIGN = TESTS / "data" / "foreign.stratml"
GRAMMAR = etree.RelaxNG(etree.parse(TESTS / "data" / "stratml-part2.rng"))
NAMESPACE = "{urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport}"
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
SEED: Any = read_source((TESTS / "formats" / "1.yaml").read_bytes(), "1.yaml").data
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

EVERYTHING = """\
pcstrat: 1
id: everything
icb: QMM
document:
  title: A plan & more < all
  kind: delivery plan
  published: 3 March 2025
  period: 2025/26 to 2027/28
  lead: [jo]
people:
  - {id: jo, name: Jo Jones, role: Director, organisation: The board}
vision: {statement: Care close to home.}
delivery:
  principles: {points: [We listen., {title: Fair, text: To all., points: [Old, Young]}]}
ambitions:
  - id: 2nd-chance
    label: A1
    title: Access
    text: |-
      One paragraph.

      Another one.
    measures:
      - {id: wait, text: People wait less., indicator: Days of waiting, unit: days,
         baseline: {value: '12', when: May 2024}, target: '8.50', by: March 2026}
      - {text: Between 3 and 5 teams., target: 3 to 5 teams}
    objectives:
      - id: phones
        title: Phones
        owner: Jo Jones
        partners: [Pharmacies, Dentists]
        actions:
          - {text: Buy phones., points: [Desk, {text: Mobile, points: [With a case]}], when: by June 2025, status: done}
        strands:
          - {title: Calls, note: As printed., milestones: [{text: Answer them., due: spring 2026, kind: outcome}]}
        outcomes: [{text: Nobody waits., when: 2026/27}]
        milestones: [{text: No date., when: {published: some day}}]
        risks: [It fails.]
  - id: staff
    title: Staff
enablers:
  - {id: digital, title: Digital, note: In a box., strands: [{title: Records}]}
"""


def loaded(text: str | bytes, registry: Registry) -> Plan:
    done = load_plan(text.encode() if isinstance(text, str) else text, "plan.yaml", registry)
    assert done.plan is not None, done.findings
    return done.plan


@pytest.fixture(params=[*PLANS, None], ids=lambda path: path.stem if path else "everything")
def plan(request: pytest.FixtureRequest, registry: Registry) -> Plan:
    return loaded(request.param.read_bytes() if request.param else EVERYTHING, registry)


def test_the_file_is_as_the_standard_says(plan: Plan, registry: Registry) -> None:
    GRAMMAR.assertValid(etree.fromstring(plan_stratml(plan, registry).encode()))


def test_identifiers_days_and_numbers_are_of_their_types(plan: Plan, registry: Registry) -> None:
    root = etree.fromstring(plan_stratml(plan, registry).encode())
    identifiers = [element.text for element in root.iter(f"{NAMESPACE}Identifier")]
    assert all(IDENTIFIER.fullmatch(text) for text in identifiers)
    assert [text for text, count in Counter(identifiers).items() if count > 1] == []
    for name in ("StartDate", "EndDate", "PublicationDate"):
        assert all(DAY.fullmatch(element.text) for element in root.iter(f"{NAMESPACE}{name}"))
    assert all(Decimal(element.text).is_finite() for element in root.iter(f"{NAMESPACE}NumberOfUnits"))


def test_reading_it_back_keeps_what_stratml_can_carry(plan: Plan, registry: Registry) -> None:
    text = plan_stratml(plan, registry)
    draft = read_stratml(text.encode(), "plan.stratml", registry)
    lost = "; ".join(not_carried(plan))
    assert [entry.partition("OtherInformation: ")[2] for entry in draft.left_out] == [f"{NOT_CARRIED}{lost}."]
    assert draft.kind_is_stated
    again = loaded(to_yaml(draft.data), registry)
    assert without_list(plan_stratml(again, registry)) == without_list(text)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every place in plain data, as what holds it and its key."""
    found = []
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        found.append((data, step))
        if isinstance(value, dict | list):
            found += places(value)
    return found


def is_plan(data: dict[str, Any], registry: Registry) -> bool:
    return not load_plan(to_yaml(data).encode(), "plan.yaml", registry).errors


WORDS = ["A: b", "Owner: Ada", "x--y", "]]>", "&amp; <b>", "a\u202eb", "\U0001f600", "- 1", "no", "£", "A part of: x."]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_plan_is_written_as_the_standard_says_and_read_back(data: st.DataObject) -> None:
    """Fields are taken out of the plan that has everything, and texts replaced by others."""
    plan_data, registry = copy.deepcopy(SEED), load_registry(None)
    for _ in range(data.draw(st.integers(1, 10))):
        where, step = data.draw(st.sampled_from(places(plan_data)))
        before = copy.deepcopy(where)
        if data.draw(st.booleans()) and isinstance(where[step], str):
            where[step] = data.draw(st.sampled_from(WORDS))
        else:
            del where[step]
        if not is_plan(plan_data, registry):
            where.clear()
            (where.extend if isinstance(where, list) else where.update)(before)
    text = plan_stratml(Plan.model_validate(plan_data), registry)
    GRAMMAR.assertValid(etree.fromstring(text.encode()))
    draft = read_stratml(text.encode(), "plan.stratml", registry, icb=plan_data["icb"])
    again = plan_stratml(loaded(to_yaml(draft.data), registry), registry)
    assert without_list(again) == without_list(text)


@pytest.mark.parametrize("address", ["https://www.example.nhs.uk/a?b=c#d", "a plan.pdf", "A part of: x.", "]]>", "50%"])
def test_an_address_is_written_as_a_uri(address: str, registry: Registry) -> None:
    plan = loaded(EVERYTHING, registry)
    document = plan.document.model_copy(update={"original_url": address})
    root = etree.fromstring(plan_stratml(plan.model_copy(update={"document": document}), registry).encode())
    GRAMMAR.assertValid(root)


def without_list(text: str) -> str:
    return re.sub(rf"\s{re.escape(NOT_CARRIED)}[^<]*", "", text)


def test_what_is_not_carried_is_listed_in_the_file(registry: Registry) -> None:
    plan = loaded(EVERYTHING, registry)
    assert not_carried(plan) == ("objectives: risks (1)",)
    assert f"{NOT_CARRIED}objectives: risks (1)." in plan_stratml(plan, registry)


def test_the_wording_of_the_period_and_who_restated_a_plan_are_carried(registry: Registry) -> None:
    plan = loaded(
        EVERYTHING.replace("period: 2025/26 to 2027/28", "period: across a three year period").replace(
            "  lead: [jo]", "  lead: [jo]\n  restated_by: {publisher: A. Person, note: In our words.}"
        ),
        registry,
    )
    text = plan_stratml(plan, registry)
    assert "Period: across a three year period." in text
    assert "Not a publication of the organisation itself. Restated by: A. Person." in text
    assert not_carried(plan) == ("the restatement: note (1)", "objectives: risks (1)")
    on_one_line = re.sub(r"\.\n(?=Not a|Period|StratML)", ". ", text)
    assert on_one_line != text
    assert read_stratml(on_one_line.encode(), "x", registry).data == read_stratml(text.encode(), "x", registry).data
    document = read_stratml(text.encode(), "plan.stratml", registry).data["document"]
    assert (document["period"], document["restated_by"]) == (
        "across a three year period",
        {"publisher": "A. Person"},
    )


@pytest.mark.parametrize(
    ("band", "lost"),
    [
        ("{label: Next, band: Year 1, milestones: [Open a hub.]}", ("bands: label (1)",)),
        ("{label: Next, when: 2025/26, milestones: [Open a hub.]}", ("bands: label (1)",)),
        (
            "{label: Next, band: Year 1, when: 2025/26, milestones: [Open a hub.]}",
            ("bands: label (1)", "bands: band (1)"),
        ),
        (
            "{label: Next, band: Year 1, milestones: [{text: Open a hub., when: June 2025}]}",
            ("bands: label (1)", "bands: band (1)"),
        ),
        (
            "{label: Next, when: 2025/26, milestones: [{text: Open a hub., when: June 2025}, Open two.]}",
            ("bands: label (1)", "bands: when (1)"),
        ),
        ("{label: Next, band: Year 1, when: 2025/26}", ("bands: label (1)", "bands: band (1)", "bands: when (1)")),
    ],
)
def test_a_band_is_carried_where_it_is_the_time_of_its_milestones(
    band: str, lost: tuple[str, ...], registry: Registry
) -> None:
    plan = loaded(EVERYTHING.replace("        risks: [It fails.]\n", f"        timeline: [{band}]\n"), registry)
    assert not_carried(plan) == lost


@pytest.mark.parametrize(("when", "lost"), [("June 2025", ("measures: by (1)",)), ("March 2026", ())])
def test_a_target_has_one_time(when: str, lost: tuple[str, ...], registry: Registry) -> None:
    text = EVERYTHING.replace("target: '8.50'", f"target: {{value: '8.50', when: {when}}}")
    assert not_carried(loaded(text, registry)) == (*lost, "objectives: risks (1)")


def test_every_field_is_carried_or_counted(plan: Plan) -> None:
    for model, fields in CARRIED.items():
        names = {name for name, field in model.model_fields.items()}
        assert fields <= names, model
    assert all(re.fullmatch(r"[\w ]+: [\w ]+ \(\d+\)", entry) for entry in not_carried(plan))


def test_dates_keep_their_wording_and_mean_the_same_days(registry: Registry) -> None:
    text = plan_stratml(loaded(EVERYTHING, registry), registry)
    assert "<EndDate>2025-06-30</EndDate>" in text
    assert "<DescriptorValue>by June 2025</DescriptorValue>" in text
    assert "<NumberOfUnits>8.50</NumberOfUnits>" in text
    assert "<Description>3 to 5 teams</Description>" in text


def test_a_file_of_somebody_else_becomes_a_draft_and_a_list(registry: Registry) -> None:
    draft = read_stratml(FOREIGN.read_bytes(), "theirs.xml", registry)
    plan = loaded(to_yaml(draft.data), registry)
    measure = plan.ambitions[0].objectives[0].measures[0]
    assert (plan.icb, plan.id, plan.ambitions[0].id) == ("QMM", "plan-of-somebody-else", "0a1b")
    assert measure.target is not None
    assert measure.latest is not None
    assert (measure.target.value.published, measure.latest.value.published) == ("95%", "70.5%")
    assert measure.latest.when is not None
    assert (measure.by and measure.by.published, measure.latest.when.published) == ("by 31 March 2027", "31 March 2026")
    assert not draft.kind_is_stated
    assert draft.left_out == (
        "theirs.xml:6: Stakeholder: Healthwatch is not a person",
        "theirs.xml:7: Description: To care.",
        "theirs.xml:11: Stakeholder: Dr No: no field for this role (Name Chair; RoleType Beneficiary)",
        "theirs.xml:12: PerformanceIndicator: PerformanceIndicatorType Quantitative",
        "theirs.xml:16: EmailAddress: x@y",
    )


def test_other_information_on_a_measure_of_somebody_else_is_a_remark(registry: Registry) -> None:
    theirs = FOREIGN.read_text(encoding="utf-8").replace(
        "</PerformanceIndicator>",
        "<OtherInformation>Telephony data.\n- One\n- Two</OtherInformation></PerformanceIndicator>",
    )
    objective: Any = read_stratml(theirs.encode(), "theirs.xml", registry).data["ambitions"][0]["objectives"][0]
    measure = objective["measures"][0]
    assert (measure["text"], measure["note"], measure["points"]) == (
        "Calls answered",
        "Telephony data.",
        ["One", "Two"],
    )
    assert "indicator" not in measure


def test_every_attribute_that_is_not_taken_over_is_listed_once(registry: Registry) -> None:
    theirs = FOREIGN.read_text(encoding="utf-8")
    theirs = theirs.replace("<StrategicPlan ", '<StrategicPlan Type="Performance_Report" ')
    theirs = theirs.replace("<PerformanceIndicator ", '<PerformanceIndicator ValueChainStage="Outcome" ')
    listed = read_stratml(theirs.encode(), "theirs.xml", registry).left_out
    assert [
        entry.partition(": ")[2] for entry in listed if re.search(r": (?:Type|\w+Type|ValueChainStage) \w+$", entry)
    ] == [
        "StrategicPlan: Type Performance_Report",
        "PerformanceIndicator: PerformanceIndicatorType Quantitative",
        "PerformanceIndicator: ValueChainStage Outcome",
    ]
    whole = re.search("<PerformanceIndicator .*</PerformanceIndicator>", theirs, re.DOTALL)
    assert whole
    several = "\n".join(read_stratml(theirs.replace(whole[0], whole[0] * 3).encode(), "x", registry).left_out)
    assert "PerformanceIndicator: ValueChainStage Outcome, 3 times, first here" in several


def test_every_text_that_is_not_taken_over_is_listed(registry: Registry) -> None:
    file = FOREIGN.read_text(encoding="utf-8")
    for old, new in (
        ("<Name>NHS Norfolk and Waveney Integrated Care Board</Name>", r"\g<0><Identifier>THEIR-CODE</Identifier>"),
        ("<Name>Dr No</Name>", r"\g<0><Description>Of a surgery.</Description>"),
        ("<MeasurementInstance>", r"""<MeasurementInstance><TargetResult><EndDate>2026-03-31</EndDate>
            <NumberOfUnits>90</NumberOfUnits><Descriptor><DescriptorName>Where</DescriptorName>
            <DescriptorValue>In Thetford</DescriptorValue></Descriptor></TargetResult></MeasurementInstance>\g<0>"""),
        ("<RoleType>Beneficiary</RoleType>", "<RoleType>Performer</RoleType>"),
        ("<NumberOfUnits>70.5</NumberOfUnits>", "<NumberOfUnits>most of them</NumberOfUnits>"),
        ("<EndDate>2027-03-31</EndDate>", "<EndDate>next spring</EndDate>"),
    ):  # fmt: skip
        file, times = re.subn(old, new, file)
        assert times == 1, old
    listed = "\n".join(read_stratml(file.encode(), "theirs.xml", registry).left_out)
    for text in (
        "Chair",
        "THEIR-CODE",
        "Of a surgery.",
        "2026-03-31",
        "90",
        "Where",
        "In Thetford",
        "most of them",
        "next spring",
    ):
        assert text in listed, text


UNITS = ["", "%", "£", "practices", "per cent", "N/A", "thousand", "of 20", "Patients (all)"]
WORDINGS = [
    "88", "88%", "12 practices", "£2m", "about 400 people", "3 to 5 teams", "33 out of 35", "c400", "4O%", "1,000",
    "12 practices did not report.", "5% more than last year", "Up from 64% in 2024.", "top quartile", "TBC", "-5",
    ".5", "1E3", "+7.0", "2 thousand", "Baseline: 4", "Latest: 5",
]  # fmt: skip
WITH_A_READING = ["12 (read as: 40%)", "12 (read as: it)", "3 (read as it stands)", "3 to 4 (not read as a number)"]


def measure_in_file(results: str, unit: str, registry: Registry) -> tuple[dict[str, Any], str]:
    """The measure that an indicator with these results becomes, and what was not taken over."""
    text, times = re.subn(
        "<UnitOfMeasurement>.*</MeasurementInstance>",
        f"<UnitOfMeasurement>{unit}</UnitOfMeasurement><MeasurementInstance>{results}</MeasurementInstance>",
        FOREIGN.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    assert times == 1
    draft = read_stratml(text.encode(), "theirs.xml", registry)
    loaded(to_yaml(draft.data), registry)
    objective: Any = draft.data["ambitions"][0]["objectives"][0]
    measure = objective["measures"][0]
    return measure if isinstance(measure, dict) else {"text": measure}, "\n".join(draft.left_out)


def in_xml(name: str, number: str, wording: str) -> str:
    parts = (("NumberOfUnits", number), ("Description", wording))
    return f"<{name}>{''.join(f'<{part}>{text}</{part}>' for part, text in parts if text)}</{name}>"


def number_of(written: Any) -> Decimal | None:
    """The number that a plan has for a target, baseline or newest value as it is written there."""
    reading = Measure.model_validate({"text": "Patients seen.", "target": written}).target if written else None
    return reading.value.number if reading else None


@pytest.mark.parametrize(
    ("unit", "number", "wording", "target"),
    [
        ("practices", "88", "12 practices did not report.", ("88 practices", "12 practices did not report.")),
        ("homes", "4700", "5% more than last year", ("4700 homes", "5% more than last year")),
        ("homes", "5", "5% more than last year", ("5 homes", "5% more than last year")),
        ("%", "71.5", "Up from 64% in 2024.", ("71.5%", "Up from 64% in 2024.")),
        ("crashes", "450", "third highest", ("450 crashes", "third highest")),
        ("%", "90", "90 to 95%", ("90%", "90 to 95%")),
        ("%", "90", "90% within 10 minutes", "90% within 10 minutes"),
        ("£", "2000000", "£2m", "£2m"),
        ("£", "2000000", "", "£2000000"),
        ("%", "40", "4O% (read as: 40%)", {"published": "4O%", "read_as": "40%"}),
        ("%", "40", "4O% (read as: 41%)", ("40%", "4O% (read as: 41%)")),
        ("", "", "3 to 5 teams", "3 to 5 teams"),
        ("%", "", "95%", "95%"),
        ("practices", "", "12 practices did not report.", {"published": "12 practices did not report."}),
        ("", "", "top quartile", {"published": "top quartile"}),
        ("%", "n/a", "top quartile", {"published": "top quartile"}),
        ("thousand", "5", "", "5"),
        ("of 20", "5", "", "5"),
        ("%", "", "", None),
        ("%", "n/a", "", None),
    ],
)
def test_the_number_of_a_result_is_its_number_of_units(
    unit: str, number: str, wording: str, target: Any, registry: Registry
) -> None:
    measure, listed = measure_in_file(in_xml("TargetResult", number, wording), unit, registry)
    wanted = dict(zip(("value", "note"), target, strict=True)) if isinstance(target, tuple) else target
    assert measure.get("target") == wanted
    assert ("NumberOfUnits: n/a" in listed) == (number == "n/a")


NUMBERS = st.decimals(-(10**9), 10**9, places=2).map(str)


@given(st.sampled_from(UNITS), NUMBERS, st.sampled_from(["", *WORDINGS, *WITH_A_READING]))
def test_no_wording_takes_the_place_of_a_number(unit: str, number: str, wording: str) -> None:
    value, note, has_number = said(number, wording, unit)
    assert has_number
    assert number_of(value) == Decimal(number)
    assert wording in {"", note, value} or (isinstance(value, dict) and wording.startswith(value["published"]))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(UNITS),
    st.lists(
        st.tuples(
            st.sampled_from(["TargetResult", "ActualResult"]),
            st.sampled_from(["", *WORDINGS]) | NUMBERS,
            st.sampled_from(["", "Baseline: ", "Latest: "]),
            st.sampled_from(["", *WORDINGS, *WITH_A_READING]),
        ),
        max_size=4,
    ),
)
def test_every_number_and_text_of_results_is_in_the_draft_or_listed(
    unit: str, results: list[tuple[str, str, str, str]]
) -> None:
    in_file = "".join(in_xml(name, number, f"{start}{text}" if text else "") for name, number, start, text in results)
    measure, listed = measure_in_file(in_file, unit, load_registry(None))
    readings = [measure[name] for name in ("baseline", "latest", "target") if name in measure]
    everywhere = f"{readings}\n{listed}"
    for _, number, _, text in results:
        assert number in everywhere or Decimal(number) in map(number_of, readings)
        assert re.sub(r"^(Baseline|Latest): | \(.*", "", text) in everywhere


PUBLISHED = st.sampled_from([*WORDINGS, *WITH_A_READING]) | NUMBERS.map(lambda number: f"{number} people")


def is_number(text: str) -> bool:
    try:
        return read_quantity(text).number is not None
    except QuantityError:
        return False


@given(st.sampled_from(UNITS), PUBLISHED, st.sampled_from([None, *filter(is_number, WORDINGS)]))
def test_a_long_form_comes_back_the_same(unit: str, published: str, read_as: str | None) -> None:
    written = stated(published=published, read_as=read_as)
    number, wording = number_and_wording(read_quantity(written), unit)
    assert said(number or "", wording, unit) == (published if published == read_as else written, None, bool(number))


@given(st.sampled_from(UNITS), PUBLISHED.filter(is_number))
def test_a_number_comes_back_as_it_was_written(unit: str, published: str) -> None:
    number, wording = number_and_wording(read_quantity(published), unit)
    assert said(number or "", wording, unit) == (published, None, bool(number))


def test_the_description_of_an_earlier_result_is_listed(registry: Registry) -> None:
    earlier = in_xml("ActualResult", "450", "third highest")
    measure, listed = measure_in_file(earlier + in_xml("ActualResult", "400", ""), "crashes", registry)
    assert measure["latest"] == "400 crashes"
    assert "an earlier result of the same indicator (NumberOfUnits 450; Description third highest)" in listed


def test_words_alone_keep_their_time(registry: Registry) -> None:
    target = "<TargetResult><EndDate>2027-03-31</EndDate><Description>top quartile</Description></TargetResult>"
    latest = (
        "<ActualResult><EndDate>2026-03-31</EndDate><Description>Latest: second highest</Description></ActualResult>"
    )
    measure, listed = measure_in_file(target + latest, "rank", registry)
    assert measure["target"] == {"published": "top quartile"}
    assert measure["by"] == "by 31 March 2027"
    assert measure["latest"] == {"value": {"published": "second highest"}, "when": "31 March 2026"}
    assert "EndDate" not in listed


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><StrategicPlan><Name>&c;</Name></StrategicPlan>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not xml", "f.xml:1:1: This is not well-formed XML: syntax error."),
        ("<a>\n <b>\n</a>", "f.xml:3:3: This is not well-formed XML: mismatched tag."),
        ("", "f.xml:1:1: This is not well-formed XML: no element found."),
        (BOMB, "f.xml:1:13: The file declares a document type."),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "f.xml:1:40: The file declares a document type."),
        ("<html><body/></html>", "f.xml:1:1: This is XML, but not StratML: it begins with 'html'."),
        ("<StrategicPlan/>", "f.xml:1:1: This is XML, but not StratML"),
        ("<StrategicPlan>\n<StrategicPlanCore/></StrategicPlan>", "f.xml:2:1: The plan has no Goal"),
        ("<a>" * 40, "f.xml:1:97: The elements are nested more than 32 deep"),
        (" " * 5_000_001, "f.xml has more than 5 MB"),
    ],
)
def test_what_is_not_stratml_is_refused_where_it_stands(content: str, message: str, registry: Registry) -> None:
    with pytest.raises(StratmlError) as error:
        read_stratml(content.encode(), "f.xml", registry)
    assert error.value.message.startswith(message)


def test_a_plan_of_nobody_asks_whose_it_is(registry: Registry) -> None:
    content = FOREIGN.read_bytes().replace(b"NHS Norfolk and Waveney Integrated Care Board", b"The Moon")
    with pytest.raises(StratmlError, match="does not name an ICB") as error:
        read_stratml(content, "f.xml", registry)
    assert error.value.remedy == "Say whose plan it is, with its ODS code: --icb QMM."
    assert read_stratml(content, "f.xml", registry, icb="QKK").data["icb"] == "QKK"


def test_two_items_with_one_identifier_get_two_ids(registry: Registry) -> None:
    content = FOREIGN.read_bytes().replace(b"<Identifier>_77</Identifier>", b"<Identifier>_0a1b</Identifier>")
    goal = read_stratml(content, "f.xml", registry).data["ambitions"][0]
    assert (goal["id"], goal["objectives"][0]["id"]) == ("0a1b", "0a1b-2")


def test_import_writes_a_plan_once(tmp_path: Path) -> None:
    (tmp_path / "theirs.xml").write_bytes(FOREIGN.read_bytes())
    ours = load_settings(tmp_path, {}, {})
    imported = import_plan(ours, ImportRequest(file="theirs.xml", plan_id="ours"))
    assert imported.written == "strategies/ours.yaml"
    assert imported.findings == ()
    assert imported.left_out[0].startswith("StratML does not have the kinds of document that a plan has")
    before = (tmp_path / imported.written).read_bytes()
    assert normal_form(read_source(before, "ours.yaml")) == before.decode()
    with pytest.raises(UsageError, match="already"):
        import_plan(ours, ImportRequest(file="theirs.xml", plan_id="ours"))
    assert (tmp_path / imported.written).read_bytes() == before


@pytest.mark.parametrize("plan_id", ["../x", "a/b", "A plan", "x" * 81])
def test_an_id_that_cannot_be_writes_nothing(tmp_path: Path, plan_id: str) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "theirs.xml").write_bytes(FOREIGN.read_bytes())
    with pytest.raises(UsageError, match="cannot be an id"):
        import_plan(load_settings(folder, {}, {}), ImportRequest(file="theirs.xml", plan_id=plan_id))
    assert sorted(tmp_path.rglob("*")) == [folder, folder / "theirs.xml"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["theirs.xml"], 0, "wrote strategies/plan-of-somebody-else.yaml"),
        (["theirs.xml", "--icb", "QMN"], 2, "No ICB has the code 'QMN'"),
        (["missing.xml"], 3, "'missing.xml' cannot be read"),
    ],
)
def test_import_on_the_command_line(arguments: list[str], code: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "theirs.xml").write_bytes(FOREIGN.read_bytes())
    command = [sys.executable, "-m", "pcstrat", "import", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == code
    assert words in done.stdout + done.stderr


def test_what_somebody_else_says_of_a_person_is_listed_and_is_no_organisation(registry: Registry) -> None:
    person = (
        '<Stakeholder StakeholderTypeType="Person"><Name>Ann Ask</Name><Description>Chief executive</Description>'
        "<Role><Name>Lead</Name></Role></Stakeholder></Organization>"
    )
    text = FOREIGN.read_text(encoding="utf-8").replace("</Organization>", person)
    draft = read_stratml(text.encode(), "theirs.xml", registry)
    assert draft.data["people"] == [{"id": "ann-ask", "name": "Ann Ask", "role": "Lead"}]
    assert any("Chief executive" in message for message in draft.left_out)


def test_every_role_of_what_is_no_person_is_listed(registry: Registry) -> None:
    body = (
        "<Stakeholder><Name>Plain body</Name><Role><Name>Watcher</Name></Role>"
        "<Role><Name>Funder</Name><Description>pays half</Description></Role></Stakeholder></Organization>"
    )
    adviser = r"<Name>Healthwatch</Name><Role><Name>Adviser</Name></Role>"
    text = FOREIGN.read_text(encoding="utf-8").replace("</Organization>", body)
    draft = read_stratml(text.replace("<Name>Healthwatch</Name>", adviser).encode(), "theirs.xml", registry)
    assert "people" not in draft.data
    assert draft.left_out[:2] == (
        "theirs.xml:6: Stakeholder: Healthwatch is not a person (Name Adviser)",
        "theirs.xml:6: Stakeholder: Plain body is not a person (Name Watcher; Name Funder; Description pays half)",
    )


def test_a_second_owner_is_listed_with_the_first(registry: Registry) -> None:
    owners = "".join(f"<Stakeholder><Name>{name}</Name><Role><Name>Owner</Name></Role></Stakeholder>" for name in "AB")
    text = FOREIGN.read_text(encoding="utf-8").replace("<PerformanceIndicator ", f"{owners}<PerformanceIndicator ", 1)
    draft = read_stratml(text.encode(), "theirs.xml", registry)
    objective: Any = draft.data["ambitions"][0]["objectives"][0]
    assert objective["owner"] == "A"
    assert "theirs.xml:12: Stakeholder: B: A has this role already, which is Owner" in draft.left_out


@pytest.mark.parametrize(
    ("published", "number"),
    [
        ("fewer than 20", None), ("over 60%", None), ("about 400", None), ("up to 1.5 million", None),
        ("at least 12 practices", None), ("20", "20"), ("1.5 million", "1500000"), ("3 to 5", None),
    ],
)  # fmt: skip
def test_a_number_of_units_is_exact(published: str, number: str | None) -> None:
    written, wording = number_and_wording(read_quantity(published), "")
    assert written == number
    assert said(written or "", wording, "").value == published


GIVEN_UP = """\
pcstrat: 1
id: plan
icb: QMM
document: {title: A plan, kind: delivery plan}
ambitions:
  - id: dental
    title: Dentists
    note: A remark.
    retired: {when: May 2026, reason: The contract changed.}
  - id: access
    title: Access
    actions:
      - {text: Buy phones., when: May 2027, status: under way, retired: {when: June 2026, reason: No money.}}
    measures:
      - {text: Calls, baseline: 10%, latest: 12%, target: 20%, retired: {reason: Nobody counts this.}}
    strands:
      - {title: Vans, retired: {reason: They were sold.}}
enablers:
  - {id: digital, title: Digital, retired: {reason: Nobody came.}}
"""


def test_what_was_given_up_is_not_shown_as_live(registry: Registry) -> None:
    text = plan_stratml(loaded(GIVEN_UP, registry), registry)
    GRAMMAR.assertValid(etree.fromstring(text.encode()))
    assert not any("retired" in entry for entry in not_carried(loaded(GIVEN_UP, registry)))
    draft = read_stratml(text.encode(), "plan.stratml", registry)
    dental, access = draft.data["ambitions"]
    (digital,) = draft.data["enablers"]
    assert (dental["note"], dental["retired"]) == (
        "A remark.",
        {"reason": "The contract changed.", "when": "May 2026"},
    )
    assert access["strands"] == [{"title": "Vans", "retired": {"reason": "They were sold."}}]
    assert digital["retired"] == {"reason": "Nobody came."}
    (action,), (measure,) = access["actions"], access["measures"]
    assert (action["when"], action["status"]) == ("May 2027", "under way")
    assert (measure["baseline"], measure["latest"], measure["target"]) == ("10%", "12%", "20%")
    assert action["retired"] == {"when": "June 2026", "reason": "No money."}
    assert measure["retired"] == {"reason": "Nobody counts this."}
    assert plan_stratml(loaded(to_yaml({"pcstrat": 1} | draft.data), registry), registry).count("Given up") == 5
