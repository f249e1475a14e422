"""The words of each action: what it says, what its button says, which picture it has."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tandemwerk.reports.priorities import Action, Kind

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Words:
    """Title and text may hold %(about)s, %(context)s and %(count)d."""

    title: Text
    text: Text
    button: Text
    icon: str


@dataclass(frozen=True, slots=True)
class Card:
    """An action as the page shows it; the subject above the title tells two of a kind apart."""

    action: Action
    subject: str
    title: str
    text: str
    button: str
    icon: str
    url: str


def card(action: Action) -> Card:
    """The action in the reader's words. No query."""
    words = WORDS[action.kind]
    values = {"about": action.about, "context": action.context, "count": action.count}
    subject, text = _parted(str(words.text % values), action.about)
    return Card(
        action=action,
        subject=subject,
        title=str(words.title % values),
        text=text,
        button=str(words.button),
        icon=words.icon,
        url=_url(action),
    )


def _parted(text: str, about: str) -> tuple[str, str]:
    """A text that begins with its subject ("2027: check …") as subject and sentence."""
    begin = f"{about}: "
    if not about or not text.startswith(begin):
        return "", text
    rest = text.removeprefix(begin)
    return about, rest[:1].upper() + rest[1:]


def _url(action: Action) -> str:
    if action.route is None:
        return ""
    name, pk = action.route
    return reverse(name, args=[] if pk is None else [pk])


WORDS: Mapping[Kind, Words] = {
    Kind.ANSWER_PROPOSAL: Words(
        _("Meet %(about)s?"),
        _("%(context)s has a proposal for you. Read why, and say yes or no."),
        _("Read the proposal"),
        "mail",
    ),
    Kind.CONFIRM: Words(
        _("Would you like to go on with %(about)s?"),
        _("You have met. Say how it goes on; the other one only learns what both answers lead to."),
        _("Answer"),
        "heart-handshake",
    ),
    Kind.RECORD_MEETING: Words(
        _("Get to know %(about)s"),
        _("You both said yes. Arrange a first talk, then enter here when you met."),
        _("To the tandem"),
        "message-circle",
    ),
    Kind.NEXT_STEP: Words(
        _("Your tandem with %(about)s"),
        "%(context)s",
        _("To the tandem"),
        "route",
    ),
    Kind.PREPARE: Words(
        _("Get ready for your mentoring"),
        _("Short steps of two minutes for %(context)s: first meeting, trust, ending well."),
        _("Read on"),
        "book-open",
    ),
    Kind.WAITING_FOR_OTHER: Words(
        _("%(about)s: you have answered"),
        _("As soon as the other answer is there we write to you."),
        _("To the tandem"),
        "hourglass",
    ),
    Kind.PROFILE_INCOMPLETE: Words(
        _("Complete your profile"),
        _("For %(context)s your topics or languages are missing. They decide who is proposed."),
        _("To my profile"),
        "user",
    ),
    Kind.WAITING_FOR_MATCH: Words(
        _("You are in the pool of %(context)s"),
        _("Your profile has what it needs. As soon as there is a proposal we write to you."),
        _("Look at my profile"),
        "hourglass",
    ),
    Kind.PAUSED: Words(
        _("You are taking a break in %(context)s"),
        _("You get no proposals until the break ends."),
        _("Settings"),
        "pause",
    ),
    Kind.RUN_FAILED: Words(
        _("The calculation failed"),
        _("%(about)s: nothing was lost. Look at the reason and start again."),
        _("To the runs"),
        "triangle-alert",
    ),
    Kind.RUN_READY: Words(
        _("Proposals are ready to be looked at"),
        _("%(about)s: check the pairs, change what you know better, then publish."),
        _("To the board"),
        "git-compare-arrows",
    ),
    Kind.IMPORT_ERRORS: Words(
        _("Rows of an import have errors"),
        ngettext_lazy(
            "%(about)s: one row was left out. Correct it and import it again.",
            "%(about)s: %(count)d rows were left out. Correct them and import them again.",
            "count",
        ),
        _("Look at the errors"),
        "file-text",
    ),
    Kind.IMPORT_FAILED: Words(
        _("An import failed"),
        _("%(about)s: nothing was changed. Look at the reason and try again."),
        _("To the imports"),
        "triangle-alert",
    ),
    Kind.IMPORT_OPEN: Words(
        _("An import waits to be taken over"),
        _("%(about)s: the list is uploaded, but nobody is in the cohort yet."),
        _("Go on"),
        "upload",
    ),
    Kind.DEADLINES_NEAR: Words(
        _("Deadlines are near"),
        ngettext_lazy(
            "%(about)s: one tandem has three days or less. A short call often helps.",
            "%(about)s: %(count)d tandems have three days or less. A short call often helps.",
            "count",
        ),
        _("Look at them"),
        "clock",
    ),
    Kind.COHORT_READY: Words(
        _("Ready to be matched"),
        ngettext_lazy(
            "%(about)s: one mentee with a complete profile, and mentors with free places.",
            "%(about)s: %(count)d mentees with a complete profile, and mentors with free places.",
            "count",
        ),
        _("To matching"),
        "sparkles",
    ),
    Kind.UNMATCHED: Words(
        _("Somebody is still without a tandem"),
        ngettext_lazy(
            "%(about)s: one mentee waits, and there are free places. Calculate again.",
            "%(about)s: %(count)d mentees wait, and there are free places. Calculate again.",
            "count",
        ),
        _("To matching"),
        "users",
    ),
    Kind.PROFILES_INCOMPLETE: Words(
        _("Profiles are incomplete"),
        ngettext_lazy(
            "%(about)s: one person has no topics or no language yet and can't be matched.",
            "%(about)s: %(count)d people have no topics or no language yet and can't be matched.",
            "count",
        ),
        _("To the cohort"),
        "user-x",
    ),
    Kind.COHORT_EMPTY: Words(
        _("Bring in the people"),
        _("%(about)s is set up, but empty. Import your lists of mentees and mentors."),
        _("Import a list"),
        "user-plus",
    ),
    Kind.PROGRAMME_EMPTY: Words(
        _("Give %(about)s its first cohort"),
        _("A cohort has the dates and the people of one round."),
        _("Create a cohort"),
        "calendar-days",
    ),
    Kind.NO_PROGRAMME: Words(
        _("Set up your first programme"),
        _("Choose a template, change what you like, and invite people. Ten minutes are enough."),
        _("Begin"),
        "plus",
    ),
    Kind.NO_ORGANISATION: Words(
        _("Create the first organisation"),
        _("Programmes belong to an organisation, and its owners set them up."),
        _("Create an organisation"),
        "building-2",
    ),
    Kind.MAILS_FAILED: Words(
        _("Mails could not be sent"),
        ngettext_lazy(
            "One mail was given up. On the server “tandemwerk manage outbox” shows why.",
            "%(count)d mails were given up. On the server “tandemwerk manage outbox” shows why.",
            "count",
        ),
        "",
        "mail",
    ),
}
