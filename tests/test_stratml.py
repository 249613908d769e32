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
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry, load_registry
from pcstrat.settings import load_settings
from pcstrat.source import read_source
from pcstrat.source.write import to_yaml
from pcstrat.stratml import StratmlError, plan_stratml, read_stratml
from pcstrat.stratml.carried import CARRIED, not_carried
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
        "theirs.xml:16: EmailAddress: x@y",
    )


def test_every_text_that_is_not_taken_over_is_listed(registry: Registry) -> None:
    file = FOREIGN.read_text(encoding="utf-8")
    for old, new in (
        ("<Name>NHS Norfolk and Waveney Integrated Care Board</Name>", r"\g<0><Identifier>THEIR-CODE</Identifier>"),
        ("<Name>Dr No</Name>", r"\g<0><Description>Of a surgery.</Description>"),
        ("<MeasurementInstance>", r"""<MeasurementInstance><TargetResult><EndDate>2026-03-31</EndDate>
            <NumberOfUnits>90</NumberOfUnits><Descriptor><DescriptorName>Where</DescriptorName>
            <DescriptorValue>In Thetford</DescriptorValue></Descriptor></TargetResult></MeasurementInstance>\g<0>"""),
        ("<RoleType>Beneficiary</RoleType>", "<RoleType>Performer</RoleType>"),
        ("<NumberOfUnits>70.5</NumberOfUnits>", r"\g<0><Description>most of them</Description>"),
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
    assert imported.left_out[0].startswith("StratML does not say what kind of document this is")
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
