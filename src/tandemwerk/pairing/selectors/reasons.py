"""Stored reasons as the engine's, with the words of the reader's language in them."""

from collections.abc import Mapping
from typing import Any

from tandemwerk.matching import Reason
from tandemwerk.people.selectors.words import choice_name

NAMED = {"function": ("function", "mentee", "mentor"), "industry": ("industry", "mentee", "mentor")}


def reason_read(entry: Mapping[str, Any], language: str) -> Reason:
    """A stored reason, ready for `reason_text`; functions and industries have their names.

    Raises KeyError, ValueError or TypeError for anything the engine did not write. No query.
    """
    reason = Reason.from_dict(entry)
    kind = str(reason.criterion)
    if kind not in NAMED:
        return reason
    params = {
        name: choice_name(kind, str(value), language) if name in NAMED[kind] else value
        for name, value in reason.params.items()
    }
    return Reason(reason.code, params, reason.points, reason.criterion, reason.possible)
