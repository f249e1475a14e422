"""One function per solver: read a problem, prepare what the solver wants, return a call to time.

Runs in the environment of the solver, so everything but NumPy is imported inside. A call returns
(people matched, total in millionths), ours also the gap it has proven. Preparing (other index
types, cost instead of fit) is not timed for the others; ours is timed with everything, from the
matrix to the checked certificate.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

UNIT = 1_000_000
Call = Callable[[], tuple[int, int] | tuple[int, int, float]]
Problem = dict[str, Any]


def _reached(problem: Problem, mentor_of: np.ndarray) -> tuple[int, int]:
    rows = np.flatnonzero(mentor_of >= 0)
    if "dense" in problem:
        fits = problem["dense"][rows, mentor_of[rows]]
    else:
        from scipy.sparse import csr_array

        shape = (len(problem["indptr"]) - 1, len(problem["seats"]))
        matrix = csr_array((problem["fits"], problem["indices"], problem["indptr"]), shape=shape)
        fits = np.asarray(matrix[rows, mentor_of[rows]]).ravel()
    return len(rows), int(np.rint(fits * UNIT).sum())


def tandemwerk(problem: Problem) -> Call:
    """Ours: maximum number of people, then the best total, certificate included."""
    from scipy.sparse import csr_array

    from tandemwerk.matching import assign

    if "dense" in problem:
        scores, seats = problem["dense"], np.ones(problem["dense"].shape[1], dtype=np.int64)
    else:
        seats = problem["seats"]
        shape = (len(problem["indptr"]) - 1, len(seats))
        scores = csr_array((problem["fits"], problem["indices"], problem["indptr"]), shape=shape)

    def call() -> tuple[int, int, float]:
        found = assign(scores, seats)
        if found.gap > 1e-6 * max(1.0, found.total):
            raise AssertionError(f"not proven: gap {found.gap}")
        made = int(np.count_nonzero(found.mentor_of >= 0))
        return made, round(found.total * UNIT), found.gap

    return call


def scipy_dense(problem: Problem) -> Call:
    """SciPy's Jonker-Volgenant."""
    from scipy.optimize import linear_sum_assignment

    fits = problem["dense"]
    return lambda: _reached(problem, linear_sum_assignment(fits, maximize=True)[1])


def lapjv(problem: Problem) -> Call:
    """PyPI lapjv, float64."""
    from lapjv import lapjv as solve

    cost = 1 - problem["dense"]
    return lambda: _reached(problem, solve(cost)[0].astype(np.int64))


def lapx(problem: Problem) -> Call:
    """PyPI lapx, its fastest form on square problems."""
    from lap import lapjvs

    cost = 1 - problem["dense"]

    def call() -> tuple[int, int]:
        answer = lapjvs(cost, extend_cost=False, return_cost=False)
        rows, columns = answer if len(answer) == 2 else (np.arange(len(answer)), answer)
        mentor_of = np.full(len(cost), -1)
        mentor_of[np.asarray(rows, dtype=np.int64)] = columns
        return _reached(problem, mentor_of)

    return call


def scipy_sparse(problem: Problem) -> Call:
    """SciPy's sparse solver, one column a seat; a seat of one's own for those left over."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    seats, indptr = problem["seats"], problem["indptr"]
    rows = len(indptr) - 1
    owner = np.repeat(np.arange(len(seats)), seats)
    first = np.concatenate(([0], np.cumsum(seats)))
    counts = seats[problem["indices"]]
    columns = np.repeat(first[problem["indices"]], counts)
    columns += np.arange(len(columns)) - np.repeat(np.cumsum(counts) - counts, counts)
    row_of = np.repeat(np.repeat(np.arange(rows), np.diff(indptr)), counts)
    cost = np.repeat(2 - problem["fits"], counts)
    shape = (rows, len(owner) + rows)
    own = np.arange(rows)
    matrix = csr_array(
        (
            np.concatenate((cost, np.full(rows, float(rows)))),
            (np.concatenate((row_of, own)), np.concatenate((columns, len(owner) + own))),
        ),
        shape=shape,
    )

    def call() -> tuple[int, int]:
        left, right = min_weight_full_bipartite_matching(matrix)
        mentor_of = np.full(rows, -1)
        inside = right < len(owner)
        mentor_of[left[inside]] = owner[right[inside]]
        return _reached(problem, mentor_of)

    return call


def ortools_flow(problem: Problem) -> Call:
    """OR-Tools SimpleMinCostFlow: maximum flow of least cost, whole millionths."""
    from ortools.graph.python import min_cost_flow

    indptr, indices, seats = problem["indptr"], problem["indices"], problem["seats"]
    rows, columns = len(indptr) - 1, len(seats)
    row_of = np.repeat(np.arange(rows), np.diff(indptr))
    source, sink = rows + columns, rows + columns + 1
    cost = (UNIT - np.rint(problem["fits"] * UNIT)).astype(np.int64)

    def call() -> tuple[int, int]:
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(
            np.concatenate((row_of, np.full(rows, source), rows + np.arange(columns))),
            np.concatenate((rows + indices, np.arange(rows), np.full(columns, sink))),
            np.concatenate((np.ones(len(indices) + rows, dtype=np.int64), seats)),
            np.concatenate((cost, np.zeros(rows + columns, dtype=np.int64))),
        )
        flow.set_node_supply(source, rows)
        flow.set_node_supply(sink, -rows)
        flow.solve_max_flow_with_min_cost()
        return flow.maximum_flow(), flow.maximum_flow() * UNIT - flow.optimal_cost()

    return call


def ortools_dense(problem: Problem) -> Call:
    """OR-Tools SimpleMinCostFlow over all pairs of a square problem."""
    fits = problem["dense"]
    rows, columns = fits.shape
    return ortools_flow(
        {
            "indptr": np.arange(rows + 1) * columns,
            "indices": np.tile(np.arange(columns), rows),
            "seats": np.ones(columns, dtype=np.int64),
            "fits": fits.ravel(),
        }
    )


def tandemwerk_rules(problem: Problem) -> Call:
    """The rules of `mentor_match` below as arrays, then ours for its aim: points, not people."""
    from tandemwerk.matching import assign

    def call() -> tuple[int, int]:
        ahead = problem["mentor_grade"][None, :] - problem["mentee_grade"][:, None]
        fits = np.where(ahead > 0, 0.0, np.nan)
        fits += np.where(ahead == 2, 12.0, 0.0)
        fits += 10.0 * (problem["mentee_profession"][:, None] == problem["mentor_profession"])
        fits += 6.0 * (problem["mentee_organisation"][:, None] != problem["mentor_organisation"])
        found = assign(fits, np.ones(fits.shape[1], dtype=np.int64), cardinality="free")
        return int(np.count_nonzero(found.mentor_of >= 0)), round(found.total * UNIT)

    return call


def mentor_match(problem: Problem) -> Call:
    """mentor-match: one round of its own rules; who is disqualified adds nothing."""
    import operator

    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import generate_match_matrix, match_and_assign_participants
    from matching.rules import rule

    rules = [
        rule.Disqualify(lambda match: match.mentor.grade <= match.mentee.grade),
        rule.Grade(2, operator.eq, {True: 12, False: 0}),
        rule.Equivalent("profession", {True: 10, False: 0}),
        rule.Equivalent("organisation", {True: 0, False: 6}),
    ]
    points = {
        (same_profession, same_organisation, two): 10 * same_profession
        + 6 * (not same_organisation)
        + 12 * two
        for same_profession in (False, True)
        for same_organisation in (False, True)
        for two in (False, True)
    }

    def side(kind: type, name: str) -> list[Any]:
        columns = (problem[f"{name}_{field}"] for field in ("grade", "organisation", "profession"))
        return [
            kind(
                grade=int(grade),
                organisation=str(organisation),
                profession=str(profession),
                email=f"{name}{number}",
            )
            for number, (grade, organisation, profession) in enumerate(zip(*columns, strict=True))
        ]

    def call() -> tuple[int, int]:
        mentors, mentees = side(Mentor, "mentor"), side(Mentee, "mentee")
        match_and_assign_participants(generate_match_matrix(mentors, mentees, rules))
        pairs = [(mentee, mentor) for mentee in mentees for mentor in mentee.mentors]
        total = sum(
            points[
                mentee.profession == mentor.profession,
                mentee.organisation == mentor.organisation,
                mentor.grade - mentee.grade == 2,
            ]
            for mentee, mentor in pairs
        )
        return len(pairs), total * UNIT

    return call


def tandemwerk_stable(problem: Problem) -> Call:
    """Ours with `objective="stable"`; the price against the best total is in the time."""
    from scipy.sparse import csr_array

    from tandemwerk.matching import assign

    shape = (len(problem["indptr"]) - 1, len(problem["seats"]))
    scores = csr_array((problem["fits"], problem["indices"], problem["indptr"]), shape=shape)

    def call() -> tuple[int, int]:
        found = assign(scores, problem["seats"], objective="stable")
        return int(np.count_nonzero(found.mentor_of >= 0)), round(found.total * UNIT)

    return call


def matching(problem: Problem) -> Call:
    """The package `matching`: a resident-hospital game over the same candidates."""
    import sys

    from matching.games import HospitalResident

    sys.setrecursionlimit(100_000)
    indptr, indices, fits = problem["indptr"], problem["indices"], problem["fits"]
    wanted, offered = {}, {}
    for row in range(len(indptr) - 1):
        edges = range(int(indptr[row]), int(indptr[row + 1]))
        wanted[row] = [int(indices[e]) for e in sorted(edges, key=lambda e: (-fits[e], e))]
        for edge in edges:
            offered.setdefault(int(indices[edge]), []).append((-fits[edge], row))
    mentors = {f"m{column}": [row for _, row in sorted(offered[column])] for column in offered}
    wanted = {row: [f"m{column}" for column in columns] for row, columns in wanted.items()}
    seats = {f"m{column}": int(problem["seats"][column]) for column in offered}

    def call() -> tuple[int, int]:
        game = HospitalResident.create_from_dictionaries(wanted, mentors, seats)
        solved = game.solve()
        mentor_of = np.full(len(indptr) - 1, -1)
        for hospital, residents in solved.items():
            for resident in residents:
                mentor_of[int(resident.name)] = int(str(hospital.name)[1:])
        return _reached(problem, mentor_of)

    return call


SOLVERS: dict[str, Callable[[Problem], Call]] = {
    function.__name__: function
    for function in (
        tandemwerk,
        scipy_dense,
        lapjv,
        lapx,
        scipy_sparse,
        ortools_flow,
        ortools_dense,
        tandemwerk_rules,
        mentor_match,
        tandemwerk_stable,
        matching,
    )
}
