"""Exact search in large populations: the best mentors for one, for a cohort, and assignment.

See docs/explanation/search.md for how it works and what it costs.
"""

from .assigning import PopulationAssignment, assign_population
from .batches import Spread
from .cohorts import Candidates, candidates
from .population import Population
from .spreading import Processes, RayTasks

__all__ = [
    "Candidates",
    "Population",
    "PopulationAssignment",
    "Processes",
    "RayTasks",
    "Spread",
    "assign_population",
    "candidates",
]
