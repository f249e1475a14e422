"""What can be refused in pairing."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class BoardStale(DomainError):
    """Two coordinators at one board: the second one's picture is old."""

    code = "board_stale"
    message = _(
        "This board was changed in another window or by somebody else, so nothing of yours was "
        "done. Reload the page and look again."
    )
    is_stale = True


class RunNotReady(DomainError):
    code = "run_not_ready"
    message = _(
        "This run cannot be changed any more; its state is: %(state)s. Start a new run from it."
    )


class RunEmpty(DomainError):
    code = "run_empty"
    message = _("There is no pair in this run, so there is nothing to publish.")


class KeepNeedsBestWhole(DomainError):
    """Keeping pairs is worked out for the best whole only."""

    code = "keep_needs_best_whole"
    message = _(
        "Pairs of the run before can be kept only if the run looks for the best whole. Choose "
        "that, or start the run without keeping pairs."
    )


class NothingToKeep(DomainError):
    code = "nothing_to_keep"
    message = _(
        "There is no board with pairs that could be kept. Start the run without keeping pairs."
    )


class NobodyToMatch(DomainError):
    """Raised before a run is made, and kept on the run if the pool emptied meanwhile."""

    code = "nobody_to_match"
    message = _(
        "There is nobody to match: it takes at least one mentee without a mentor and one mentor "
        "with a free place, both with a complete profile."
    )


class PairsNoLongerPossible(DomainError):
    """Somebody in the run found another tandem, paused or left since it was calculated."""

    code = "pairs_no_longer_possible"
    message = _(
        "Nothing was published. Meanwhile these people have no free place any more: %(names)s. "
        "Take them off the board or calculate again."
    )

    def __init__(self, *, names: list[str], **params: Any) -> None:
        super().__init__(names=", ".join(names), **params)


class MentorFull(DomainError):
    code = "mentor_full"
    message = _("%(name)s has no free place. Swap the two, or choose another mentor.")


class PairLocked(DomainError):
    code = "pair_locked"
    message = _("The pair of %(name)s is kept. Let it go first.")


class PairNotTogether(DomainError):
    code = "pair_not_together"
    message = _("%(mentee)s and %(mentor)s are not to be together. Allow the pair first.")


class PairKnownAlready(DomainError):
    code = "pair_known_already"
    message = _(
        "%(mentee)s and %(mentor)s were proposed to each other before. Choose somebody else."
    )


class PairNotAllowed(DomainError):
    """A hard rule or a must of the programme; `reason` is the rule in words."""

    code = "pair_not_allowed"
    message = _("%(mentee)s and %(mentor)s cannot be together: %(reason)s")


class NoChange(DomainError):
    code = "no_change"
    message = _("This changes nothing: the two are together already.")


class NotOnBoard(DomainError):
    code = "not_on_board"
    message = _("This person is not part of the run. Calculate again to include everybody.")


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    message = _("There is nothing to undo.")


class NothingToRedo(DomainError):
    code = "nothing_to_redo"
    message = _("There is nothing to redo.")


class RunNotRepeatable(DomainError):
    """The stored inputs give another result than the stored one."""

    code = "run_not_repeatable"
    message = _("Calculated again, run %(number)s gives another result: %(what)s.")


class NoProof(DomainError):
    """The run was calculated before proofs were kept."""

    code = "no_proof"
    message = _("This run keeps no proof of its result. Calculate again to get one.")


class RunTooLarge(DomainError):
    code = "run_too_large"
    message = _(
        "%(mentees)d mentees and %(mentors)d mentors are too many for one run. Divide the cohort."
    )
