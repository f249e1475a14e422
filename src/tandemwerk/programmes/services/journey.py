"""Working on a programme's journey: a draft that several people share, and versions that stay."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.programmes.errors import JourneyInvalid, JourneyUnchanged
from tandemwerk.programmes.journey import Journey, differences, faults, phases_of
from tandemwerk.programmes.journey_words import sentence
from tandemwerk.programmes.models import JourneyDraft, JourneyVersion, Programme
from tandemwerk.programmes.services.programmes import require_editable


@transaction.atomic
def journey_draft_change(
    *, programme: Programme, change: Callable[[Journey], dict[str, Any]], now: datetime
) -> JourneyDraft:
    """Carry out one act on the draft, which begins as a copy of the newest version.

    The act sees the draft as it is at that moment, so two coordinators do not undo each other.
    Nothing changes for any tandem. Raises ProgrammeArchived.
    """
    programme = _locked(programme)
    draft = JourneyDraft.objects.filter(programme=programme).first()
    content = draft.content if draft else programme.journey
    changed = change(content)
    if draft is None:
        return JourneyDraft.objects.create(
            programme=programme, content=changed, before=content, changed_at=now
        )
    draft.content, draft.before, draft.changed_at = changed, content, now
    draft.save()
    return draft


@transaction.atomic
def journey_draft_undo(*, programme: Programme, now: datetime) -> None:
    """Take the last act on the draft back; done again, it is repeated. Raises ProgrammeArchived."""
    draft = JourneyDraft.objects.filter(programme=_locked(programme)).first()
    if draft is not None and draft.before is not None:
        draft.content, draft.before, draft.changed_at = draft.before, draft.content, now
        draft.save()


@transaction.atomic
def journey_draft_discard(*, programme: Programme) -> None:
    """Go back to the newest version; without a draft nothing happens. Raises ProgrammeArchived."""
    JourneyDraft.objects.filter(programme=_locked(programme)).delete()


@transaction.atomic
def journey_publish(
    *,
    programme: Programme,
    note: str,
    by: User,
    now: datetime,
    content: Journey | None = None,
) -> JourneyVersion:
    """Make the draft (or `content`) the newest version, for tandems that begin from now on.

    Running tandems keep theirs. `note`: a word on what changed. Raises ProgrammeArchived,
    JourneyInvalid, and JourneyUnchanged if it is the newest version already.
    """
    programme = _locked(programme)
    draft = JourneyDraft.objects.filter(programme=programme).first()
    if content is None:
        content = draft.content if draft else programme.journey
    if found := faults(content):
        raise JourneyInvalid(problem=sentence(found[0], content))
    if not differences(programme.journey, content) and _order(programme.journey) == _order(content):
        raise JourneyUnchanged
    _keep_present(programme, now)
    version = JourneyVersion.objects.create(
        programme=programme,
        number=programme.journey_number + 1,
        content=dict(content),
        note=note.strip(),
        made_by=by,
        made_at=now,
    )
    programme.journey, programme.journey_number = version.content, version.number
    programme.save(update_fields=["journey", "journey_number"])
    JourneyDraft.objects.filter(programme=programme).delete()
    audit_record(
        action="journey.publish",
        about=programme,
        by=by,
        now=now,
        programme_id=programme.pk,
        details={"number": version.number},
    )
    return version


def _locked(programme: Programme) -> Programme:
    found = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    require_editable(found)
    return found


def _keep_present(programme: Programme, now: datetime) -> None:
    """The version a programme was founded with becomes a row once there is a second one."""
    JourneyVersion.objects.get_or_create(
        programme=programme,
        number=programme.journey_number,
        defaults={"content": programme.journey, "made_at": programme.created_at},
    )


def _order(journey: Journey) -> list[str]:
    return [phase["key"] for phase in phases_of(journey)]
