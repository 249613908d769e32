"""The formats: typed, stable, and harmless whatever a plan says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from xlsxwriter.utility import xl_col_to_name

from pcstrat.compare import TABLES, TOPICS, Digest
from pcstrat.compare.table import Stated, Topic
from pcstrat.export import tables_xlsx as tables_xlsx_module
from pcstrat.export.csv_text import FORMULA_STARTS, harmless
from pcstrat.export.tables_csv import facts_csv, table_csv
from pcstrat.export.tables_flat import CellLink, Head, Plain, Sheet, Sort, facts_sheet, sheet_of
from pcstrat.export.tables_json import tables_json
from pcstrat.export.tables_xlsx import tables_xlsx, workbook_of
from pcstrat.report.tables_markdown import topics_markdown
from pcstrat.report.tables_text import topics_text
from pcstrat.text import has_unsafe_characters

AS_OF = dt.date(2026, 11, 21)
SCHEMA = Path(__file__).parents[2] / "src" / "pcstrat" / "data" / "schemas" / "compare.json"
ALL = [*TOPICS, *TABLES]
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://x")']
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PYTHON_OF = {"string": str, "integer": int, "object": dict, "array": list, "null": type(None)}


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("table", ALL)
def test_csv_of_every_table(real: Any, golden: Callable[[str, str], None], table: str) -> None:
    text = table_csv(real[table])
    rows = rows_of(text)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0]), "columns have names of their own"
    assert len(rows) == len(real[table].rows) + 1
    golden(f"compare/{table}.csv", text)


def test_csv_has_wording_interval_and_precision_of_times(real: Any) -> None:
    rows = rows_of(table_csv(real["profile"]))
    row = dict(zip(rows[0], next(row for row in rows if row[0] == "herts-west-essex"), strict=True))
    assert row["Period"] == "2023/24 to 2025/26"
    assert row["Period: published"] == "2023-2026"
    assert (row["Period: first day"], row["Period: last day"]) == ("2023-04-01", "2026-03-31")
    assert row["Period: precision"] == "financial year"


def test_csv_has_pounds_and_status_of_amounts(real: Any) -> None:
    rows = rows_of(table_csv(real["funding-lines"]))
    lines = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    unsure = [line for line in lines if line["Amount: amount status"] == "to be confirmed"]
    assert sorted(line["Amount: pounds"] for line in unsure) == ["2000000", "2600000"]
    assert all(line["where"].startswith("../herts-west-essex/index.html#") for line in lines)


def test_a_long_table_comes_in_pieces(real: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = "".join(facts_csv(real.topics))
    monkeypatch.setattr("pcstrat.export.tables_csv._ROWS_A_PIECE", 10)
    pieces = list(facts_csv(real.topics))
    assert "".join(pieces) == whole
    assert len(pieces) > whole.count("\n") // 10


def test_facts_have_a_row_for_each_proof(real: Any) -> None:
    rows = rows_of("".join(facts_csv(real.topics)))
    facts = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    cell = real.cell("commitments", "FUL-INT", "norfolk-waveney")
    found = [
        row
        for row in facts
        if (row["table"], row["row id"], row["plan id"]) == ("commitments", "FUL-INT", "norfolk-waveney")
    ]
    assert [row["item id"] for row in found] == [proof.id for proof in cell.proofs]
    assert {row["state"] for row in facts} >= {"stated", "not stated", "not judged", "not yet published"}
    told = {table.id for table in real.by_id.values() if table.rows and not table.is_derived}
    assert {row["table"] for row in facts} == told


def test_each_amount_of_money_is_told_once_so_that_pounds_add_up(real: Any, digests: tuple[Digest, ...]) -> None:
    rows = rows_of("".join(facts_csv(real.topics)))
    facts = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    named = [amount.money.pounds for each in digests for amount in each.amounts if amount.money]
    assert sum(Decimal(row["pounds"]) for row in facts if row["pounds"]) == sum(each for each in named if each)
    assert {row["column id"] for row in facts if row["pounds"]} == {"amount"}
    statuses = {row["words"] for row in facts if (row["table"], row["column id"]) == ("funding-lines", "amount-status")}
    assert statuses == {"Exact", "To be confirmed"}, "the other columns have words of their own"


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    shown = harmless(text)
    assert shown.startswith("'")
    assert "\n" not in harmless(f"{text}\nmore")


def test_ordinary_text_stays_as_it_is() -> None:
    for text in ("2024/25 – £1.3 million (TBC)", "%", "% of patients", "| a", "'quoted'"):
        assert harmless(text) == text


def test_a_hostile_plan_in_csv(hostile: Any) -> None:
    for text in (*(table_csv(table) for table in hostile.by_id.values()), "".join(facts_csv(hostile.topics))):
        assert not any(has_unsafe_characters(line) for line in text.splitlines())
        for row in rows_of(text):
            assert not any(cell.startswith(FORMULA_STARTS) for cell in row)


def sheets(workbook: bytes) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        names = ET.fromstring(parts.read("xl/workbook.xml")).iter(f"{MAIN}sheet")  # noqa: S314 - our own file
        return {
            sheet.attrib["name"]: ET.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
            for number, sheet in enumerate(names, 1)
        }


def test_the_workbook_is_typed_filtered_and_frozen(real: Any) -> None:
    found = sheets(b"".join(tables_xlsx(real.topics)))
    assert list(found) == ["read-this-first", *(table for table in real.by_id), "facts"]
    for name, sheet in found.items():
        assert sheet.find(f".//{MAIN}autoFilter") is not None, name
        pane = sheet.find(f".//{MAIN}pane")
        assert pane is not None
        assert (pane.attrib["state"], pane.attrib["ySplit"]) == ("frozen", "1")
        assert sheet.find(f".//{MAIN}mergeCell") is None
        assert sheet.find(f".//{MAIN}f") is None, "no formulas"
    numbers = [cell for cell in found["funding"].iter(f"{MAIN}c") if "t" not in cell.attrib]
    assert "28500000" in {cell.findtext(f"{MAIN}v") for cell in numbers}


def links_of(workbook: bytes, name: str) -> dict[str, str]:
    """Where the cells of a sheet lead."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        number = list(sheets(workbook)).index(name) + 1
        relations = ET.fromstring(parts.read(f"xl/worksheets/_rels/sheet{number}.xml.rels"))  # noqa: S314 - our own
    targets = {each.attrib["Id"]: each.attrib["Target"] for each in relations}
    found = sheets(workbook)[name].iter(f"{MAIN}hyperlink")
    return {
        link.attrib["ref"]: f"{targets[link.attrib[RELATION_ID]]}#{link.attrib.get('location', '')}" for link in found
    }


def test_cells_of_the_workbook_lead_to_what_proves_them(real: Any) -> None:
    workbook = b"".join(tables_xlsx(real.topics))
    assert set(links_of(workbook, "read-this-first").values()) == {
        f"../{facts.plan}/index.html#" for facts in real["profile"].plans
    }
    for name, table in real.by_id.items():
        proofs = [cell.proofs[0].address for _, _, cell in table.cells if isinstance(cell, Stated) and cell.proofs]
        if proofs:
            assert set(links_of(workbook, name).values()) <= set(proofs), name
    table, found = real["commitments"], links_of(workbook, "commitments")
    heads = [head.title for head in sheet_of(table).heads]
    for number, column in enumerate(table.columns):
        letter = xl_col_to_name(heads.index(column.title))
        for line, row in enumerate(table.rows, 2):
            cell = row.cells[number]
            expected = cell.proofs[0].address if isinstance(cell, Stated) and cell.proofs else None
            assert found.get(f"{letter}{line}") == expected


def test_counts_in_the_workbook_are_numbers(real: Any) -> None:
    flat = sheet_of(real["milestones"])
    heads = [head.title for head in flat.heads]
    row = dict(zip(heads, next(row for row in flat.rows if row[0] == "herts-west-essex"), strict=True))
    assert row["2023/24, April to June"] == 6
    assert row["2026/27, April to June"] == "None"
    assert row["2026/27, April to June: number"] == 0


def test_no_sheet_has_more_links_than_spreadsheets_allow_and_the_workbook_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables_xlsx_module, "_MOST_LINKS", 2)
    rows = [(f"item {number}",) for number in range(3)]
    sheet = Sheet((Head("item"),), rows, 1, [[CellLink(0, "../a/index.html#x")]] * 3)
    book = b"".join(workbook_of([("items", sheet)]))
    assert list(links_of(book, "items")) == ["A2", "A3"]
    styles = [cell.attrib["s"] for cell in sheets(book)["items"].iter(f"{MAIN}c")][1:]
    assert styles[0] == styles[1] != styles[2], "what leads nowhere looks like no link"
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        strings = texts_of(parts)
    said = cells(sheets(book)["links-left-out"], strings)
    assert (said["A2"], said["B2"]) == ("items", "1")
    assert "A3" not in said


def test_a_workbook_with_all_its_links_has_no_sheet_for_those_left_out(real: Any) -> None:
    assert "links-left-out" not in sheets(b"".join(tables_xlsx(real.topics)))


def texts_of(parts: zipfile.ZipFile) -> list[str]:
    """The texts of a workbook, which cells name by their numbers."""
    shared = ET.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    return ["".join(text.text or "" for text in entry.iter(f"{MAIN}t")) for entry in shared]


def cells(sheet: ET.Element, strings: list[str]) -> dict[str, str]:
    """What stands in the cells of a sheet, by their addresses."""
    found = {cell.attrib["r"]: (cell, cell.findtext(f"{MAIN}v") or "") for cell in sheet.iter(f"{MAIN}c")}
    return {
        place: strings[int(value)] if cell.attrib.get("t") == "s" else value for place, (cell, value) in found.items()
    }


def test_the_workbook_says_what_the_csv_says_and_has_no_cell_for_what_is_absent(real: Any) -> None:
    workbook = b"".join(tables_xlsx(real.topics))
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        strings = texts_of(parts)
    for name, sheet in sheets(workbook).items():
        found = cells(sheet, strings)
        assert all(found.values()), "a spreadsheet counts a cell that is there as filled"
        if name == "read-this-first":
            continue
        flat = facts_sheet(real.topics) if name == "facts" else sheet_of(real[name])
        rows = list(flat.rows)
        letters = [xl_col_to_name(number) for number in range(len(flat.heads))]
        last = sheet.find(f"{MAIN}dimension")
        assert last is not None
        assert last.attrib["ref"] == f"A1:{letters[-1]}{len(rows) + 1}"
        for line, row in enumerate((tuple(head.title for head in flat.heads), *rows), 1):
            for letter, value in zip(letters, row, strict=True):
                assert found.get(f"{letter}{line}", "") == as_written(value)


def as_written(value: Plain) -> str:
    """A value as a workbook holds it: dates are days since the end of 1899."""
    match value:
        case None:
            return ""
        case dt.date():
            return str((value - dt.date(1899, 12, 30)).days)
        case int() | Decimal():
            return f"{float(value):.16G}"
    return value


@pytest.mark.parametrize(
    ("day", "written"), [((1900, 3, 1), "61"), ((2026, 3, 31), "46112"), ((1900, 2, 28), "1900-02-28")]
)
def test_days_that_the_calendar_of_spreadsheets_gets_wrong_are_words(day: tuple[int, int, int], written: str) -> None:
    book = b"".join(workbook_of([("days", Sheet((Head("day", Sort.DATE),), ((dt.date(*day),),)))]))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        texts = parts.read("xl/sharedStrings.xml").decode() + parts.read("xl/worksheets/sheet1.xml").decode()
    assert f">{written}</" in texts


def test_whole_numbers_are_shown_without_the_point_of_a_fraction() -> None:
    sheet = Sheet((Head("number", Sort.NUMBER),), ((2,), (Decimal("2.00"),), (Decimal("9.25"),)))
    book = b"".join(workbook_of([("numbers", sheet)]))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        styles = ET.fromstring(parts.read("xl/styles.xml"))  # noqa: S314 - our own file
    own = {entry.attrib["numFmtId"]: entry.attrib["formatCode"] for entry in styles.iter(f"{MAIN}numFmt")}
    formats = [entry.attrib["numFmtId"] for entry in styles.findall(f"{MAIN}cellXfs/{MAIN}xf")]
    shown = [cell.attrib["s"] for cell in sheets(book)["numbers"].iter(f"{MAIN}c")][1:]
    assert [own.get(number := formats[int(style)], number) for style in shown] == ["#,##0", "#,##0", "#,##0.##########"]


def test_a_share_says_of_how_many_in_numbers_also_when_it_is_none(real: Any) -> None:
    flat = sheet_of(real["counts"])
    heads = [head.title for head in flat.heads]
    rows = {row[0]: dict(zip(heads, row, strict=True)) for row in flat.rows}
    name = "Objectives with a measure"
    assert [rows["bob"][f"{name}{part}"] for part in ("", ": number", ": of")] == ["0 of 8", 0, 8]
    assert [rows["bob"][f"Amounts of money with a year{part}"] for part in (": number", ": of")] == [None, None]
    data = json.loads(json_text(real.topics))
    tables = {table["id"]: table for topic in data["topics"] for table in topic["tables"]}
    row = next(row for row in tables["counts"]["rows"] if row["id"] == "bob")
    assert row["cells"][1] == {"kind": "not stated", "text": "0 of 8", "value": 0, "of": 8}


def test_workbooks_are_the_same_bytes(real: Any) -> None:
    first = b"".join(tables_xlsx(real.topics))
    assert first == b"".join(tables_xlsx(real.topics))
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {(info.date_time, info.create_system) for info in parts.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_long_sheets_wait_on_the_disk_and_leave_nothing_there(
    real: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = b"".join(tables_xlsx(real.topics))
    monkeypatch.setattr(tables_xlsx_module, "_BYTES_IN_MEMORY", 100)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert b"".join(tables_xlsx(real.topics)) == expected
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(OSError, match="nowhere"):
        b"".join(tables_xlsx(real.topics))


def test_a_hostile_plan_in_the_workbook(hostile: Any) -> None:
    workbook = b"".join(tables_xlsx(hostile.topics))
    assert all(sheet.find(f".//{MAIN}f") is None for sheet in sheets(workbook).values())
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        assert not has_unsafe_characters(
            parts.read("xl/sharedStrings.xml").decode().replace("\n", "").replace("\r", "")
        )
        assert not any("external" in name.lower() for name in parts.namelist())


def test_columns_have_types(real: Any) -> None:
    assert {head.sort.value for head in sheet_of(real["funding-lines"]).heads} == {"text", "money", "date"}


def problems(value: object, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> list[str]:
    """What a value has against a schema, for the keywords that ours uses."""
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root, path)
    found = []
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and type(value) not in {PYTHON_OF[kind] for kind in kinds}:
        return [f"{path} is {type(value).__name__}"]
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        found.append(f"{path} is {value!r}")
    if isinstance(value, dict):
        found += [f"{path} lacks {name}" for name in schema.get("required", []) if name not in value]
        if "$ref" not in schema and "required" in schema:
            found += [f"{path} has {name}" for name in value if name not in schema["properties"]]
        others = schema.get("additionalProperties")
        if others:
            found += [text for name, each in value.items() for text in problems(each, others, root, f"{path}.{name}")]
        for name, below in schema.get("properties", {}).items():
            found += problems(value[name], below, root, f"{path}.{name}") if name in value else []
    if isinstance(value, list):
        found += [
            text
            for number, each in enumerate(value)
            for text in problems(each, schema["items"], root, f"{path}[{number}]")
        ]
    return found


def json_text(topics: Sequence[Topic]) -> str:
    return "".join(tables_json(topics, as_of=AS_OF))


def test_json_has_the_published_shape(
    real: Any, hostile: Any, made: Callable[..., Any], data: Callable[..., Any]
) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    outside = {"out_of_scope": [{"what": "x", "why": "y", "commitments": ["PCA-APP"]}]}
    for tables in (real, hostile, made(data("a", document=outside))):
        assert problems(json.loads(json_text(tables.topics)), schema, schema) == []
    assert problems({"pcstrat_compare": 2}, schema, schema) != []


def test_json_has_each_item_once_and_cells_name_it(real: Any) -> None:
    found = json.loads(json_text(real.topics))
    cells = [
        (row, cell)
        for topic in real.topics
        for table in topic.tables
        for row in table.rows
        for cell in row.cells
        if isinstance(cell, Stated)
    ]
    written = [
        cell
        for topic in found["topics"]
        for table in topic["tables"]
        for row in table["rows"]
        for cell in row["cells"]
        if cell["kind"] == "stated"
    ]
    for (_, cell), data in zip(cells, written, strict=True):
        items = [found["items"][key] for key in data.get("items", [])]
        assert [(item["plan"], item["id"], item["name"]) for item in items] == [
            (proof.plan, proof.id, proof.name) for proof in cell.proofs
        ]
    contents = [json.dumps(item) for item in found["items"].values()]
    assert len(contents) == len(set(contents))


def test_json_tells_two_amounts_of_one_line_apart(made: Callable[..., Any], data: Callable[..., Any]) -> None:
    line = {"id": "beds", "title": "Beds", "amounts": [{"amount": "£1m"}, {"amount": "£2m"}]}
    tables = made(data("a", funding=[{"title": "Money", "commitment": "committed", "lines": [line]}]))
    items = json.loads(json_text(tables.topics))["items"]
    assert {items[key]["value"]["pounds"] for key in ("a/beds", "a/beds/2")} == {"1000000", "2000000"}


def test_json_has_a_line_for_each_row_and_item(real: Any) -> None:
    lines = json_text(real.topics).splitlines()
    rows = [row.id for topic in real.topics for table in topic.tables for row in table.rows]
    starts = [json.loads(line.rstrip(","))["id"] for line in lines if line.startswith('{"id":') and '"cells":' in line]
    assert starts == rows


def test_json_hides_nothing(hostile: Any) -> None:
    text = json_text(hostile.topics)
    assert json.loads(text)["plans"]
    assert not has_unsafe_characters(text.replace("\n", ""))


def test_json_of_nothing_is_json() -> None:
    found = json.loads(json_text(()))
    assert (found["plans"], found["items"], found["topics"]) == ([], {}, [])


def test_json_is_the_same_in_however_many_pieces(real: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json_text(real.topics)
    assert len(list(tables_json(real.topics, as_of=AS_OF))) > 1
    monkeypatch.setattr("pcstrat.export.tables_json._PIECE", 1)
    assert json_text(real.topics) == whole


def test_markdown_and_text(real: Any, golden: Callable[[str, str], None]) -> None:
    golden("compare/tables.md", topics_markdown(real.topics))
    golden("compare/tables.txt", topics_text(real.topics))


def test_a_hostile_plan_in_markdown_and_text(hostile: Any) -> None:
    markdown = topics_markdown(hostile.topics)
    assert not re.search(r"<(?!!-- -->)", markdown)
    assert not re.search(r"(?<!\\)@\w", markdown)
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in markdown.splitlines() if line.startswith("|---")}
    assert widths
    text = topics_text(hostile.topics)
    assert not has_unsafe_characters(text.replace("\n", ""))


def test_equal_answers_stand_on_one_line_however_many_plans(made: Callable[..., Any], data: Callable[..., Any]) -> None:
    lines = topics_text(made(*(data(f"p{index}") for index in range(42))).topics).splitlines()
    row = lines.index("  Steps for victims of abuse (LAW-ABUSE)")
    assert lines[row + 1].startswith("    Not mentioned: Norfolk and Waveney (p0), ")
    assert lines[row + 1].count(",") == 41
