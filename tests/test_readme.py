"""The README promises what is there, and its commands are those that are checked."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def marked(name):
    """The fenced block after a marker, read here another way than .ci/readme does."""
    return re.search(rf"^<!-- {name} -->\n```sh\n(.*?)^```$", README, re.M | re.S).group(1)


@pytest.mark.parametrize("name", ["run", "test"])
def test_a_command_is_marked_once_and_is_what_ci_runs(name):
    assert README.count(f"<!-- {name} -->") == 1
    told = subprocess.run(["bash", ".ci/readme", name], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == marked(name)
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f".ci/readme {name} >" in ci
    assert not re.search(r"^\s*pip install|\.venv/bin/pip", ci, re.M), "CI installs by the README only"


def test_the_marked_commands_set_up_everything_themselves():
    for name in ("run", "test"):
        assert marked(name).startswith("python3 -m venv .venv &&\n")
    assert "--require-hashes -r requirements.lock" in marked("test")
    assert marked("test").endswith(".venv/bin/pytest -n auto --dist loadfile\n")
    assert marked("run").endswith(".venv/bin/apprenance demo\n")


def mapped_folders():
    section = README.split("## The map of the folders", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.M)
    return [folder for row in rows for folder in re.findall(r"`([\w/]+)/`", row)]


def test_there_is_a_map():
    assert len(mapped_folders()) > 10


@pytest.mark.parametrize("folder", mapped_folders())
def test_every_folder_of_the_map_holds_something(folder):
    assert any(path.is_file() for path in (ROOT / folder).rglob("*")), folder


@pytest.mark.parametrize("path", sorted({path for path in re.findall(r"\]\(([^)#:]+)\)", README)}))
def test_every_link_leads_to_something_in_the_repository(path):
    assert (ROOT / path).exists()


def named_commands():
    code = re.findall(r"`([^`\n]+)`|^```sh\n(.*?)^```$", README, re.M | re.S)
    text = "\n".join(part for parts in code for part in parts)
    return sorted(set(re.findall(r"\bapprenance (\w+)", text)))


def test_the_readme_names_the_commands_of_this_release():
    assert named_commands() == ["apps", "check", "demo", "import", "lab", "map", "questionnaire", "score"]


@pytest.mark.parametrize("command", named_commands())
def test_every_command_named_is_in_the_help(command, capsys):
    from assessment.cli import main

    assert main(["--help"]) == 0
    assert re.search(rf"^\s+{command}\b", capsys.readouterr().out, re.M)


def test_the_changelog_begins_with_this_version():
    import assessment

    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"^## (\S+)", changelog, re.M).group(1) == assessment.__version__
    assert "**Changed numbers**" in changelog
