"""The registry: the shipped facts hold together; a user's own files extend them or are refused with file and line."""

from __future__ import annotations

import csv
import datetime as dt
import pickle
import re
from collections import Counter
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from pcstrat.errors import ExitCode, NotDoneError
from pcstrat.registry import Commitment, Event, Registry, load_registry
from pcstrat.rules import RULES
from pcstrat.text import long_date

TODAY = dt.date(2026, 11, 21)
HEADER = "ods_code,name,opened,closed,successors"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(None)


def commitment(registry: Registry, code: str) -> Commitment:
    found = registry.commitment(code)
    assert found is not None
    return found


def test_36_boards_are_open_today_and_12_are_closed(registry: Registry) -> None:
    is_open = [icb.is_open(TODAY) for icb in registry.icbs.values()]
    assert (len(is_open), is_open.count(True), is_open.count(False)) == (48, 36, 12)


def test_the_rule_on_closed_boards_counts_those_of_the_registry(registry: Registry) -> None:
    closed = Counter(icb.closed for icb in registry.icbs.values() if icb.closed)
    ((day, count),) = closed.items()
    (why,) = (rule.why for rule in RULES if rule.code == "N01")
    assert f"{count} ICBs closed on {long_date(day)}" in why


@pytest.mark.parametrize(
    ("day", "count"), [("2022-06-30", 0), ("2022-07-01", 42), ("2026-03-31", 42), ("2026-04-01", 36)]
)
def test_boards_open_and_close_on_their_days(registry: Registry, day: str, count: int) -> None:
    on = dt.date.fromisoformat(day)
    assert sum(icb.is_open(on) for icb in registry.icbs.values()) == count


def test_every_closed_board_and_no_open_one_has_successors_that_opened_the_day_after(registry: Registry) -> None:
    for icb in registry.icbs.values():
        successors = registry.successors(icb.ods_code)
        assert bool(successors) == (icb.closed is not None), icb.name
        assert len(successors) == len(icb.successors) == len(icb.succession), icb.name
        assert icb.closed is None or all(new.is_open(icb.closed + dt.timedelta(days=1)) for new in successors)


def test_succession_goes_both_ways(registry: Registry) -> None:
    assert [icb.ods_code for icb in registry.successors("QNQ")] == ["S0E4D", "S9B9J", "QRL"]
    frimley = registry.icb("QNQ")
    assert frimley is not None
    assert frimley.succession == ("split", "split", "boundary")
    assert [icb.ods_code for icb in registry.predecessors("QRL")] == ["QNQ"]
    assert {icb.ods_code for icb in registry.predecessors("S1Y5D")} == {"QHG", "QUE", "QM7"}
    assert registry.successors("QKK") == registry.successors("nobody") == registry.predecessors("nobody") == ()


def test_names_codes_and_places_are_well_formed(registry: Registry) -> None:
    for code, icb in registry.icbs.items():
        assert icb.ods_code == code
        assert icb.name == f"NHS {icb.short_name} Integrated Care Board"
        assert icb.ons_code_history[-1] == icb.ons_code_current
        assert re.fullmatch(r"E54\d{6}", icb.ons_code_current)
        assert icb.region_ods
        assert icb.region_ons_2024.startswith("E4")
        assert icb.source
    assert len({icb.ons_code_current for icb in registry.icbs.values()}) == 48
    regions = {(icb.region_ods, icb.region_name, icb.region_ons_2024) for icb in registry.icbs.values()}
    assert len(regions) == len({name for _, name, _ in regions}) == 7


def test_clusters_are_of_open_boards_and_marked_as_unverified(registry: Registry) -> None:
    for icb in registry.icbs.values():
        assert icb.verified_on == TODAY
        assert bool(icb.cluster_2025_26) == ("cluster_2025_26" in icb.unverified)
    assert {icb.ods_code for icb in registry.icbs.values() if "ons_code_current" in icb.unverified} == {
        "S1Y5D",
        "D7T5G",
    }
    clustered = [icb for icb in registry.icbs.values() if icb.cluster_2025_26]
    assert all(icb.closed is None for icb in clustered)
    assert len({icb.cluster_2025_26 for icb in clustered}) == 8


def test_no_alias_belongs_to_two_boards(registry: Registry) -> None:
    aliases = [alias.casefold() for icb in registry.icbs.values() for alias in (*icb.aliases, icb.short_name)]
    assert len(aliases) == len(set(aliases))


def test_the_columns_are_the_documented_ones() -> None:
    documented = (Path(__file__).parents[1] / "docs" / "registry.md").read_text(encoding="utf-8")
    with files("pcstrat").joinpath("data", "icbs.csv").open(encoding="utf-8") as file:
        columns = next(csv.reader(file))
    for name in (*columns, *Commitment._fields):
        assert f"`{name}`" in documented, name


def test_there_are_45_commitments_of_which_8_can_be_left_out_of_a_short_list(registry: Registry) -> None:
    assert len(registry.commitments) == 45
    left_out = {code for code, item in registry.commitments.items() if not item.short_list}
    assert left_out == {
        *("LAW-RIET", "LAW-REPORT", "PLN-PHIP", "WFP-RETAIN", "WFP-REFORM"),
        *("MTP-APP95", "MTP-ADVICE", "GPC-ONLINE"),
    }


def test_a_fact_is_verified_exactly_when_its_mark_is_wholly_v(registry: Registry) -> None:
    items: list[Commitment | Event] = [*registry.commitments.values(), *registry.events.values()]
    for item in items:
        assert item.verified_on == (TODAY if item.mark == "V" else None), item.code
        assert re.fullmatch(r"[VSM]( \w+)?([/,] ?[VSM]( \w+)?)?", item.mark), item.code


def test_every_superseding_commitment_exists_and_none_is_superseded_by_an_ended_one(registry: Registry) -> None:
    superseding = {code for item in registry.commitments.values() for code in item.superseded_by}
    assert superseding >= {"MTP-APP95", "NBH-SIX"}
    assert all(not commitment(registry, code).has_ended(TODAY) for code in superseding)


def test_commitments_end_after_the_last_day_they_apply_to(registry: Registry) -> None:
    app = commitment(registry, "PCA-APP")
    assert (app.applies_to, app.superseded_by) == (dt.date(2024, 3, 31), ("MTP-APP95",))
    assert not app.has_ended(dt.date(2024, 3, 31))
    assert app.has_ended(dt.date(2024, 4, 1))
    assert commitment(registry, "PCA-PHONE").has_ended(TODAY)  # ended, on a day not stated
    assert not commitment(registry, "LAW-PLAN").has_ended(dt.date(2099, 1, 1))


def test_dates_of_commitments_agree_with_each_other(registry: Registry) -> None:
    for item in registry.commitments.values():
        if item.applies_from and item.applies_to:
            assert item.applies_from < item.applies_to, item.code
        if item.status == "ended" and item.applies_to:
            assert item.applies_to < TODAY, item.code


def test_targets_are_exact_numbers_with_their_day(registry: Registry) -> None:
    found = {
        (code, str(target.value), target.unit, target.comparator, target.by, target.by_date)
        for code, item in registry.commitments.items()
        for target in item.targets
    }
    assert found == {
        ("PCA-APP", "90", "%", "at-least", "March 2024", dt.date(2024, 3, 31)),
        ("C20-ADULT5", "60", "%", "at-least", "", None),
        ("C20-ADULT5", "75", "%", "at-least", "2028", dt.date(2028, 12, 31)),
        ("WFP-TRAIN", "6000", "places", "at-least", "2031", dt.date(2031, 12, 31)),
        ("WFP-TRAIN", "40", "%", "increase-by", "", None),
        ("DEN-ACCESS", "700000", "appointments", "increase-by", "", None),
        ("MTP-SAME90", "90", "%", "at-least", "March 2027", dt.date(2027, 3, 31)),
        ("MTP-APP95", "95", "%", "at-least", "", None),
    }
    assert all(isinstance(target.value, Decimal) for target in commitment(registry, "PCA-APP").targets)


def test_pillars_and_themes_have_the_keys_that_plans_use(registry: Registry) -> None:
    assert list(registry.pillars) == ["general-practice", "community-pharmacy", "dentistry", "optometry"]
    assert len(registry.themes) == 16
    assert (registry.themes["digital-and-data"], registry.themes["green"]) == ("Digital and data", "Green")


def test_events_are_dated_and_about_codes_that_exist(registry: Registry) -> None:
    known = registry.icbs.keys() | registry.commitments.keys()
    for event in registry.events.values():
        assert set(event.about) <= known, event.code
        assert event.date is None or event.when == f"{event.date.day} {event.date:%B %Y}", event.code
    dates = [event.date for event in registry.events.values() if event.date]
    assert dates == sorted(dates)
    pharmacy = registry.events["PHARMACY-FIRST"]
    assert (pharmacy.date, pharmacy.planned) == (dt.date(2024, 1, 31), "end of 2023")
    assert registry.events["HEALTH-BILL"].date == dt.date(2026, 5, 14)
    abolished = registry.events["HEE-ABOLISHED"]
    assert (abolished.names, abolished.now) == (("Health Education England", "HEE"), "NHS England")
    assert all(bool(event.names) == bool(event.now) for event in registry.events.values())
    assert len(registry.events["ICBS-MERGE"].about) == 12 + 6 + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("qmm", "QMM"),
        ("QMN", "QMM"),
        ("S1Y5E", "S1Y5D"),
        ("n&w icb", "QMM"),
        ("Norfolk and Wavney", "QMM"),
        ("NHS Norfolk and Waveny Integrated Care Board", "QMM"),
        ("Herts & west Essex", "QM7"),
        ("BOB", "QU9"),
        ("out Yorkshre", "QF7"),
        ("zzzzzzzz", None),
        ("", None),
        ("x" * 1_000_000, None),
    ],
)
def test_a_board_is_suggested_by_code_name_or_alias(registry: Registry, text: str, code: str | None) -> None:
    assert registry.suggest_icb(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PCAAPP", "PCA-APP"),
        ("den access", "DEN-ACCESS"),
        ("steps for victims of abuse", "LAW-ABUSE"),
        ("zzzz", None),
    ],
)
def test_a_commitment_is_suggested_by_code_or_title(registry: Registry, text: str, code: str | None) -> None:
    assert registry.suggest_commitment(text) == code


def test_what_is_not_there_is_none(registry: Registry) -> None:
    assert registry.icb("XXX") is None
    assert registry.icb("qmm") is None
    assert registry.commitment("XXX") is None


def test_each_part_is_read_when_asked_for_and_kept() -> None:
    fresh = load_registry(None)
    assert set(vars(fresh)) == {"folder", "icbs"}
    assert fresh.icbs is fresh.icbs
    assert fresh.commitments is fresh.commitments
    assert set(vars(fresh)) == {"folder", "icbs", "commitments", "pillars", "themes"}


def test_a_registry_can_be_sent_to_a_worker(registry: Registry) -> None:
    assert pickle.loads(pickle.dumps(registry)).icbs == registry.icbs  # noqa: S301 - what was just written


def extended(folder: Path, icbs: str | bytes | None = None, commitments: str | None = None) -> Registry:
    if icbs is not None:
        (folder / "icbs.csv").write_bytes(icbs.encode() if isinstance(icbs, str) else icbs)
    if commitments is not None:
        (folder / "commitments.yaml").write_text(commitments, encoding="utf-8")
    return load_registry(folder)


def test_a_folder_with_neither_file_adds_nothing(tmp_path: Path, registry: Registry) -> None:
    assert extended(tmp_path).icbs == registry.icbs
    assert extended(tmp_path).commitments == registry.commitments


def test_a_folder_that_is_missing_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match=r"There is no folder '.*nowhere'"):
        load_registry(tmp_path / "nowhere")


def test_a_users_columns_override_and_the_rest_stays(tmp_path: Path) -> None:
    added = extended(tmp_path, "ods_code,closed,successors,cluster_2025_26\nQHL,2027-03-31,QUA,\n")
    icb = added.icb("QHL")
    assert icb is not None
    assert (icb.closed, icb.successors, icb.cluster_2025_26) == (dt.date(2027, 3, 31), ("QUA",), "")
    assert (icb.short_name, icb.opened) == ("Birmingham and Solihull", dt.date(2022, 7, 1))
    assert not icb.is_open(dt.date(2027, 4, 1))
    assert [old.ods_code for old in added.predecessors("QUA")] == ["QHL"]
    assert len(added.icbs) == 48


def test_a_users_new_board_may_succeed_shipped_ones_in_any_order(tmp_path: Path) -> None:
    rows = (
        f"{HEADER}\nQHL,NHS B,2022-07-01,2027-03-31,A1B2C\nA1B2C,NHS West Midlands Integrated Care Board,2027-04-01,,\n"
    )
    icb = extended(tmp_path, rows).icb("A1B2C")
    assert icb is not None
    assert (icb.short_name, icb.verified_on, icb.aliases) == ("West Midlands", None, ())


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_as_excel_saves_them_are_read(tmp_path: Path, prefix: bytes, end: str) -> None:
    rows = [HEADER + ",", "", 'A1B,"NHS Here, There Integrated Care Board",2027-04-01,,,', ",,,,,"]
    icb = extended(tmp_path, prefix + end.join(rows).encode()).icb("A1B")
    assert icb is not None
    assert icb.short_name == "Here, There"


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        (f"{HEADER}\nQ,NHS X,2027-04-01,,\n", 2, "'Q' does not have the form of a code"),
        (f"{HEADER}\nabcde,NHS X,2027-04-01,,\n", 2, "'abcde' does not have the form of a code"),
        (f"{HEADER}\n,NHS X,2027-04-01,,\n", 2, "'ods_code' is missing"),
        (f"{HEADER}\n\nAAA,,2027-04-01,,\n", 3, "'name' is missing"),
        (f"{HEADER}\nAAA,X,,,\n", 2, "'opened' is missing"),
        (f"{HEADER}\nAAA,X,01/04/2027,,\n", 2, "'opened' is '01/04/2027', which is not a date"),
        (f"{HEADER}\nAAA,X,20270401,,\n", 2, "'opened' is '20270401', which is not a date"),
        (f"{HEADER}\nAAA,X,2027-02-30,,\n", 2, "'opened' is '2027-02-30', which is not a date"),
        (f"{HEADER}\nAAA,X,2027-04-01,2027-03-31,\n", 2, "It closed on 2027-03-31, before it opened"),
        (f'{HEADER}\nAAA,"X\nY",2027-04-01,,\nBBB,X,no,,\n', 4, "'opened' is 'no'"),
        (f"{HEADER}\nAAA,X,2027-04-01,,QMX\n", 2, "'successors' names 'QMX', which is no Integrated Care Board"),
        (f"{HEADER}\nAAA,X,2027-04-01,,AAA\n", 2, "AAA cannot be its own successor"),
        (f"{HEADER}\nAAA,X,2027-04-01,,\nAAA,Y,2027-04-01,,\n", 3, "'AAA' stands twice; first at .*icbs.csv:2"),
        (f"{HEADER}\nAAA,X,2027-04-01,,,surplus\n", 2, "The row has 6 cells for 5 columns"),
        (f"{HEADER},succession\nAAA,X,2027-04-01,,QMM,merger;split\n", 2, "2 kinds of succession for 1 successors"),
        (f"{HEADER},succession\nAAA,X,2027-04-01,,QMM,marger\n", 2, "'succession' names 'marger'"),
        (f"{HEADER},regoin_name\nAAA,X,2027-04-01,,,East\n", 2, "There is no column or field 'regoin_name'"),
        (f"{HEADER},name\n", 1, "The column 'name' stands twice"),
        (f'{HEADER}\nAAA,"X,2027-04-01,,\n', 2, "The file is not valid CSV"),
        ("", 1, "The file is empty"),
        (f"{HEADER}\nAAA,caf\udce9,2027-04-01,,\n", 2, "The file is not UTF-8 text"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(tmp_path: Path, rows: str, line: int, says: str) -> None:
    with pytest.raises(NotDoneError) as caught:
        extended(tmp_path, rows.encode(errors="surrogateescape"))
    assert caught.value.message.startswith(f"{(tmp_path / 'icbs.csv').as_posix()}:{line}: ")
    assert re.search(says, caught.value.message)
    assert caught.value.exit_code == ExitCode.NOT_DONE


@pytest.mark.parametrize(
    ("rows", "remedy"),
    [
        (f"{HEADER}\nAAA,X,2027-04-01,,QMMM\n", "Did you mean 'QMM'?"),
        (f"{HEADER},regoin_name\nAAA,X,2027-04-01,,,East\n", "Did you mean 'region_name'?"),
        (f"{HEADER},succession\nAAA,X,2027-04-01,,QMM,xyz\n", "It may be one of: boundary, merger, split."),
    ],
)
def test_a_refusal_says_what_may_have_been_meant(tmp_path: Path, rows: str, remedy: str) -> None:
    with pytest.raises(NotDoneError) as caught:
        extended(tmp_path, rows)
    assert caught.value.remedy == remedy


def test_a_file_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "icbs.csv").mkdir()
    with pytest.raises(NotDoneError, match=r"icbs.csv' cannot be read"):
        load_registry(tmp_path)


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match="more than 5,000,000 bytes"):
        extended(tmp_path, b"x" * 5_000_001)


LOCAL = """\
commitments:
- code: LOC-HUBS
  title: A health hub in each place
  source_title: Our own board paper
  kind: target
  status: current
  superseded_by: [PCA-APP]
  themes: [estates]
  targets:
  - indicator: hubs open
    comparator: at-least
    value: 1,200
    unit: hubs
"""


def test_the_examples_in_the_documentation_work(tmp_path: Path) -> None:
    documented = (Path(__file__).parents[1] / "docs" / "registry.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"```(csv|yaml)\n(.*?)```", documented, flags=re.DOTALL))
    registry = extended(tmp_path, examples["csv"], examples["yaml"])
    assert [icb.short_name for icb in registry.successors("QHL")] == ["Example"]
    assert commitment(registry, "LOC-HUBS").targets[0].by_date == dt.date(2028, 3, 31)


def test_a_user_adds_commitments_of_their_own(tmp_path: Path) -> None:
    added = commitment(extended(tmp_path, commitments=LOCAL), "LOC-HUBS")
    assert (added.themes, added.short_list, added.verified_on) == (("estates",), True, None)
    assert added.targets[0].value == 1200
    assert len(load_registry(tmp_path).commitments) == 46


def test_a_users_fields_override_and_the_rest_stays(tmp_path: Path) -> None:
    changed = "commitments:\n- code: LAW-PLAN\n  status: ended\n  applies_to: 2027-03-31\n  note:\n"
    item = commitment(extended(tmp_path, commitments=changed), "LAW-PLAN")
    assert (item.status, item.applies_to, item.note) == ("ended", dt.date(2027, 3, 31), "")
    assert item.title == "Five-year plan made and published before each year"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("kind: target", "kind: goal", 2, "'kind' is 'goal'"),
        ("status: current", "status:", 2, "'status' is missing"),
        ("title: A health hub in each place", "title: [a, b]", 2, "'title' must be text"),
        ("[PCA-APP]", "[PCA-AP]", 2, "'superseded_by' names 'PCA-AP', which is no commitment"),
        ("[PCA-APP]", "[LOC-HUBS]", 2, "LOC-HUBS cannot supersede itself"),
        ("[PCA-APP]", "[[PCA-APP]]", 2, "'superseded_by' must be a list of texts"),
        ("[estates]", "[estate]", 2, "'themes' names 'estate', which is no theme"),
        ("1,200", "many", 2, "'value' is 'many', which is not a number"),
        ("1,200", "NaN", 2, "'value' is 'NaN', which is not a number"),
        ("unit: hubs", "units: hubs", 2, "There is no column or field 'units'"),
        ("LOC-HUBS", "hubs", 2, "'hubs' does not have the form of a code"),
        ("commitments:\n", "commitments:\n- just text\n", 1, "'commitments' must be a list of items with fields"),
        ("commitments:\n", "comitments:\n", 1, "There is no column or field 'comitments'"),
        ("  kind: target", "  kind: [target", 6, ""),
        ("  kind", "  title: again\n  kind", 5, ""),
    ],
)
def test_a_wrong_commitment_is_refused_with_file_and_line_when_it_is_asked_for(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in LOCAL
    registry = extended(tmp_path, commitments=LOCAL.replace(old, new))
    with pytest.raises(NotDoneError) as caught:
        registry.commitment("LAW-PLAN")
    found = re.match(r".*commitments\.yaml:(\d+): (.*)", caught.value.message)
    assert found is not None
    assert says in found[2]
    assert abs(int(found[1]) - line) <= (
        0 if says else 2
    )  # the YAML reader decides which line of a broken text to name
