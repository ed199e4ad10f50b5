"""The tasks of the reading model. To add one: write a module beside these, and import it here."""

from __future__ import annotations

from training.tasks import attribution, entities, events, factuality, stance, syntax  # noqa: F401 (registration)
from training.tasks.base import REGISTRY, Task

__all__ = ["REGISTRY", "Task"]
