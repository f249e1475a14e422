"""A mentor's seats as columns of their own, so that each seat may be worth something else."""

import numpy as np

from .market import Floats, Longs, Market


def rooms(part: Market) -> Longs:
    """Seats per mentor that can be used at all: not more than mentees who may sit there."""
    return np.minimum(part.seats, np.bincount(part.columns, minlength=part.mentors))


def unit_mentors(room: Longs) -> tuple[Longs, Longs]:
    """Of every seat its mentor and its place among the mentor's seats, from 0."""
    mentor = np.repeat(np.arange(len(room)), room)
    return mentor, np.arange(len(mentor)) - (np.cumsum(room) - room)[mentor]


def unit_market(part: Market, room: Longs, extra: Floats) -> Market:
    """The part with one column per seat; extra: what each seat adds to a fit, (seats,).

    Cost: memory for every pair times the seats of its mentor.
    """
    times = room[part.columns]
    ends = np.concatenate(([0], np.cumsum(times)))
    edge = np.repeat(np.arange(part.edges), times)
    first = np.cumsum(room) - room
    unit = first[part.columns[edge]] + np.arange(ends[-1]) - ends[edge]
    return Market(
        ends[part.indptr],
        unit.astype(np.int32),
        part.fits[edge] + extra[unit],
        np.ones(len(extra), dtype=np.int64),
    )
