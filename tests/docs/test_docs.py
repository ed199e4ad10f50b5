"""The docs cannot drift: every command, option and file that they name is there, and the reverse."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
import typer.main

from onrecord._version import __version__
from onrecord.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page for place in ("*.md", "docs/*.md", "training/*.md", "benchmarks/*.md") for page in ROOT.glob(place)
)
COMMANDS: dict[str, set[str]] = {
    name: {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for name, command in typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]
}


def invocations(page: Path) -> list[list[str]]:
    """Every `onrecord …` in code of a page, as words, up to a pipe or a comment."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    fenced = [body for language, body in blocks if language in ("", "sh", "console", "bash")]
    code = fenced + re.findall(r"`([^`\n]+)`", text)
    found = []
    for block in code:
        for line in block.splitlines():
            match = re.match(r"\s*(?:\$ )?onrecord ([^|#>]+)", line)
            if match:
                found.append(match.group(1).split())
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_options_that_a_page_shows_exist(page: Path) -> None:
    for words in invocations(page):
        if words[0].startswith("-"):
            assert words[0] in {"--version", "--help", "--install-completion", "--show-completion"}
            continue
        assert words[0] in COMMANDS, f"{page.name} shows `onrecord {words[0]}`"
        for option in (word.split("=")[0] for word in words[1:] if word.startswith("--")):
            assert option in COMMANDS[words[0]] | {"--help"}, f"{page.name}: {words[0]} has no {option}"


def test_every_command_is_shown_in_the_docs_and_explains_itself() -> None:
    shown = {words[0] for page in PAGES for words in invocations(page)}
    assert shown >= set(COMMANDS), "a command that no page shows"
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        assert command.help, command.name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.opts}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_changelog_knows_the_version_or_calls_it_unreleased() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {__version__}" in changelog or "## Unreleased" in changelog


def test_no_module_has_outgrown_its_room() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert not long, "split them along what they do"


def raised_codes() -> set[str]:
    """Every code that the source gives a problem or an error, read from the syntax tree."""
    codes = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            first = node.args[0] if node.args else None
            named = next((keyword.value for keyword in node.keywords if keyword.arg == "code"), first)
            if name in ("OnrecordError", "Problem") and isinstance(named, ast.Constant):
                codes.add(str(named.value))
    return codes


def test_every_code_of_a_problem_is_explained() -> None:
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    missing = {code for code in raised_codes() if f"`{code}`" not in page}
    assert not missing, "docs/problems.md does not explain them"
