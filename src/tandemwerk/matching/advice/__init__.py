"""Answers for the coordinator: why unmatched, who else, what a change would do, why not."""

from .changes import Alternative, Effect, alternatives, move_effect, swap_effect, why_unmatched
from .why_not import Move, WhyNot, why_not

__all__ = [
    "Alternative",
    "Effect",
    "Move",
    "WhyNot",
    "alternatives",
    "move_effect",
    "swap_effect",
    "why_not",
    "why_unmatched",
]
