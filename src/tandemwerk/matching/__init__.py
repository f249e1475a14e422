"""Matching of mentees and mentors: score, assign, explain. Pure Python, NumPy and SciPy.

A run in five lines: read people, `score` every pair, `assign` the whole cohort, `explain` a pair,
and turn the reasons into words with `reason_text`.
"""

from .advice import (
    Alternative,
    Effect,
    Move,
    WhyNot,
    alternatives,
    move_effect,
    swap_effect,
    why_not,
    why_unmatched,
)
from .assignment import (
    CARDINALITIES,
    OBJECTIVES,
    UNMATCHED,
    Assignment,
    Balance,
    Certificate,
    Price,
    Verdict,
    Wishes,
    assign,
    assignment_of,
    balance_bound,
    blocking_pairs,
    verify,
    wishes_of,
)
from .catalogue import Area, Topic, areas, find_topic, topics
from .criteria import DEFAULT_WEIGHTS, Criteria, Criterion
from .digest import ENGINE_VERSION, inputs_digest
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
from .population import CellProblem, load_population, resolve_wishes
from .profiles import Mentee, Mentor, Person, Role
from .ranking import Recommendation, rank
from .reasons import Explanation, Reason, explain
from .rules import Rule
from .scoring import Scores, score
from .wording import cell_text, error_text, fit_step, fit_word, is_shown_to, reason_text

__all__ = [
    "CARDINALITIES",
    "DEFAULT_WEIGHTS",
    "ENGINE_VERSION",
    "OBJECTIVES",
    "UNMATCHED",
    "Alternative",
    "Area",
    "Assignment",
    "Balance",
    "CapacityError",
    "CatalogueError",
    "CellProblem",
    "Certificate",
    "Criteria",
    "CriteriaError",
    "Criterion",
    "Effect",
    "Explanation",
    "LockError",
    "MatchingError",
    "Mentee",
    "Mentor",
    "Move",
    "ObjectiveError",
    "Person",
    "Price",
    "ProfileError",
    "Reason",
    "Recommendation",
    "Role",
    "Rule",
    "Scores",
    "ScoresError",
    "TableError",
    "Topic",
    "Verdict",
    "WhyNot",
    "Wishes",
    "alternatives",
    "areas",
    "assign",
    "assignment_of",
    "balance_bound",
    "blocking_pairs",
    "cell_text",
    "error_text",
    "explain",
    "find_topic",
    "fit_step",
    "fit_word",
    "inputs_digest",
    "is_shown_to",
    "load_population",
    "move_effect",
    "rank",
    "reason_text",
    "resolve_wishes",
    "score",
    "swap_effect",
    "topics",
    "verify",
    "why_not",
    "why_unmatched",
    "wishes_of",
]
