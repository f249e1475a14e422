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
