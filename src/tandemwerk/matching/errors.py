"""Errors of the matching package: a stable code for machines, parameters for a sentence.

`str(error)` is plain English for logs and developers; `wording.error_text` gives the sentence a
person reads, in German or English.
"""

from collections.abc import Mapping


class MatchingError(ValueError):
    """Something about the input is wrong.

    `code` never changes once released; `params` names the place (`row`, `column`, `person`, ...)
    with zero-based indices for matrices and one-based row numbers for files.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        details = ", ".join(f"{key}={value!r}" for key, value in params.items())
        super().__init__(f"{code} ({details})" if details else code)
        self.code = code
        self.params: Mapping[str, object] = params

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, dict(self.params)))


def _rebuild(kind: type[MatchingError], code: str, params: dict[str, object]) -> MatchingError:
    return kind(code, **params)


class ProfileError(MatchingError):
    """A person's row holds a value outside its range; `params`: person, field, value."""


class CriteriaError(MatchingError):
    """The criteria are not usable; `params`: key, value."""


class CatalogueError(MatchingError):
    """The topic catalogue contradicts itself; `params`: slug or area."""


class ScoresError(MatchingError):
    """The score matrix is not usable; `params`: row, column or shape."""


class CapacityError(MatchingError):
    """The seats are not usable; `params`: column, value or shape."""


class LockError(MatchingError):
    """Fixed pairs contradict each other or the rules; `params`: row, column."""


class ObjectiveError(MatchingError):
    """The objective is unknown; `params`: objective."""


class TableError(MatchingError):
    """A file cannot be read as a table; `params`: file and, where known, row and column."""


class TextModelError(MatchingError):
    """The model for free text is not usable; `params`: folder and, where known, file or detail."""


class SyntheticError(MatchingError):
    """A synthetic population can't be made; `params`: side, value, limit."""


class LearningError(MatchingError):
    """Meetings can't be learned from; `params`: row (zero-based), column or limit."""


class SpreadError(MatchingError):
    """Work can't be spread over processes or machines; `params`: workers, value or extra."""
