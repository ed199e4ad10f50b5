"""Training needs torch, which a user of the shipped model does not: without it these tests say so and stay out."""

from __future__ import annotations

import importlib.util

import pytest

HAS_TORCH = importlib.util.find_spec("torch") is not None
collect_ignore_glob = [] if HAS_TORCH else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not HAS_TORCH:
        terminalreporter.write_line(
            "TRAINING IS NOT TESTED: torch is not installed (pip install '.[train]')", yellow=True
        )
