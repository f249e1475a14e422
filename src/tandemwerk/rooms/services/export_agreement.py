"""Agreement, looks back and last words, to take along."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tandemwerk.rooms.models import ClosingWords
from tandemwerk.rooms.selectors.agreement import AgreementRead, AgreementState, agreements_read
from tandemwerk.rooms.selectors.closing import closing_read
from tandemwerk.rooms.selectors.reviews import ReviewRead, reviews_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.export import Entry, Part, Words

STATES = {
    AgreementState.IN_FORCE: gettext_lazy("in force"),
    AgreementState.PROPOSED: gettext_lazy("proposed, not signed by everybody"),
    AgreementState.EARLIER: gettext_lazy("was in force before"),
    AgreementState.REPLACED: gettext_lazy("replaced before everybody had signed"),
}


def agreement_part(room: Room) -> Part:
    """Every version with its signatures. Two queries."""
    versions = agreements_read(room).versions
    return Part(
        title=_("Agreement"),
        entries=[_version_entry(version) for version in versions],
        data=[_version_data(version) for version in versions],
    )


def reviews_part(room: Room) -> Part:
    """Every look back with the answers the asking member may read. Two queries."""
    reviews = reviews_read(room)
    return Part(
        title=_("Looks back"),
        entries=[_review_entry(review) for review in reviews],
        data=[_review_data(review) for review in reviews],
    )


def closing_part(room: Room) -> Part:
    """The own last words, and thanks of the others once they may be read. Four queries."""
    read = closing_read(room)
    said = [(_("My thanks"), read.thanks), (_("What stays for me"), read.stays)]
    said += [(thanks.name, thanks.text) for thanks in read.received]
    entries = [Entry(title=title, text=text) for title, text in said if text]
    own = room.rows(ClosingWords).filter(author=room.me).values_list("pk", flat=True).first()
    data = {
        "id": own,
        "thanks": read.thanks,
        "stays": read.stays,
        "received": [{"name": each.name, "text": each.text} for each in read.received],
    }
    return Part(title=_("Last words"), entries=entries, data=data)


def _version_entry(version: AgreementRead) -> Entry:
    facts: list[tuple[Words, Any]] = [(_("State"), STATES[version.state])]
    if version.in_force_at:
        facts.append((_("In force since"), date_format(timezone.localtime(version.in_force_at))))
    for signature in version.signatures:
        day = date_format(timezone.localtime(signature.on))
        facts.append((_("Signed by"), f"{signature.name}, {day}"))
    title = _("Version %(number)d") % {"number": version.number}
    text = "\n\n".join(f"{each.lead} {each.text}".strip() for each in version.paragraphs)
    return Entry(title=title, text=text, facts=facts)


def _version_data(version: AgreementRead) -> dict[str, Any]:
    return {
        "id": version.id,
        "number": version.number,
        "state": version.state,
        "text": version.text,
        "reads": [f"{each.lead} {each.text}".strip() for each in version.paragraphs],
        "filled": version.filled,
        "signatures": [{"name": each.name, "on": each.on} for each in version.signatures],
        "proposed_at": version.proposed_at,
        "in_force_at": version.in_force_at,
    }


def _review_entry(review: ReviewRead) -> Entry:
    facts = [
        (said.question, f"{_('Me') if voice.is_me else voice.name}: {answer}")
        for said in review.together
        for voice, answer in said.voices
    ]
    day = date_format(timezone.localtime(review.began_at))
    return Entry(title=f"{review.occasion.label} · {day}", facts=facts)


def _review_data(review: ReviewRead) -> dict[str, Any]:
    return {
        "id": review.id,
        "occasion": review.occasion,
        "began_at": review.began_at,
        "questions": review.questions,
        "answers": [
            {"name": voice.name, "answers": voice.answers}
            for voice in review.voices
            if voice.answers
        ],
    }
