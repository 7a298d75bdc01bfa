"""Many generated reports through the reader: ``python -m benchmarks.trial [LAYOUT ...] --seeds 0 200``."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from random import Random

from benchmarks import wording
from benchmarks.drafts import Draft, make_draft
from benchmarks.layouts import LAYOUTS, Rendered
from benchmarks.truth import Score, score
from gongkai.kernel import UnreadableError
from gongkai.report import api


@dataclass
class Outcome:
    """Results of one layout over many reports."""

    name: str
    reports: int = 0
    complete: int = 0
    score: Score = field(default_factory=Score)
    errors: list[str] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Sum up."""
        self.reports += other.reports
        self.complete += other.complete
        self.score.add(other.score)
        self.errors += other.errors
        self.bad += other.bad

    @property
    def share(self) -> float:
        """Share of the figures standing in their places that were read."""
        known = self.score.counts["right"] + self.score.counts["missed"] + len(self.score.wrong)
        return self.score.counts["right"] / known if known else 1.0


def varied(seed: int, *, remarks: bool = True) -> Draft:
    """The draft of a seed, every third with harmless changes of labels, every third with typing errors."""
    draft = make_draft(seed, remarks=remarks and seed % 5 == 0)
    rng = Random(seed + 1)
    if seed % 3 == 1:
        change = rng.choice(wording.HARMLESS)
        return draft.relabel(change, change.__name__)
    if seed % 3 == 2:
        change = rng.choice(wording.WORDINGS)
        typos = wording.typing_errors(rng)
        return draft.relabel(lambda text: typos(change(text)), f"typos, {change.__name__}")
    return draft


def judge(name: str, seed: int, rendered: Rendered) -> Outcome:
    """Read one rendered report and compare."""
    outcome = Outcome(name, 1)
    valued = any(cell.value is not None for cell in rendered.truth.values())
    try:
        report = api.read_bytes(rendered.data, source=f"{name}-{seed}")
    except UnreadableError as error:
        if not rendered.unreadable and valued:
            outcome.errors.append(f"{seed}: {error}")
        else:
            outcome.complete = 1
        return outcome
    except Exception as error:  # noqa: BLE001 - a trial reports a fault and goes on
        outcome.errors.append(f"{seed}: {type(error).__name__}: {error}")
        return outcome
    outcome.score = score(report, rendered.truth)
    if rendered.unreadable:
        read = [
            (path, None, figure.value) for path, figure in report.figures.items() if figure.value is not None
        ]
        outcome.score.wrong += [
            item for item in read if item[0] not in {path for path, _, _ in outcome.score.wrong}
        ]
    outcome.complete = int(outcome.score.complete)
    if outcome.score.wrong:
        path, wanted, read_value = outcome.score.wrong[0]
        outcome.bad.append((seed, f"{path}: {wanted} read as {read_value}"))
    return outcome


def run(name: str, seeds: Sequence[int]) -> Outcome:
    """One layout over many seeds."""
    total = Outcome(name)
    for seed in seeds:
        total.add(judge(name, seed, LAYOUTS[name].render(varied(seed))))
    return total


def report_lines(outcome: Outcome, *, details: int) -> Iterator[str]:
    """One line of rates, then some of what went wrong."""
    counts = outcome.score.counts
    strict = "strict" if LAYOUTS[outcome.name].strict else "odd"
    hard = counts["hard_right"] / max(1, counts["hard_right"] + counts["hard_null"])
    yield (
        f"{outcome.name:26} {strict:6} {outcome.complete:5}/{outcome.reports:<5} read {outcome.share:7.2%} "
        f"wrong {len(outcome.score.wrong):5} missed {counts['missed']:6} silent {counts['silent']:6} "
        f"hard {hard:6.1%} lost {counts['lost_right']:5}/{counts['lost_right'] + counts['lost_null']:<6} "
        f"errors {len(outcome.errors)}"
    )
    yield from (f"    WRONG seed {seed}: {text}" for seed, text in outcome.bad[:details])
    yield from (f"    ERROR seed {text}" for text in outcome.errors[:details])
    if strict == "strict" and counts["missed"]:
        rows = Counter(path.rpartition(".")[0] for path in outcome.score.missed)
        yield f"    missed {rows.most_common(details)}"


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a figure is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layouts", nargs="*", help="names or beginnings of names (default: all)")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 40), metavar=("FROM", "TO"))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--details", type=int, default=3)
    parser.add_argument("--save", type=Path, help="write failing files into this folder")
    options = parser.parse_args(arguments)
    names = [n for n in LAYOUTS if not options.layouts or any(n.startswith(p) for p in options.layouts)]
    seeds = range(*options.seeds)
    wrong = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for outcome in pool.map(run, names, repeat(seeds)):
            print("\n".join(report_lines(outcome, details=options.details)), flush=True)
            wrong += len(outcome.score.wrong)
            if options.save:
                _save(outcome, options.save)
    return int(wrong > 0)


def _save(outcome: Outcome, folder: Path) -> None:
    kind = LAYOUTS[outcome.name].format
    suffix = {"text": "txt"}.get(kind, kind)
    for seed, _ in outcome.bad[:2]:
        path = folder / f"{outcome.name}-{seed}.{suffix}"
        path.write_bytes(LAYOUTS[outcome.name].render(varied(seed)).data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
