"""What can be refused in safeguarding."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class ReportEmpty(DomainError):
    code = "report_empty"
    message = _("Say in a few words what happened, or choose something from your room.")


class ReportTooLong(DomainError):
    code = "report_too_long"
    message = _("A report takes up to %(words)d characters and %(rows)d entries of your room.")


class ReportTooLarge(DomainError):
    code = "report_too_large"
    message = _(
        "The chosen files have more than %(megabytes)d MB together. Leave some out, and send them "
        "with a second report."
    )
    status = 422


class TooManyReports(DomainError):
    code = "too_many_reports"
    message = _(
        "You have sent %(most)d reports within a day; they are kept. Write again tomorrow, or turn "
        "to one of the people who read them. %(emergency)s"
    )
    status = 429


class ReportRowUnknown(DomainError):
    code = "report_row_unknown"
    message = _(
        "One of the chosen entries is not in your room any more, or belongs to a tandem of another "
        "organisation. Look at your choice once more."
    )


class ReportIdTaken(DomainError):
    code = "report_id_taken"
    message = _("This id is already in use. Choose a new random one for every report.")


class CaseClosed(DomainError):
    code = "case_closed"
    message = _("This case is closed. Open it again first.")
    is_stale = True


class CaseNotClosed(DomainError):
    code = "case_not_closed"
    message = _("Only a closed case can be opened again. Reload the page to see how it stands.")
    is_stale = True


class DeletionDateInvalid(DomainError):
    code = "deletion_date_invalid"
    message = _("Choose a day for the deletion between tomorrow and ten years from now.")


class SafeguarderNotOpen(DomainError):
    code = "safeguarder_not_open"
    message = _("This question is not open any more. Ask the owner of the organisation.")


class SafeguarderNeedsLogin(DomainError):
    code = "safeguarder_needs_login"
    message = _("There is an account with this mail address. Log in first, then open the link.")


class EnoughSafeguarders(DomainError):
    code = "enough_safeguarders"
    message = _("Up to %(most)d people may read reports. Remove one of them first.")


class CaseReaderUnfit(DomainError):
    code = "case_reader_unfit"
    message = _("This person cannot read this report. Reload the page and choose from the list.")
    is_stale = True


class OwnerNamesThemself(DomainError):
    code = "owner_names_themself"
    message = _(
        "Whoever names the safeguarding people cannot be one of them: reports may be about the "
        "owner. Choose somebody independent."
    )
