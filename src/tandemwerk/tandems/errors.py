"""What can be refused in tandems."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class TandemOver(DomainError):
    code = "tandem_over"
    message = _("This has ended in the meantime. The page shows what happened and how it goes on.")


class AnswerTooLate(DomainError):
    code = "answer_too_late"
    message = _(
        "The time for an answer has passed, so the proposal is no longer open. "
        "You are back among those who wait for a proposal."
    )


class PlaceTaken(DomainError):
    code = "place_taken"
    message = _(
        "You both said yes, but a place was taken by another tandem in the meantime. So this "
        "proposal has ended, and you are back among those who wait for a proposal."
    )


class NothingToAnswer(DomainError):
    code = "nothing_to_answer"
    message = _("There is nothing to answer at the moment. Reload the page to see how it stands.")


class MeetingNotRecorded(DomainError):
    code = "meeting_not_recorded"
    message = _("Please enter first when you met, then say how it goes on.")


class MeetingInFuture(DomainError):
    code = "meeting_in_future"
    message = _("This day is still to come. Enter the day once you have met.")


class MeetingBeforeProposal(DomainError):
    code = "meeting_before_proposal"
    message = _("Enter a day from %(date)s on: that is when you were proposed to each other.")


class MeetingSettled(DomainError):
    code = "meeting_settled"
    message = _("One of you has already answered, so the day of the meeting stays as it is.")


class TandemNotActive(DomainError):
    code = "tandem_not_active"
    message = _("Only a running tandem can be ended. Reload the page to see how it stands.")


class ClosingNotNow(DomainError):
    code = "closing_not_now"
    message = _(
        "That does not fit how your tandem stands now. Reload the page, it shows what is possible."
    )
    is_stale = True


class CertificateNotYet(DomainError):
    code = "certificate_not_yet"
    message = _("There is a certificate as soon as your tandem is brought to its end together.")


class CheckInClosed(DomainError):
    code = "check_in_closed"
    message = _(
        "This question is not open at the moment. An answer can be changed for a week; if you "
        "need something now, ask for help instead."
    )
    is_stale = True


class HelpAnswered(DomainError):
    code = "help_answered"
    message = _("This request has been answered already. Reload the page to see how it stands.")
    is_stale = True


class PauseNotAhead(DomainError):
    code = "pause_not_ahead"
    message = _("Choose a day that is still to come; on that day you go on.")


class PauseTooLong(DomainError):
    code = "pause_too_long"
    message = _(
        "A pause lasts eight weeks at most. If you need longer, ask the coordination for help."
    )


class TandemNotRunning(DomainError):
    code = "tandem_not_running"
    message = _("This is only possible while the tandem is running.")
    is_stale = True


class JoiningUnderWay(DomainError):
    code = "joining_under_way"
    message = _("Everybody is still being asked about another person. Wait, or take that back.")
    is_stale = True


class JoiningSettled(DomainError):
    code = "joining_settled"
    message = _("This has been settled in the meantime. Reload the page to see how it stands.")
    is_stale = True


class NobodyToAdd(DomainError):
    code = "nobody_to_add"
    message = _("This person cannot join at the moment. Choose somebody from the list.")


class GroupFull(DomainError):
    code = "group_full"
    message = _("A tandem holds up to %(most)d people.")


class PausedByCoordination(DomainError):
    code = "paused_by_coordination"
    message = _(
        "Your coordination has set you to pause, so it is they who can bring you back. Write to "
        "them that you would like a new proposal; everything in your profile is still there."
    )


class JourneyTooOld(DomainError):
    code = "journey_too_old"
    message = _("Meanwhile there is a newer version of the journey. Please look at it first.")
    is_stale = True


class TooManyHelpRequests(DomainError):
    code = "too_many_help_requests"
    message = _(
        "You have asked for help %(most)d times within a day; the coordination has all of it. "
        "Write again tomorrow. If somebody is in danger now, call 112."
    )
    status = 429
