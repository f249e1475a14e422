"""Words that help two strangers to begin: tips and questions for the chemistry meeting."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.enums import Role

TIPS = (
    _("Suggest two dates at once. That spares both of you three mails."),
    _("Half an hour is enough, by video, on the phone or over a coffee."),
    _("Tell each other something true rather than something impressive."),
    _("It is no job interview. Both of you are finding out, and both may say no."),
)

_FOR_MENTEES = (
    _("What made you become a mentor, and what did somebody once do for you?"),
    _("Which turn in your own path would you not have expected ten years ago?"),
    _("How do you notice that a conversation has moved somebody forward?"),
    _("What I would like to change by the end of our time is … Where would you begin?"),
    _("When do you prefer to talk, and how direct may we be with each other?"),
)
_FOR_MENTORS = (
    _("What made you sign up just now, and not a year ago or in a year?"),
    _("What would have to be different in six months for you to say: that was worth it?"),
    _("Who has helped you well before, and what exactly did they do?"),
    _("What should I ask you when you go round in circles?"),
    _("When do you prefer to talk, and how direct may we be with each other?"),
)

STARTERS = {Role.MENTEE: _FOR_MENTEES, Role.MENTOR: _FOR_MENTORS}


def guidance(role: Role) -> dict[str, Any]:
    """What a page of a tandem offers somebody in `role`: tips for the first talk, and openings."""
    return {"tips": TIPS, "starters": STARTERS[role]}
