"""Settings: which source counts, where each value came from, and how wrong ones are refused."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.settings import PlanSettings, Settings, load_settings

OUTSIDE = "It must be a folder inside the folder of the settings; the command line may name any."


def load(
    folder: Path, toml: str | None = None, environment: dict[str, str] | None = None, **options: object
) -> Settings:
    if toml is not None:
        (folder / "pcstrat.toml").write_text(toml, encoding="utf-8")
    return load_settings(folder, environment or {}, options)


def refused(folder: Path, toml: str | None = None, environment: dict[str, str] | None = None) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load(folder, toml, environment)
    assert caught.value.exit_code == ExitCode.USAGE
    return caught.value


def origin(settings: Settings, name: str) -> str:
    return next(line.origin for line in settings.listing() if line.name == name)


def test_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.strategies == tmp_path / "strategies"
    assert settings.templates == tmp_path / "templates"
    assert settings.output == tmp_path / "output"
    assert settings.registry == tmp_path / "registry"
    assert (settings.formats, settings.profile) == (("html", "pdf"), "draft")
    assert (settings.publisher, settings.accessibility_contact, settings.as_of, settings.jobs) == (None,) * 4
    assert (settings.all_or_nothing, settings.user_templates, settings.embed_fonts) == (False, True, False)
    assert set(settings.origins.values()) == {"default"}


def test_the_command_line_counts_over_the_environment_over_the_file_over_the_default(tmp_path: Path) -> None:
    toml = 'profile = "board"\n'
    environment = {"PCSTRAT_PROFILE": "publish", "HOME": "/root"}
    found = [
        load(tmp_path),
        load(tmp_path, toml),
        load(tmp_path, toml, environment),
        load(tmp_path, toml, environment, profile="draft"),
    ]
    assert [settings.profile for settings in found] == ["draft", "board", "publish", "draft"]
    assert [origin(settings, "profile") for settings in found] == [
        "default",
        "file pcstrat.toml",
        "environment PCSTRAT_PROFILE",
        "command line --profile",
    ]


def test_an_option_of_none_and_an_empty_variable_are_not_given(tmp_path: Path) -> None:
    settings = load(tmp_path, 'profile = "board"', {"PCSTRAT_PROFILE": ""}, profile=None)
    assert (settings.profile, origin(settings, "profile")) == ("board", "file pcstrat.toml")


def test_an_option_that_is_false_is_given(tmp_path: Path) -> None:
    settings = load(tmp_path, "user_templates = true", user_templates=False, all_or_nothing=False)
    assert (settings.user_templates, origin(settings, "all_or_nothing")) == (False, "command line --all-or-nothing")


def test_every_setting_can_stand_in_the_file(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        """
        strategies = "plans/2026"
        templates = "looks"
        output = "site"
        registry = "facts"
        formats = ["html"]
        publisher = "NHS Norfolk and Waveney ICB"
        accessibility_contact = "hello@example.nhs.uk"
        profile = "publish"
        as_of = 2026-11-21
        all_or_nothing = true
        user_templates = false
        embed_fonts = true
        jobs = 2
        cache = "remembered"
        fail_on = "warning"
        select = ["T", "M01"]
        ignore = "T12, bands-gap"
        publish_findings = true
        accessibility_results = "proof.json"

        [plans.bob]
        profile = "board"
        select = "O"
        ignore = ["O09"]
        """,
    )
    assert settings.strategies == tmp_path / "plans" / "2026"
    assert (settings.formats, settings.as_of, settings.jobs) == (("html",), dt.date(2026, 11, 21), 2)
    assert (settings.all_or_nothing, settings.user_templates, settings.embed_fonts) == (True, False, True)
    assert (settings.fail_on, settings.select, settings.ignore) == ("warning", ("T", "M01"), ("T12", "bands-gap"))
    assert settings.plans == {"bob": PlanSettings(profile="board", select=("O",), ignore=("O09",))}
    assert settings.publish_findings is True
    assert {line.origin for line in settings.listing()} == {"file pcstrat.toml"}


def test_every_setting_can_stand_in_the_environment(tmp_path: Path) -> None:
    written = {
        "PCSTRAT_STRATEGIES": "../plans",
        "PCSTRAT_TEMPLATES": "/srv/looks",
        "PCSTRAT_OUTPUT": "site",
        "PCSTRAT_REGISTRY": "facts",
        "PCSTRAT_FORMATS": "pdf, html",
        "PCSTRAT_PUBLISHER": "no",
        "PCSTRAT_ACCESSIBILITY_CONTACT": "012",
        "PCSTRAT_PROFILE": "board",
        "PCSTRAT_AS_OF": "2026-11-21",
        "PCSTRAT_ALL_OR_NOTHING": "Yes",
        "PCSTRAT_USER_TEMPLATES": "0",
        "PCSTRAT_EMBED_FONTS": "true",
        "PCSTRAT_JOBS": "4",
        "PCSTRAT_CACHE": "remembered",
        "PCSTRAT_FAIL_ON": "advice",
        "PCSTRAT_SELECT": "T,M01",
        "PCSTRAT_IGNORE": "T12",
        "PCSTRAT_PUBLISH_FINDINGS": "no",
        "PCSTRAT_ACCESSIBILITY_RESULTS": "proof.json",
    }
    settings = load(tmp_path, environment=written)
    assert (settings.strategies, settings.templates) == (tmp_path / "../plans", Path("/srv/looks"))
    assert (settings.formats, settings.publisher, settings.accessibility_contact) == (("html", "pdf"), "no", "012")
    assert (settings.as_of, settings.jobs) == (dt.date(2026, 11, 21), 4)
    assert (settings.all_or_nothing, settings.user_templates, settings.embed_fonts) == (True, False, True)
    assert (settings.fail_on, settings.select, settings.ignore) == ("advice", ("T", "M01"), ("T12",))
    origins = {line.origin for line in settings.listing() if line.name != "plans"}
    assert origins == {f"environment {name}" for name in written}


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("plans = 3", "a table for each plan, such as [plans.bob]"),
        ("[plans]\nbob = 'board'", "a table for each plan, such as [plans.bob]"),
        ("[plans.bob]\nprofil = 'board'", "without 'profil' in [plans.bob]: did you mean 'profile'"),
        ("[plans.bob]\nx = 'board'", "without 'x' in [plans.bob]: it takes profile, select, ignore"),
        ("[plans.bob]\nprofile = 'bored'", "'profile' is 'bored' and must be one of draft, board, publish"),
        ("select = [1]", "codes or names of rules, such as T01 or T"),
        ("fail_on = 'never'", "one of error, warning, advice"),
    ],
)
def test_settings_of_rules_that_make_no_sense_are_refused(tmp_path: Path, toml: str, expected: str) -> None:
    assert expected in refused(tmp_path, toml).remedy


def test_settings_of_plans_stand_in_a_file_only(tmp_path: Path) -> None:
    assert "a table for each plan" in refused(tmp_path, environment={"PCSTRAT_PLANS": "bob"}).remedy


def test_pyproject_counts_only_with_a_table_of_ours(tmp_path: Path) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text('[project]\nname = "x"\n[tool.ruff]\n', encoding="utf-8")
    assert load(tmp_path).profile == "draft"
    pyproject.write_text('[tool.pcstrat]\nprofile = "board"\n', encoding="utf-8")
    settings = load(tmp_path)
    assert (settings.profile, origin(settings, "profile")) == ("board", "file pyproject.toml")


def test_two_files_with_settings_are_an_error_even_when_one_is_empty(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.pcstrat]\n", encoding="utf-8")
    error = refused(tmp_path, "")
    assert "pcstrat.toml" in error.message
    assert "pyproject.toml" in error.message


@pytest.mark.parametrize("written", ["[tool]\npcstrat = 3\n", "tool = {pcstrat = []}\n"])
def test_a_table_of_ours_that_is_no_table_is_an_error(tmp_path: Path, written: str) -> None:
    (tmp_path / "pyproject.toml").write_text(written, encoding="utf-8")
    assert refused(tmp_path).message.startswith("pyproject.toml: 'tool.pcstrat' is ")


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("outptu", "Did you mean 'output'?"),
        ("all-or-nothing", "Did you mean 'all_or_nothing'?"),
        ("zzz", "The settings are: strategies, templates, output, registry, formats, publisher, "),
    ],
)
def test_an_unknown_key_is_an_error_with_a_suggestion(tmp_path: Path, key: str, remedy: str) -> None:
    error = refused(tmp_path, f'{key} = "x"')
    assert error.message == f"pcstrat.toml: There is no setting '{key}'."
    assert error.remedy.startswith(remedy)


def test_an_unknown_variable_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    error = refused(tmp_path, environment={"PCSTRAT_OUTPTU": "x"})
    assert error.message == "There is no setting for the variable PCSTRAT_OUTPTU."
    assert error.remedy == "Did you mean 'PCSTRAT_OUTPUT'?"


def test_an_unknown_option_is_our_own_mistake(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="colour"):
        load(tmp_path, colour="red")


@pytest.mark.parametrize(
    ("line", "given", "allowed"),
    [
        ("profile = 3", "'profile' is 3.", "one of draft, board, publish"),
        ('profile = "Draft"', "'profile' is 'Draft'.", "one of draft, board, publish"),
        ("formats = []", "'formats' is [].", "one or more of html, pdf"),
        ('formats = ["html", "docx"]', "'formats' is ['html', 'docx'].", "one or more of html, pdf"),
        ("formats = true", "'formats' is True.", "one or more of html, pdf"),
        ("jobs = 0", "'jobs' is 0.", "a whole number from 1"),
        ("jobs = true", "'jobs' is True.", "a whole number from 1"),
        ("jobs = 1.5", "'jobs' is 1.5.", "a whole number from 1"),
        ('jobs = "²"', "'jobs' is '²'.", "a whole number from 1"),
        ("embed_fonts = 1", "'embed_fonts' is 1.", "true or false"),
        ('embed_fonts = "perhaps"', "'embed_fonts' is 'perhaps'.", "true or false"),
        ("publisher = 5", "'publisher' is 5.", "text"),
        ('publisher = " "', "'publisher' is ' '.", "text"),
        ('as_of = "21/11/2026"', "'as_of' is '21/11/2026'.", "a date such as 2026-11-21"),
        ('as_of = "20261121"', "'as_of' is '20261121'.", "a date such as 2026-11-21"),
        ('as_of = "2026-02-30"', "'as_of' is '2026-02-30'.", "a date such as 2026-11-21"),
        ("as_of = 2026", "'as_of' is 2026.", "a date such as 2026-11-21"),
        ("as_of = 2026-11-21T10:00:00", "'as_of' is datetime", "a date such as 2026-11-21"),
        ('output = ""', "'output' is ''.", "the path of a folder, as text"),
        ("output = 5", "'output' is 5.", "the path of a folder, as text"),
        ('output = "a\\u0000b"', "'output' is 'a\\x00b'.", "the path of a folder, as text"),
    ],
)
def test_a_wrong_value_names_file_key_value_and_what_is_allowed(
    tmp_path: Path, line: str, given: str, allowed: str
) -> None:
    error = refused(tmp_path, line)
    assert error.message.startswith(f"pcstrat.toml: {given}")
    assert error.remedy == f"It must be {allowed}."


def test_a_wrong_variable_names_the_variable(tmp_path: Path) -> None:
    error = refused(tmp_path, environment={"PCSTRAT_JOBS": "many"})
    assert error.message == "PCSTRAT_JOBS: 'jobs' is 'many'."


def test_a_wrong_option_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^--as-of is 'soon'"):
        load(tmp_path, as_of="soon")
    with pytest.raises(UsageError, match=r"^--format is 'docx'"):
        load(tmp_path, formats="docx")


@pytest.mark.parametrize("name", ["strategies", "templates", "output", "registry"])
@pytest.mark.parametrize(
    "path", ["..", "../x", "a/../../x", "/etc", "//server/share", "C:/x", "C:x", "\\\\server\\x", "\\x"]
)
def test_a_folder_in_the_file_does_not_leave_the_users_folder(tmp_path: Path, name: str, path: str) -> None:
    error = refused(tmp_path, f"{name} = '{path}'")
    assert error.message == f"pcstrat.toml: '{name}' is {path!r}."
    assert error.remedy == OUTSIDE


@pytest.mark.parametrize("path", [".", "a/../b", "..a", "a/b/c"])
def test_other_folders_in_the_file_are_joined_to_the_users_folder(tmp_path: Path, path: str) -> None:
    assert load(tmp_path, f"output = '{path}'").output == tmp_path / path


@pytest.mark.parametrize("toml", ["", "output = 'output'"])
def test_a_folder_that_is_a_link_out_of_the_users_folder_is_refused(tmp_path: Path, toml: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "output").symlink_to(tmp_path)
    assert refused(folder, toml).remedy == OUTSIDE
    assert load(folder, toml, output="output").output == folder / "output"


def test_a_file_that_leads_out_is_not_called_a_folder(tmp_path: Path) -> None:
    found = refused(tmp_path, 'accessibility_results = "../results.json"')
    assert found.remedy == OUTSIDE.replace("a folder inside", "a file inside")


def test_a_link_that_leads_to_itself_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "output").symlink_to(tmp_path / "output")
    assert load(tmp_path).output == tmp_path / "output"


def test_the_command_line_may_name_any_folder(tmp_path: Path) -> None:
    assert load(tmp_path, output=Path("/srv/site")).output == Path("/srv/site")
    assert load(tmp_path, output="../site").output == tmp_path / "../site"


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    assert refused(tmp_path, "profile = \n").message.startswith(
        "pcstrat.toml is not valid TOML: Invalid value (at line 1"
    )


def test_a_broken_pyproject_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool", encoding="utf-8")
    assert refused(tmp_path).message.startswith("pyproject.toml is not valid TOML")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pcstrat.toml").write_bytes(b'publisher = "caf\xe9"')
    assert refused(tmp_path).message == "pcstrat.toml is not UTF-8 text."


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    (tmp_path / "pcstrat.toml").write_bytes(b'\xef\xbb\xbfprofile = "board"\r\njobs = 3\r\n')
    assert (load(tmp_path).profile, load(tmp_path).jobs) == ("board", 3)


def test_a_file_that_cannot_be_read_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "pcstrat.toml").mkdir()
    with pytest.raises(NotDoneError, match=r"pcstrat\.toml cannot be read"):
        load(tmp_path)


def test_files_in_folders_above_are_not_searched(tmp_path: Path) -> None:
    (tmp_path / "pcstrat.toml").write_text('profile = "board"', encoding="utf-8")
    (tmp_path / "below").mkdir()
    assert load(tmp_path / "below").profile == "draft"


def test_the_listing_shows_every_setting_in_words(tmp_path: Path) -> None:
    listing = {line.name: line for line in load(tmp_path, publisher="Us", output="/srv/site").listing()}
    fields = set(Settings._fields) - {"folder", "origins", "marks_places"}
    assert set(listing) == fields
    values = {name: line.value for name, line in listing.items()}
    assert (values["publisher"], values["jobs"], values["embed_fonts"]) == ("Us", "not stated", "false")
    assert (values["strategies"], values["output"], values["formats"]) == ("strategies", "/srv/site", "html, pdf")
    assert (values["select"], values["plans"], values["fail_on"]) == ("not stated", "not stated", "error")
    assert all(line.meaning.endswith(".") for line in listing.values())


def test_the_listing_shows_the_settings_of_plans(tmp_path: Path) -> None:
    toml = "[plans.bob]\nprofile = 'board'\nignore = 'T12,T13'\n[plans.kent]\nselect = 'T'\n"
    listing = {line.name: line.value for line in load(tmp_path, toml).listing()}
    assert listing["plans"] == "bob: profile board, ignore T12 T13; kent: select T"


def test_the_registry_folder_is_one_that_exists_or_was_asked_for(tmp_path: Path) -> None:
    assert load(tmp_path).registry_folder is None
    assert load(tmp_path, registry="facts").registry_folder == tmp_path / "facts"
    (tmp_path / "registry").mkdir()
    assert load(tmp_path).registry_folder == tmp_path / "registry"


def test_settings_are_frozen_and_can_be_sent_to_a_worker(tmp_path: Path) -> None:
    settings = load(tmp_path, "jobs = 2")
    with pytest.raises(AttributeError):
        settings.jobs = 3  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301 - what was just written


@pytest.mark.parametrize(
    ("platform", "variable", "expected"),
    [
        ("linux", "XDG_CACHE_HOME", "x/pcstrat"),
        ("linux", "HOME", "x/.cache/pcstrat"),
        ("darwin", "HOME", "x/Library/Caches/pcstrat"),
        ("win32", "LOCALAPPDATA", "x/pcstrat"),
        ("freebsd14", "HOME", "x/.cache/pcstrat"),
    ],
)
def test_what_is_remembered_stands_where_the_platform_keeps_such_things(
    tmp_path: Path, platform: str, variable: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert load_settings(tmp_path, {variable: "x"}, {}).cache == Path(expected)
    assert load_settings(tmp_path, {}, {}).cache is None
