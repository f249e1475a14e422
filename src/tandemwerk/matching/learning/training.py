"""Fit, choose and calibrate without ever looking at what is held out.

For every target (each group held out, and once none) the groups left are divided into blocks. The
model learned without target and block answers for the block: these honest answers choose the
strength and fit the calibration, then the model learned without the target is used.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from .calibration import Platt, platt, product_odds
from .meetings import Floats, Meetings
from .metrics import log_loss
from .people import Effects, Ratings, Spread, effects_of, shifted, spread_of
from .solver import STRENGTHS, Fits, Problem

BLOCKS = 4
# Total log-loss (nats) by which a strength may be worse before its share falls to a third. Answers
# of one person belong together, so a difference of a few nats is still chance.
PATIENCE = 10.0
Rows = NDArray[np.intp]
Progress = Callable[[float], None]
NOBODY = -1  # the target that holds nothing out


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Number of each pair's a and b among all people, and how many people there are."""

    a: Rows
    b: Rows
    count: int

    @classmethod
    def of(cls, meetings: Meetings) -> "People":
        """Numbers in order of first appearance; `ids` gives the same order."""
        number = {person: place for place, person in enumerate(people_ids(meetings))}
        pairs = meetings.pairs
        return cls(
            np.array([number[p] for p in pairs.a], np.intp),
            np.array([number[p] for p in pairs.b], np.intp),
            len(number),
        )


def people_ids(meetings: Meetings) -> tuple[str, ...]:
    """Everybody who met somebody, in order of first appearance."""
    return tuple(dict.fromkeys((*meetings.pairs.a, *meetings.pairs.b)))


@dataclass(frozen=True, slots=True, eq=False)
class Core:
    """A trained model over the rows of a problem."""

    shares: tuple[float, ...]
    beta: Floats
    spread: Spread
    effects: Effects
    side: Platt
    match: Platt

    def answer(
        self, eta: tuple[Floats, Floats], a: Rows, b: Rows, effects: Effects | None = None
    ) -> tuple[Floats, Floats, Floats]:
        """Probabilities that a, b and both say yes; `effects` replaces what is known of people."""
        known = effects or self.effects
        odds_a, odds_b = informed(eta, a, b, known, self.spread)
        yes_a, yes_b = self.side(odds_a), self.side(odds_b)
        return yes_a, yes_b, self.match(product_odds(yes_a, yes_b))


def informed(
    eta: tuple[Floats, Floats], a: Rows, b: Rows, known: Effects, spread: Spread
) -> tuple[Floats, Floats]:
    """Log-odds of both sides with what other meetings say about the two people."""
    return (
        shifted(
            eta[0],
            known.saying[a] + known.hearing[b],
            known.saying_left[a] + known.hearing_left[b],
            spread,
        ),
        shifted(
            eta[1],
            known.saying[b] + known.hearing[a],
            known.saying_left[b] + known.hearing_left[a],
            spread,
        ),
    )


class Training:
    """Cores for the targets asked for. Cost: strengths × targets × blocks small refits."""

    def __init__(
        self,
        problem: Problem,
        people: People,
        targets: tuple[int, ...],
        progress: Progress = lambda share: None,
    ) -> None:
        self.problem, self.people = problem, people
        self.blocks = _blocks(problem)
        # Per target and block (NOBODY: none held out beside the target) a row per strength.
        self._betas: dict[tuple[int, int], list[Floats]] = {}
        self._loss: dict[int, list[float]] = {}
        work = len(STRENGTHS) * len(targets)
        done = 0
        for strength in STRENGTHS:
            fits = Fits(problem, strength)
            for target in targets:
                self._fit(fits, target)
                done += 1
                progress(done / work)

    def _fit(self, fits: Fits, target: int) -> None:
        out = [] if target == NOBODY else [target]
        self._betas.setdefault((target, NOBODY), []).append(fits.without(out))
        losses = []
        for block, asked in self._inner(target):
            beta = fits.without({*out, *self.blocks[block]})
            self._betas.setdefault((target, block), []).append(beta)
            answers = np.concatenate([self.problem.y_a[asked], self.problem.y_b[asked]])
            odds = np.concatenate(self.problem.eta(beta, asked))
            known = ~np.isnan(answers)
            said = 1 / (1 + np.exp(-odds[known]))
            losses.append(known.sum() / 2 * log_loss(answers[known], said))
        self._loss.setdefault(target, []).append(sum(losses))

    def core(self, target: int) -> Core:
        """The model for a target: shares of strengths and calibration from its inner blocks."""
        shares = self.shares(target)
        problem, people = self.problem, self.people
        blocks = [
            (_mixed(shares, self._betas[target, block]), self.blocks[block], asked)
            for block, asked in self._inner(target)
        ]
        index = np.concatenate([asked for _, _, asked in blocks])
        etas = [problem.eta(beta, asked) for beta, _, asked in blocks]
        # How far people differ is told by answers the model had not seen: in its own ones it has
        # already explained away a part.
        spread = spread_of(
            self._ratings(index, (_joined(etas, 0), _joined(etas, 1))),
            people.count,
            np.tile(problem.group[index], 2),
        )
        odds = [
            informed(
                eta,
                people.a[asked],
                people.b[asked],
                self._effects(beta, {target, *block}, spread),
                spread,
            )
            for eta, (beta, block, asked) in zip(etas, blocks, strict=True)
        ]
        odds_a, odds_b = _joined(odds, 0), _joined(odds, 1)
        answers = np.concatenate([problem.y_a[index], problem.y_b[index]])
        known = ~np.isnan(answers)
        side = platt(np.concatenate([odds_a, odds_b])[known], answers[known])
        match = platt(product_odds(side(odds_a), side(odds_b)), problem.both[index])
        beta = _mixed(shares, self._betas[target, NOBODY])
        effects = self._effects(beta, {target}, spread)
        return Core(tuple(map(float, shares)), beta, spread, effects, side, match)

    def shares(self, target: int) -> Floats:
        """How much each strength counts for a target; sums to 1."""
        loss = np.array(self._loss[target])
        worth = np.exp(-(loss - loss.min()) / PATIENCE)
        return cast("Floats", worth / worth.sum())

    def ratings(self, beta: Floats, rows: Rows) -> Ratings:
        """What the answers of these rows say about people, beside what beta explains."""
        return self._ratings(rows, self.problem.eta(beta, rows))

    def _ratings(self, rows: Rows, eta: tuple[Floats, Floats]) -> Ratings:
        problem, people = self.problem, self.people
        return Ratings.of(
            (people.a[rows], people.b[rows]), (problem.y_a[rows], problem.y_b[rows]), eta
        )

    def _effects(self, beta: Floats, out: set[int], spread: Spread) -> Effects:
        rows = np.flatnonzero(~np.isin(self.problem.group, list(out)))
        return effects_of(self.ratings(beta, rows), spread, self.people.count)

    def _inner(self, target: int) -> Iterator[tuple[int, Rows]]:
        """Block numbers and their rows, the target's own rows left out."""
        group = self.problem.group
        for number, block in enumerate(self.blocks):
            rows = np.flatnonzero(np.isin(group, block) & (group != target))
            if len(rows):
                yield number, rows


def _joined(sides: list[tuple[Floats, Floats]], side: int) -> Floats:
    return np.concatenate([pair[side] for pair in sides])


def _mixed(shares: Floats, betas: list[Floats]) -> Floats:
    return shares @ np.array(betas)


def _blocks(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Whole groups in a few blocks of about the same number of rows, the largest dealt first."""
    sizes = np.bincount(problem.group, minlength=problem.count)
    blocks: list[list[int]] = [[] for _ in range(min(BLOCKS, problem.count))]
    load = np.zeros(len(blocks))
    for group in np.argsort(-sizes, kind="stable"):
        lightest = int(np.argmin(load))
        blocks[lightest].append(int(group))
        load[lightest] += sizes[group]
    return tuple(map(tuple, blocks))
