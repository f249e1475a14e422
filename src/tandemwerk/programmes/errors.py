"""What can be refused in programmes."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class NoSeatLeft(DomainError):
    code = "no_seat_left"
    message = _("All places of %(name)s are taken. Please choose another proposal.")


class SeatsBelowTaken(DomainError):
    code = "seats_below_taken"
    message = _(
        "%(taken)d places are taken or promised in open proposals. "
        "Please choose at least %(taken)d."
    )


class MenteeHasOneSeat(DomainError):
    code = "mentee_has_one_seat"
    message = _("A mentee has one place; only a mentor's places can be changed.")


class ParticipationStateMoved(DomainError):
    code = "participation_state_moved"
    message = _(
        "This is not possible while the state is “%(state)s”. "
        "Please reload the page and look at the person again."
    )


class ParticipationInTandem(DomainError):
    code = "participation_in_tandem"
    message = _(
        "%(name)s is in a tandem or has an open proposal. Please end that first, then try again."
    )


class AlreadyTakesPart(DomainError):
    code = "already_takes_part"
    message = _("%(email)s already takes part in this cohort in this role.")


class ProgrammeArchived(DomainError):
    code = "programme_archived"
    message = _("This programme is archived. Bring it back in its settings to change anything.")


class CohortDatesInvalid(DomainError):
    code = "cohort_dates_invalid"
    message = _(
        "These dates don't follow each other. They must come in this order: registration ends, "
        "matching, kick-off, midpoint, closing."
    )
    status = 422


class CohortNameTaken(DomainError):
    code = "cohort_name_taken"
    message = _("There is a cohort with this name. Please choose another one.")


class RegistrationClosed(DomainError):
    code = "registration_closed"
    message = _("Registration has closed. Please ask the coordinator for the next cohort.")


class LastCoordinator(DomainError):
    code = "last_coordinator"
    message = _("A programme needs somebody who runs it. Please add another person first.")


class NoSuchAccount(DomainError):
    code = "no_such_account"
    message = _(
        "Nobody here can log in with %(email)s yet. "
        "Please ask the person to create an account first, then add them."
    )


class InvitationNotOpen(DomainError):
    code = "invitation_not_open"
    message = _("This invitation has already been answered or has expired.")


class InvitationNeedsLogin(DomainError):
    code = "invitation_needs_login"
    message = _("There is an account for this mail address. Please log in to accept.")


class WizardIncomplete(DomainError):
    code = "wizard_incomplete"
    message = _("Something is still missing. Please go through the steps once more.")


class ImportNotReady(DomainError):
    code = "import_not_ready"
    message = _("This list has moved on meanwhile. Please reload the page.")


class ImportHasErrors(DomainError):
    code = "import_has_errors"
    message = _(
        "%(count)d rows have errors. Correct the file and upload it again, "
        "or decide to leave these rows out."
    )


class ImportNothingToDo(DomainError):
    code = "import_nothing_to_do"
    message = _("There is no row to take over. Please correct the file and upload it again.")


class ImportColumnMissing(DomainError):
    code = "import_column_missing"
    message = _("Please choose the column with the mail address; without it nobody can be invited.")


class ImportColumnTwice(DomainError):
    code = "import_column_twice"
    message = _("“%(field)s” is chosen for two columns. Please keep only one of them.")


class FileRefused(DomainError):
    """A list can't be read at all; every subclass has a sentence of its own."""

    code = "file_refused"
    message = _("This file can't be read as a list. Please save it as CSV or XLSX.")
    status = 422


class FileEmpty(FileRefused):
    code = "file_empty"
    message = _("The file has no rows below its headings. Please upload a list with people in it.")


class FileBlank(FileRefused):
    code = "file_blank"
    message = _("There is nothing in this file. Please upload a list with headings and people.")


class FileHeadingsMissing(FileRefused):
    code = "file_headings_missing"
    message = _(
        "The first row holds “%(cell)s” where a heading belongs. "
        "Please put a row with headings such as “E-mail” and “Name” above the people."
    )


class FileTooLarge(FileRefused):
    code = "file_too_large"
    message = _("The file is larger than %(most)d MB. Please split the list into smaller files.")


class FileTooManyRows(FileRefused):
    code = "file_too_many_rows"
    message = _("The list has more than %(most)s rows. Please split it into smaller files.")


class FileTooManyColumns(FileRefused):
    code = "file_too_many_columns"
    message = _("The list has more than %(most)d columns. Please keep only those you need.")


class FileIsOldExcel(FileRefused):
    code = "file_is_old_excel"
    message = _(
        "This is an old Excel file (.xls) or protected by a password. "
        "Open it in Excel and save it as “Excel workbook (.xlsx)” without a password."
    )


class FileIsNotATable(FileRefused):
    code = "file_is_not_a_table"
    message = _("This is not a CSV or XLSX file. Please save the list in one of these formats.")


class FileBroken(FileRefused):
    code = "file_broken"
    message = _("The file is damaged or cut off. Please save it once more and upload it again.")


class FileUnpacksTooLarge(FileRefused):
    code = "file_unpacks_too_large"
    message = _(
        "The workbook is too large once unpacked. Please save only the sheet with the list."
    )


class CellTooLong(FileRefused):
    code = "cell_too_long"
    message = _("Row %(row)d has a cell with more than %(most)s characters. Please shorten it.")


class FileEncodingUnknown(FileRefused):
    code = "file_encoding_unknown"
    message = _(
        "The letters in this file can't be read. "
        "Please save it as “CSV UTF-8” or as an Excel workbook (.xlsx)."
    )


class FileColumnTwice(FileRefused):
    code = "file_column_twice"
    message = _("Two columns are headed “%(column)s”. Please rename or remove one of them.")


class FileRowTooLong(FileRefused):
    code = "file_row_too_long"
    message = _(
        "Row %(row)d has more cells than the headings. "
        "Please give every column a heading; texts with a delimiter belong in quotation marks."
    )


class FileRowUnreadable(FileRefused):
    code = "file_row_unreadable"
    message = _(
        "Row %(row)d can't be read; most likely a quotation mark is not closed. "
        "Please correct it or save the list as an Excel workbook (.xlsx)."
    )


class TemplateUnknown(DomainError):
    code = "template_unknown"
    message = _("There is no such template. There are: %(known)s.")
    status = 422


class CriteriaInvalid(DomainError):
    code = "criteria_invalid"
    message = _("These criteria can't be used: %(problem)s")
    status = 422


class BlankUnknown(DomainError):
    code = "blank_unknown"
    message = _("Nobody knows what to put for {{%(blank)s}}. Please correct or remove it.")
    status = 422


class ImportFieldUnknown(DomainError):
    code = "import_field_unknown"
    message = _(
        "There is no field “%(field)s” for these people, or no column %(column)d. "
        "Please send a column of the list and a field from the list of the API."
    )
    status = 422


class JourneyInvalid(DomainError):
    code = "journey_invalid"
    message = _("This journey can't be published yet. %(problem)s")
    status = 422


class JourneyUnchanged(DomainError):
    code = "journey_unchanged"
    message = _("This is the newest version already; there is nothing to publish.")


class MaterialTooLarge(DomainError):
    code = "material_too_large"
    message = _("This file is larger than %(most)d MB. Please choose a smaller one or a link.")
    status = 422


class MaterialKindRefused(DomainError):
    code = "material_kind_refused"
    message = _("Only PDF files and pictures (PNG, JPEG, GIF, WebP) can be kept here.")
    status = 422


class MaterialIncomplete(DomainError):
    code = "material_incomplete"
    message = _(
        "A title is needed in one language at least; a link needs an address and nothing else has "
        "one, and a page needs a text."
    )
    status = 422


class AccentTooLight(DomainError):
    code = "accent_too_light"
    message = _(
        "Take a darker colour: words in it must be readable on white. It needs a contrast of "
        "%(least)s, this one has %(found)s."
    )
    status = 422


class LogoRefused(DomainError):
    code = "logo_refused"
    message = _(
        "A logo is a PNG or JPEG picture of up to 1 MB and 16 megapixels, and stands still."
    )
    status = 422
