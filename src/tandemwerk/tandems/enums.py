from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TandemState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("tandem", "Proposed")
    CHEMISTRY = "chemistry", pgettext_lazy("tandem", "Getting to know each other")
    ACTIVE = "active", pgettext_lazy("tandem", "Active")
    CLOSING = "closing", pgettext_lazy("tandem", "Closing")
    CLOSED = "closed", pgettext_lazy("tandem", "Closed")
    DECLINED = "declined", pgettext_lazy("tandem", "Not come about")
    DISSOLVED = "dissolved", pgettext_lazy("tandem", "Ended early")


class Answer(TextChoices):
    PENDING = "pending", pgettext_lazy("answer", "Not answered yet")
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class DeclineCode(TextChoices):
    """Why somebody says no; for themself, and for the coordinator only if they share it."""

    NO_TIME = "no_time", _("I have no time at the moment")
    TOPIC = "topic", _("The topic is not mine")
    TOO_CLOSE = "too_close", _("We know each other too well or work too closely")
    OTHER_PERSON = "other_person", _("I would like to meet somebody else")
    CHEMISTRY = "chemistry", _("The chemistry was not right")
    OTHER = "other", _("Another reason")
    NONE = "none", _("I would rather not say")


class EndCode(TextChoices):
    """Why a proposal or tandem ended, without blame and without who."""

    DECLINED = "declined", pgettext_lazy("end", "One of the two said no")
    EXPIRED = "expired", pgettext_lazy("end", "There was no answer in time")
    NO_CHEMISTRY = "no_chemistry", pgettext_lazy("end", "The chemistry was not right")
    NO_SEAT = "no_seat", pgettext_lazy("end", "The place was taken meanwhile")
    COMPLETED = "completed", pgettext_lazy("end", "Completed")
    EARLY = "early", pgettext_lazy("end", "Ended early")
    WITHDRAWN = "withdrawn", pgettext_lazy("end", "One of the two left the programme")


class CheckInAnswer(TextChoices):
    """The programme's only signal from a tandem."""

    ON_TRACK = "on_track", _("We are on track")
    HELP = "help", _("I would like help")
    END = "end", _("I would prefer to end it")


class HelpTopic(TextChoices):
    """Sentences to tick when asking for help; together with own words all that is sent."""

    TALK = "talk", _("I would like to talk to you about how it is going.")
    CONTACT = "contact", _("We find it hard to get in touch with each other.")
    DATES = "dates", _("We find no time that suits us both.")
    ROLE = "role", _("I am not sure what belongs to my role.")
    TOPIC = "topic", _("For my question I would need other experience.")
    FIT = "fit", _("I am not sure whether we suit each other.")
    BOUNDARY = "boundary", _("Something happened that I am not comfortable with.")
    CHANGE = "change", _("I would like another tandem.")


class HelpState(TextChoices):
    OPEN = "open", pgettext_lazy("help request", "Sent")
    TAKEN_UP = "taken_up", pgettext_lazy("help request", "Taken up")
    ANSWERED = "answered", pgettext_lazy("help request", "Answered")


class JoiningState(TextChoices):
    OPEN = "open", pgettext_lazy("joining", "Everybody is being asked")
    JOINED = "joined", pgettext_lazy("joining", "Has joined")
    DECLINED = "declined", pgettext_lazy("joining", "Not come about")
    EXPIRED = "expired", pgettext_lazy("joining", "Not everybody answered in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("joining", "Taken back")
