"""Assign a whole cohort, exactly, with proof. See `assign`."""

from .assign import CARDINALITIES, OBJECTIVES, assign, assignment_of
from .balanced import balance_bound
from .certificate import Verdict, verify
from .groups import Groups, assign_groups
from .increments import LiveAssignment
from .rematch import Rematch, rematch
from .result import UNMATCHED, Assignment, Balance, Certificate, Price
from .stable import blocking_pairs
from .wishes import Wishes, wishes_of

__all__ = [
    "CARDINALITIES",
    "OBJECTIVES",
    "UNMATCHED",
    "Assignment",
    "Balance",
    "Certificate",
    "Groups",
    "LiveAssignment",
    "Price",
    "Rematch",
    "Verdict",
    "Wishes",
    "assign",
    "assign_groups",
    "assignment_of",
    "balance_bound",
    "blocking_pairs",
    "rematch",
    "verify",
    "wishes_of",
]
