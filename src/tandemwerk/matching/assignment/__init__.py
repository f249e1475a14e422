"""Assign a whole cohort, exactly, with proof. See `assign`."""

from .assign import CARDINALITIES, OBJECTIVES, assign, assignment_of
from .certificate import Verdict, verify
from .result import UNMATCHED, Assignment, Certificate

__all__ = [
    "CARDINALITIES",
    "OBJECTIVES",
    "UNMATCHED",
    "Assignment",
    "Certificate",
    "Verdict",
    "assign",
    "assignment_of",
    "verify",
]
