"""Matching of mentees and mentors: score, assign, explain. Pure Python, NumPy and SciPy.

A run in five lines: read people, `score` every pair, `assign` the whole cohort, `explain` a pair,
and turn the reasons into words with `reason_text`.
"""

from .assignment import OBJECTIVES, UNMATCHED, Assignment, assign
from .catalogue import Area, Topic, areas, find_topic, topics
from .criteria import DEFAULT_WEIGHTS, Criteria, Criterion
from .errors import (
    CapacityError,
    CatalogueError,
    CriteriaError,
    LockError,
    MatchingError,
    ObjectiveError,
    ProfileError,
    ScoresError,
    TableError,
)
from .profiles import Mentee, Mentor, Person, Role
from .rules import Rule
from .scoring import Scores, score

__all__ = [
    "DEFAULT_WEIGHTS",
    "OBJECTIVES",
    "UNMATCHED",
    "Area",
    "Assignment",
    "CapacityError",
    "CatalogueError",
    "Criteria",
    "CriteriaError",
    "Criterion",
    "LockError",
    "MatchingError",
    "Mentee",
    "Mentor",
    "ObjectiveError",
    "Person",
    "ProfileError",
    "Role",
    "Rule",
    "Scores",
    "ScoresError",
    "TableError",
    "Topic",
    "areas",
    "assign",
    "find_topic",
    "score",
    "topics",
]
