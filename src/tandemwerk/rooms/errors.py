"""What can be refused in a room."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class RoomReadOnly(DomainError):
    code = "room_read_only"
    message = _(
        "This room can still be read, but nothing can be added or changed any more. "
        "Take with you what you want to keep, with “Take the room with you”."
    )


class RoomRowTaken(DomainError):
    code = "room_row_taken"
    message = _("This id is already in use. Choose a new random one for every new entry.")


class RoomRowGone(DomainError):
    code = "room_row_gone"
    message = _("This has been removed in the meantime. Reload the page to see how it stands.")
    is_stale = True


class TooManyGoals(DomainError):
    code = "too_many_goals"
    message = _("A room holds up to %(most)d goals. Finish or remove one first.")


class TooManyActionItems(DomainError):
    code = "too_many_action_items"
    message = _("A room holds up to %(most)d open tasks. Tick some off or remove them first.")


class AgreementReplaced(DomainError):
    code = "agreement_replaced"
    message = _("There is a newer version of your agreement. Reload the page and read that one.")
    is_stale = True


class TooManyAgreements(DomainError):
    code = "too_many_agreements"
    message = _("There are %(most)d versions of your agreement; more cannot be kept.")


class ReviewOpen(DomainError):
    code = "review_open"
    message = _("A look back is still open. Finish that one first.")


class ReviewRead(DomainError):
    code = "review_read"
    message = _("The others can read your answers already, so they stay as they are.")


class ReviewNotAnswered(DomainError):
    code = "review_not_answered"
    message = _("Answer at least one question first.")


class TooManyReviews(DomainError):
    code = "too_many_reviews"
    message = _("There are %(most)d looks back in this room; more cannot be kept.")
