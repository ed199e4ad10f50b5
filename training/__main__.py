"""`python -m training`: from the data folder to the shipped model.

python -m training all --data ../shared --runs runs      # every run of recipe.toml, then the export
python -m training evaluate --data ../shared
python -m training train --data ../shared --run runs/other --minutes 100
python -m training export --data ../shared --run runs/other --to runs/other/model
python -m training restore --run runs/shipped            # the shipped weights as a run to start from
python -m training train --tiny --run runs/tiny          # the whole path in a minute, no data folder needed
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

TINY_STEPS = 200


def _shares(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in (part.split("=") for part in text.split(","))}


def train(args: argparse.Namespace) -> None:
    """Train a run; write its checkpoint, curves and record."""
    import torch

    from training import recipe
    from training.config import PLAN, SIZE, TINY_PLAN, TINY_SIZE
    from training.sources.reading import SAMPLE

    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    names = ("minutes", "rate", "head_rate", "shares", "seed", "warmup", "mask_words", "batch_pieces")
    given = {name: value for name in names if (value := getattr(args, name)) is not None}
    recipe.train(
        args.run,
        SAMPLE if args.tiny and args.data is None else args.data or Path("../shared"),
        replace(TINY_PLAN if args.tiny else PLAN, **given),
        size=TINY_SIZE if args.tiny else SIZE,
        start=args.start,
        resume=args.resume,
        shippable_only=args.shippable_only,
        rest=args.rest,
        steps=TINY_STEPS if args.tiny else None,
    )


def follow(args: argparse.Namespace) -> None:
    """Every run of the recipe, then the export: from the data folder to the shipped model."""
    import torch

    from training import recipe

    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    args.run = recipe.follow(args.recipe or recipe.RECIPE, args.data, args.runs, args.scale, args.rest)
    args.tiny, args.shippable_only = False, False
    export(args)


def _load(run: Path, tiny: bool = False):  # type: ignore[no-untyped-def]
    import torch

    from training.config import SIZE, TINY_SIZE
    from training.labels import Labels
    from training.model import ReadingModel

    labels = Labels.load(run / "labels.json")
    model = ReadingModel(TINY_SIZE if tiny else SIZE, labels)
    model.load_state_dict(torch.load(run / "checkpoint.pt", map_location="cpu")["model"])
    return model.eval(), labels


def export(args: argparse.Namespace) -> None:
    """Export a run; with a data folder, tune the event thresholds on the held-out days first."""
    from onrecord.reading.labels import DATA
    from onrecord.reading.session import Session
    from training.event_dev import EventDev, tuned
    from training.export import export as write
    from training.export import set_decisions
    from training.sources.reading import rows_of

    model, labels = _load(args.run, args.tiny)
    folder = args.to or (DATA / "open" if args.shippable_only else DATA)
    variant = "open" if args.shippable_only else "default"
    version = args.version or args.run.name
    write(model, labels, folder, version, {}, variant)
    if args.data and rows_of(args.data, "events", "train"):
        calibration = EventDev(Session(folder), args.data).calibration()
        set_decisions(folder, calibration, {})
        thresholds = tuned(EventDev(Session(folder), args.data))
        set_decisions(folder, calibration, thresholds)
        print(f"calibration {calibration} thresholds {thresholds}")


def average(args: argparse.Namespace) -> None:
    """The weights of several runs of one ancestry, averaged."""
    from training import recipe

    shares = {Path(folder): float(share) for folder, share in (part.split("=") for part in args.runs)}
    recipe.average(shares, args.to)


def restore(args: argparse.Namespace) -> None:
    """A checkpoint out of the shipped files, to start a run from."""
    from onrecord.reading.labels import DATA
    from training.restore import restore as back

    back(args.model or DATA, args.run)


def evaluate(args: argparse.Namespace) -> None:
    """Print every figure of the model card, for the exported model or (--run) for its float32 weights."""
    from onrecord.reading.labels import DATA
    from onrecord.reading.session import Session
    from training.evaluate import everything
    from training.torch_model import TorchModel

    folder = args.model or DATA
    model = TorchModel(_load(args.run)[0], folder / "labels.json") if args.run else Session(folder)
    figures = everything(model, args.data, args.quick)
    for name, values in figures.items():
        print(
            name,
            " ".join(f"{key} {value:.2f}".rstrip("0").rstrip(".") for key, value in values.items()),
            sep="\t",
        )
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train", help="train from MiniLM, from a checkpoint, or go on with a run")
    one.set_defaults(call=train)
    one.add_argument("--run", type=Path, required=True, help="folder of the run")
    one.add_argument("--minutes", type=float, help="the wall-clock budget")
    one.add_argument("--rate", type=float, help="peak learning rate of the encoder's top layer")
    one.add_argument("--head-rate", type=float)
    one.add_argument("--warmup", type=float)
    one.add_argument("--mask-words", type=float)
    one.add_argument("--batch-pieces", type=int, help="word pieces of a batch")
    one.add_argument("--seed", type=int)
    one.add_argument(
        "--shares", type=_shares, help="ud=1,ner=1,... passes of each source relative to the others"
    )
    one.add_argument("--start", type=Path, help="a checkpoint whose weights to start from")
    one.add_argument("--resume", action="store_true", help="go on where the run in --run stopped")
    two = commands.add_parser("export", help="write the int8 model into the package")
    two.set_defaults(call=export)
    two.add_argument("--run", type=Path, required=True)
    two.add_argument("--to", type=Path, help="a folder other than the package's")
    two.add_argument(
        "--version", help="the version string of every record made by it; the name of the run by default"
    )
    three = commands.add_parser("evaluate", help="measure a model on the open evaluation data")
    three.set_defaults(call=evaluate)
    three.add_argument("--model", type=Path, help="folder of an exported model other than the package's")
    three.add_argument("--run", type=Path, help="measure this run's float32 weights instead")
    three.add_argument("--quick", action="store_true", help="a part of each set")
    three.add_argument("--json", type=Path, help="write the figures to a file as well")
    four = commands.add_parser("average", help="average the weights of runs that descend from one another")
    four.set_defaults(call=average)
    four.add_argument("runs", nargs="+", metavar="RUN=SHARE", help="folders of runs, the newest last")
    four.add_argument("--to", type=Path, required=True, help="folder of the averaged run")
    five = commands.add_parser("all", help="follow a recipe from the data folder to the shipped model")
    five.set_defaults(call=follow)
    five.add_argument("--recipe", type=Path, help="a recipe other than training/recipe.toml")
    five.add_argument("--runs", type=Path, required=True, help="folder of the runs; what is done is kept")
    five.add_argument("--to", type=Path, help="a folder other than the package's")
    five.add_argument("--version", help="the version string, if not the name of the last step")
    five.add_argument("--scale", type=float, default=1.0, help="multiplies the minutes of every run")
    six = commands.add_parser("restore", help="make a checkpoint out of the shipped files, to go on from")
    six.set_defaults(call=restore)
    six.add_argument("--run", type=Path, required=True, help="folder for the checkpoint")
    six.add_argument("--model", type=Path, help="folder of an exported model other than the package's")
    for command in (one, five):
        command.add_argument("--threads", type=int, default=2)
        command.add_argument("--rest", type=float, default=0.0, help="share of the time left to others")
    for command in (one, two):
        command.add_argument("--tiny", action="store_true", help="a very small model on the bundled sample")
        command.add_argument("--shippable-only", action="store_true", help="the open variant")
    for command in (one, two, three, five):
        command.add_argument("--data", type=Path, required=command in (three, five), help="the data folder")
    args = parser.parse_args()
    args.call(args)


if __name__ == "__main__":
    main()
