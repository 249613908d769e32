"""`serve` and `build --watch`: pages follow edits, findings stand beside items, and nobody else gets anything."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from folders import SMALL_PLAN
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.commands.preview import Preview, anchors_around
from pcstrat.commands.preview_folder import abandoned_previews, preview_folder
from pcstrat.commands.preview_server import OWN, PreviewServer
from pcstrat.commands.watch import edits
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.publish.lock import FILE_NAME as LOCK
from pcstrat.settings import load_settings

AS_OF = dt.date(2026, 11, 21)
OVERLAP = ("    measures:", "      - {label: Year 2, when: 2024/25}\n    measures:")
BROKEN = ("    title: Easy access", "    title: Changed\n    tilte: x")


def put(folder: Path, *changes: tuple[str, str]) -> None:
    text = SMALL_PLAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "strategies").mkdir(exist_ok=True)
    (folder / "strategies" / "small-plan.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "user"
    folder.mkdir()
    put(folder)
    return folder


@pytest.fixture
def preview(folder: Path, tmp_path: Path) -> Preview:
    """A preview that was built once."""
    preview = Preview(lambda: load_settings(folder, {}, {"select": "T01"}), tmp_path / "preview", lambda _given: AS_OF)
    assert isinstance(preview.build(), BuildOutcome)
    return preview


@pytest.fixture
def server(preview: Preview) -> Iterator[PreviewServer]:
    with PreviewServer(preview, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.ending.set()
        server.shutdown()


def asked(
    server: PreviewServer, path: str, method: str = "GET", host: str | None = None
) -> tuple[int, http.client.HTTPMessage, bytes]:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={"Host": f"localhost:{port}" if host is None else host})
    answer = connection.getresponse()
    result = answer.status, answer.headers, answer.read()
    connection.close()
    return result


def findings(server: PreviewServer, plan: str = "/small-plan") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(asked(server, f"/{OWN}findings{plan}")[2])
    return told


def test_pages_are_served_with_the_script_that_output_never_has(server: PreviewServer, tmp_path: Path) -> None:
    for path, title in (("/", b"Primary care plans"), ("/small-plan/", b"Easy access"), ("/index.html", b"plans")):
        status, headers, content = asked(server, path)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert title in content
        assert b"/-preview/preview.js" in content
    built = tmp_path / "preview" / "site" / "small-plan" / "index.html"
    assert b"preview.js" not in built.read_bytes()
    assert asked(server, "/small-plan/plan.json")[1]["Content-Type"].startswith("application/json")
    assert asked(server, f"/{OWN}preview.js")[0] == asked(server, f"/{OWN}preview.css")[0] == 200


def test_pages_may_load_nothing_but_from_the_server(server: PreviewServer) -> None:
    headers = asked(server, "/")[1]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost", "localhost:1", "127.0.0.1.nip.io"])
@pytest.mark.parametrize("path", ["/", f"/{OWN}findings", f"/{OWN}events"])
def test_other_names_get_nothing(server: PreviewServer, host: str, path: str) -> None:
    status, _, content = asked(server, path, host=host)
    assert (status, content) == (421, b"This is a preview for this machine alone.\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_preview_can_only_be_read(server: PreviewServer, method: str) -> None:
    assert asked(server, "/", method)[0] == 405


def test_head_has_no_body(server: PreviewServer) -> None:
    status, headers, content = asked(server, "/", "HEAD")
    assert (status, content) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


@pytest.mark.parametrize(
    "path",
    [
        "/../strategies/small-plan.yaml", "/%2e%2e/%2e%2e/user/strategies/small-plan.yaml", "//etc/passwd",
        "/small-plan/../../../user/strategies/small-plan.yaml", "/..%5cx", "/%00", "/manifest.json", "/.pcstrat-lock",
        f"/{OWN}../x", f"/{OWN}findings/../../x", "/nothing.html",
    ],
)  # fmt: skip
def test_only_what_was_built_is_handed_out(server: PreviewServer, path: str) -> None:
    status, _, content = asked(server, path)
    assert status == 404 or json.loads(content)["findings"] == []
    assert b"pcstrat: 1" not in content


@pytest.mark.parametrize("path", ["/picture.png", "/small-plan/nothing", "/nothing"])
def test_a_page_says_that_there_is_nothing(server: PreviewServer, path: str) -> None:
    status, headers, content = asked(server, path)
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"There is no such page yet" in content


def test_the_id_of_a_plan_leads_to_its_page(server: PreviewServer) -> None:
    status, headers, _ = asked(server, "/small-plan")
    assert (status, headers["Location"]) == (302, "/small-plan/")


@pytest.mark.parametrize(
    ("path", "anchors"),
    [
        (
            ("ambitions", 0, "milestones", 1, "when"),
            ["place--ambitions--0--milestones--1", "one--timeline", "one", "part--ambitions"],
        ),
        (("ambitions", 0, "actions", 0), ["here", "one--actions", "one", "part--ambitions"]),
        (
            ("ambitions", 0, "funding_statement", 0),
            ["place--ambitions--0--funding_statement--0", "one--funding-statement", "one", "part--ambitions"],
        ),
        (
            ("funding", 0, "lines", 2, "amounts", 0, "amount"),
            [
                "place--funding--0--lines--2--amounts--0",
                "place--funding--0--lines--2",
                "place--funding--0",
                "part--money",
            ],
        ),
        ((), []),
    ],
)
def test_what_has_no_id_has_the_anchor_of_its_place(path: tuple[str | int, ...], anchors: list[str]) -> None:
    aim = {"id": "one", "milestones": ["A", {"when": "x"}], "actions": [{"id": "here"}], "funding_statement": ["B"]}
    lines = ["A", "B", {"title": "C", "amounts": [{"amount": "£1"}]}]
    data = {"id": "plan", "ambitions": [aim], "funding": [{"title": "Money", "lines": lines}]}
    assert anchors_around(data, path) == anchors


def test_findings_name_the_items_they_stand_beside(server: PreviewServer, folder: Path) -> None:
    put(folder, OVERLAP)
    server.preview.build()
    (told,) = findings(server)["findings"]
    assert (told["code"], told["severity"], told["line"] is not None) == ("T01", "warning", True)
    own, *around = told["anchors"]
    assert around == ["access--timeline", "access", "part--ambitions"]
    assert own.startswith("place--ambitions--0--timeline--")
    assert f'id="{own}"'.encode() in asked(server, "/small-plan/")[2]
    page = asked(server, "/small-plan/")[2]
    assert b'id="access"' in page
    assert b'id="access--timeline"' in page
    assert findings(server, "")["findings"] == [], "the index shows only what keeps plans from being built"


def test_a_broken_plan_keeps_its_last_page_and_is_told(server: PreviewServer, folder: Path) -> None:
    put(folder, BROKEN)
    outcome = server.preview.build()
    assert isinstance(outcome, BuildOutcome)
    assert outcome.code is ExitCode.FOUND
    assert b"Easy access" in asked(server, "/small-plan/")[2]
    for plan in ("/small-plan", ""):
        assert [told["code"] for told in findings(server, plan)["findings"]] == ["V02"]
    put(folder)
    server.preview.build()
    assert findings(server, "")["findings"] == []


def test_what_only_the_checks_of_documents_refuse_is_told(server: PreviewServer, folder: Path) -> None:
    put(folder, ("Answer every call", "Answer every call ([here](https://example.org/))"))
    server.preview.build()
    for plan in ("/small-plan", ""):
        refused = [told for told in findings(server, plan)["findings"] if told["severity"] == "error"]
        assert [(told["code"], told["where"]) for told in refused] == [("D02", "the documents made from it")]
        assert "'here' does not say where it leads" in refused[0]["message"]
    assert b'example.org/"' not in asked(server, "/small-plan/")[2], "the last good page stays"
    put(folder)
    server.preview.build()
    assert findings(server, "")["findings"] == []


def test_a_build_that_fails_is_told_and_the_last_page_stays(server: PreviewServer, folder: Path) -> None:
    override = folder / "templates" / "documents" / "plan.html.j2"
    override.parent.mkdir(parents=True)
    override.write_text("{# template_api: 1 #}{{ nothing }}", encoding="utf-8")
    assert not isinstance(server.preview.build(), BuildOutcome)
    assert "'nothing' is not defined" in findings(server)["failure"]
    assert b"Easy access" in asked(server, "/small-plan/")[2]
    override.unlink()
    server.preview.build()
    assert findings(server)["failure"] == ""


def test_before_anything_is_built_a_page_says_so(folder: Path, tmp_path: Path) -> None:
    preview = Preview(lambda: load_settings(folder, {}, {}), tmp_path / "preview", lambda _given: AS_OF)
    assert preview.page("index.html") is None
    with PreviewServer(preview, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        content = asked(server, "/")[2]
        server.shutdown()
    assert b"There is no such page yet" in content
    assert b"/-preview/preview.js" in content


def test_a_plan_that_was_never_built_tells_why(server: PreviewServer, folder: Path) -> None:
    text = (folder / "strategies" / "small-plan.yaml").read_text(encoding="utf-8").replace(*BROKEN)
    (folder / "strategies" / "new.yaml").write_text(text.replace("id: small-plan", "id: new"), encoding="utf-8")
    server.preview.build()
    status, _, content = asked(server, "/new/")
    assert (status, b"/-preview/preview.js" in content) == (404, True)
    assert [told["code"] for told in findings(server, "/new")["findings"]] == ["V02"]


def test_pages_hear_of_each_build(server: PreviewServer) -> None:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", f"/{OWN}events", headers={"Host": f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.readline() == b"data: 1\n"
    assert answer.readline() == b"\n"
    server.preview.build()
    assert answer.readline() == b"data: 2\n"
    connection.close()


def test_a_port_that_is_taken_is_said(server: PreviewServer) -> None:
    with pytest.raises(NotDoneError, match="cannot listen on port"):
        PreviewServer(server.preview, server.server_address[1])


@contextmanager
def listening(folder: Path, **options: object) -> Iterator[list[float]]:
    """The moments at which edits of a folder were heard, the first of which is the beginning."""
    stop = threading.Event()
    heard: list[float] = []

    def listen() -> None:
        for _ in edits(lambda: load_settings(folder, {}, options), stop):
            heard.append(time.monotonic())  # noqa: PERF401 - the other thread looks in between

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        until(lambda: len(heard) == 1)
        yield heard
    finally:
        stop.set()
        thread.join(timeout=20)


def test_edits_are_heard_once_for_each_burst_and_of_plans_alone(folder: Path) -> None:
    (folder / "strategies" / "output").mkdir()
    with listening(folder, output="strategies/output") as heard:
        (folder / "strategies" / "output" / "index.html").write_text("built", encoding="utf-8")
        (folder / "strategies" / ".small-plan.yaml.swp").write_text("x", encoding="utf-8")
        for number in range(5):
            put(folder, ("Easy access", f"Access {number}"))
        until(lambda: len(heard) >= 2)
        time.sleep(0.6)
        assert len(heard) == 2


def replace_settings(folder: Path, text: str) -> None:
    """Save the settings as many editors do: a new file is moved into the place of the old."""
    (folder / "new").write_text(text, encoding="utf-8")
    (folder / "new").replace(folder / "pcstrat.toml")


def put_logo(folder: Path, content: str = "a") -> None:
    folder.mkdir(exist_ok=True)
    (folder / "logo.svg").write_text(content, encoding="utf-8")


def test_settings_and_folders_that_are_made_later_or_replaced_are_heard_again_and_again(folder: Path) -> None:
    plans = folder / "strategies"
    steps: list[Callable[[], object]] = [
        lambda: replace_settings(folder, 'publisher = "A"\n'),
        lambda: replace_settings(folder, 'publisher = "B"\n'),
        lambda: replace_settings(folder, 'templates = "designs"\n'),
        lambda: put_logo(folder / "designs"),
        lambda: put_logo(folder / "designs", "b"),
        lambda: put_logo(folder / "registry"),
        lambda: plans.rename(folder / "old"),
        lambda: put(folder),
        lambda: put(folder, ("Easy access", "Easier access")),
    ]
    with listening(folder) as heard:
        for step in steps:
            before = len(heard)
            step()
            until(lambda before=before: len(heard) > before, 5)  # type: ignore[misc]
            time.sleep(0.5)  # the next step is a burst of its own


def test_without_plans_or_with_wrong_settings_nothing_is_watched(tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match="no folder 'strategies'"):
        edits(lambda: load_settings(tmp_path, {}, {}))
    (tmp_path / "pcstrat.toml").write_text("x = 1", encoding="utf-8")
    with pytest.raises(UsageError, match="no setting 'x'"):
        edits(lambda: load_settings(tmp_path, {}, {}))


def until(condition: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_build_watch_builds_again_after_an_edit_until_it_is_interrupted(folder: Path) -> None:
    command = [sys.executable, "-m", "pcstrat", "build", "--watch", "--format", "html"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    page = folder / "output" / "small-plan" / "index.html"
    try:
        until(page.exists)
        time.sleep(0.5)
        put(folder, ("Easy access", "Easier access"))
        until(lambda: "Easier access" in page.read_text(encoding="utf-8"))
        put(folder, BROKEN)
        time.sleep(1)
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in errors
    assert "Easier access" in page.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_leaves_nothing_behind(folder: Path, tmp_path: Path, ending: signal.Signals) -> None:
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "pcstrat", "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp")},
    )  # fmt: skip
    assert process.stdout
    assert "The preview is at http://localhost:" in process.stdout.readline()
    assert "1 plan checked" in process.stdout.readline()
    process.send_signal(ending)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in errors
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not (folder / "output").exists()


def test_what_a_killed_preview_left_is_removed_by_the_next_and_no_other_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "pcstrat-preview-mine").mkdir()  # no preview: nothing locks it
    with preview_folder() as running:
        killed = tmp_path / "pcstrat-preview-killed"
        (killed / "site").mkdir(parents=True)
        (killed / LOCK).write_text("1", encoding="ascii")
        assert abandoned_previews() == [killed]
        with preview_folder() as second:
            assert running.is_dir()
            assert second != running
            assert not killed.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["pcstrat-preview-mine"]
