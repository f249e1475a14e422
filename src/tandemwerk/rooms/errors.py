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


class TooManyNotes(DomainError):
    code = "too_many_notes"
    message = _("A room holds up to %(most)d notes. Remove one that you no longer need first.")


class NoteTooLong(DomainError):
    code = "note_too_long"
    message = _(
        "A note holds up to %(most)d characters, its title up to %(title)d. "
        "Shorten it, or go on in a new note."
    )


class NoteStepBroken(DomainError):
    code = "note_step_broken"
    message = _("This step of writing can't be read. Copy your text and reload the page.")
    is_stale = True


class AgendaThere(DomainError):
    code = "agenda_there"
    message = _("There is already an agenda for the next talk. Put your points there.")
    is_stale = True


class FileKindRefused(DomainError):
    code = "file_kind_refused"
    message = _(
        "Rooms take PDF, pictures (JPEG, PNG, WebP), office documents (DOCX, XLSX, PPTX, ODT, ODS, "
        "ODP) and plain text (TXT, MD, CSV). Save the file as one of these and try again."
    )
    status = 422


class FileDiffers(DomainError):
    code = "file_differs"
    message = _(
        "This is not a whole file of the kind its name says (%(ending)s), or it holds a program. "
        "Save it anew with the program it comes from and try again."
    )
    status = 422


class ImageTooLarge(DomainError):
    code = "image_too_large"
    message = _("Pictures may have up to %(most)d megapixels. Please make it smaller.")
    status = 422


class RoomFileTooLarge(DomainError):
    code = "room_file_too_large"
    message = _("A file may have up to %(most)d MB. Please make it smaller or share a link to it.")
    status = 422


class RoomFileEmpty(DomainError):
    code = "room_file_empty"
    message = _("This file is empty. Please choose one with something in it.")
    status = 422


class RoomFull(DomainError):
    code = "room_full"
    message = _(
        "A room holds up to %(files)d files with %(most)d MB together. Remove one you no longer "
        "need first."
    )
