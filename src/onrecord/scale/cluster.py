"""Workers that are Ray actors, on this machine or on a cluster (extra `scale`); the documents travel to them."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.intake.problems import missing_extra
from onrecord.intake.types import Intake, Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale.batches import Died
from onrecord.scale.stage import Outcome, Settings, outcomes

if TYPE_CHECKING:
    from onrecord.coding.coder import Coder

_KNOCK_SECONDS = 10


@dataclass(slots=True)
class _Worker:
    """``begun`` is there when the actor has its coder; it cannot be had of one that died before."""

    actor: Any
    begun: Any
    task: int | None = None
    answer: Any = None
    answered: int = 0


class Cluster:
    """``size`` actors, at most as many as the cluster has CPUs, started as work comes; a dead one is replaced.

    Without ``address`` (or `RAY_ADDRESS`) Ray starts on this machine, sends nothing home, and ends with the
    run. Every node needs the same version of onrecord and its model. Raises OnrecordError `missing-extra`,
    `no-cluster`; `no-worker` where more actors in a row than there are workers die before they begin.
    """

    def __init__(self, settings: Settings, size: int | None = None, address: str | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise missing_extra("scale", "--executor ray") from error
        self._ray: Any = ray
        self._settings = settings
        self._name = settings.coded_by()
        self._names = settings.actors.read_bytes() if settings.actors is not None else None
        self._own = not ray.is_initialized()
        if self._own:
            _join(ray, size, address or os.environ.get("RAY_ADDRESS"))
        cpus = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self.size = min(size or cpus, cpus)  # an actor without a CPU would hold its batch for ever
        self.workers: list[_Worker] = []
        self._stillborn = 0
        self._hand = ray.remote(num_cpus=1, max_restarts=0)(Hand)

    def idle(self) -> bool:
        return len(self.workers) < self.size or any(worker.task is None for worker in self.workers)

    def send(self, task: int, items: Sequence[Intake | Raw]) -> None:
        worker = next((one for one in self.workers if one.task is None), None)
        if worker is None:
            actor: Any = self._hand.remote(self._settings, self._names)
            worker = _Worker(actor, actor.begin.remote())
            self.workers.append(worker)
        worker.task = task
        worker.answer = worker.actor.code.remote(list(items))

    def receive(self) -> tuple[int, list[Outcome] | Died]:
        busy = {worker.answer: worker for worker in self.workers if worker.task is not None}
        (reference, *_), _ = self._ray.wait(list(busy), num_returns=1)
        worker = busy[reference]
        task, worker.task, worker.answer = worker.task, None, None
        assert task is not None
        try:
            answer: tuple[str, list[Outcome]] | Problem = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError:
            raise  # a fault of ours, not a death
        except self._ray.exceptions.RayError as death:
            return task, self._buried(worker, death)
        if isinstance(answer, Problem):
            raise OnrecordError.of(answer)
        name, coded = answer
        if name != self._name:
            raise OnrecordError(
                "other-version",
                f"a node of the cluster codes with {name}, this machine with {self._name}",
                "Install the same version of onrecord on every node.",
            )
        worker.answered += 1
        self._stillborn = 0
        return task, coded

    def _buried(self, worker: _Worker, death: Exception) -> Died:
        self.workers.remove(worker)
        how = f"{type(death).__name__}: {str(death).strip().splitlines()[-1].strip()}"
        try:
            self._ray.get(worker.begun)
        except self._ray.exceptions.RayError as fault:
            self._stillborn += 1
            if self._stillborn > self.size:
                raise OnrecordError(
                    "no-worker",
                    f"workers of the cluster ended before they could begin: {how}",
                    "Install onrecord on every node, and give each the memory for its workers.",
                ) from fault
            return Died(how, began=False)
        return Died(how)

    def close(self) -> None:
        for worker in self.workers:
            self._ray.kill(worker.actor)
        self.workers.clear()
        if self._own:
            self._ray.shutdown()


class Hand:
    """An actor: it is told to `begin`, and then to `code`. ``names`` is the user's file of names."""

    def __init__(self, settings: Settings, names: bytes | None) -> None:
        self._settings = settings
        self._names = names
        self._coder: Coder | None = None

    def begin(self) -> None:
        """Make the coder. What is wrong with it is told to who asks for work."""
        with suppress(OnrecordError):
            self._coder = self._made()

    def code(self, items: Sequence[Intake | Raw]) -> tuple[str, list[Outcome]] | Problem:
        """Who codes, and an outcome for each item; the problem where no coder can be made."""
        try:
            if self._coder is None:
                self._coder = self._made()
            return self._settings.coded_by(), outcomes(self._coder, items, self._settings.options)
        except OnrecordError as error:
            return error.problem

    def _made(self) -> Coder:
        if self._names is None:
            return self._settings.coder()
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder) / "actors.csv"
            here.write_bytes(self._names)
            try:
                return replace(self._settings, actors=here).coder()
            except OnrecordError as error:
                raise error.at(error.problem.where.replace(str(here), str(self._settings.actors))) from error


def _join(ray: Any, size: int | None, address: str | None) -> None:
    """Connect to a cluster, or start Ray here with room for ``size`` workers."""
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        if address is None:
            ray.init(address="local", num_cpus=size, include_dashboard=False, **quiet)
        else:
            _knock(ray, address)
            ray.init(address=address, **quiet)
    except (OSError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
        raise OnrecordError(
            "no-cluster",
            f"Ray cannot be reached at {address or 'this machine'}: {_reason(ray, error)}",
            "Start it with `ray start --head` and give its token (RAY_AUTH_MODE, RAY_AUTH_TOKEN); "
            "or leave out --address to run on this machine.",
            "--address",
        ) from error


def _knock(ray: Any, address: str) -> None:
    """Raise at once where nobody listens, or where a token is asked for; Ray itself would go on trying."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_SECONDS).close()
        if not address.startswith("ray://"):
            ray._raylet.GcsClient(
                address=address
            )  # as `ray health-check` does; it names what `init` keeps to itself


def _reason(ray: Any, error: BaseException) -> str:
    refused = getattr(ray.exceptions, "AuthenticationError", None)  # since the version that has tokens
    if refused is not None and isinstance(error, refused):
        given = os.environ.get("RAY_AUTH_MODE") == "token"
        return "it takes another token than the one given" if given else "it asks for a token"
    return str(error).splitlines()[0]
