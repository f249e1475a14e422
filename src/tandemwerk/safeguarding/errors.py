"""What can be refused in safeguarding."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class ReportEmpty(DomainError):
    code = "report_empty"
    message = _("Say in a few words what happened, or choose something from your room.")


class ReportTooLong(DomainError):
    code = "report_too_long"
    message = _("A report takes up to %(words)d characters and %(rows)d entries of your room.")


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
