"""Which parts of a room the search looks through, the export takes along, and reports may."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.rooms import models
from tandemwerk.rooms.selectors.disclosable import disclosable
from tandemwerk.rooms.selectors.files import files_findable
from tandemwerk.rooms.selectors.findable import (
    agreement_findable,
    notes_findable,
    reviews_findable,
)
from tandemwerk.rooms.selectors.goals import goals_findable, tasks_findable
from tandemwerk.rooms.selectors.search import room_search
from tandemwerk.rooms.services import disclosing
from tandemwerk.rooms.services.export import room_export
from tandemwerk.rooms.services.export_agreement import agreement_part, closing_part, reviews_part
from tandemwerk.rooms.services.export_files import files_part
from tandemwerk.rooms.services.export_goals import goals_part, tasks_part
from tandemwerk.rooms.services.export_notes import notes_part

room_search("goals", goals_findable, label=_("Goal"), order=20)
room_search("action_items", tasks_findable, label=_("Task"), order=21)
room_search("notes", notes_findable, label=pgettext_lazy("kind", "Note"), order=30)
room_search("agreement", agreement_findable, label=_("Agreement"), order=40)
room_search("reviews", reviews_findable, label=_("Look back"), order=41)
room_search("files", files_findable, label=_("File"), order=50)

room_export("agreement", agreement_part, of=(models.Agreement, models.AgreementSignature), order=10)
room_export("goals", goals_part, of=(models.Goal, models.GoalStep), order=20)
room_export("action_items", tasks_part, of=(models.ActionItem,), order=21)
room_export("notes", notes_part, of=(models.Note, models.NoteUpdate, models.NoteVersion), order=30)
room_export("reviews", reviews_part, of=(models.Review, models.ReviewAnswer), order=40)
room_export("closing", closing_part, of=(models.ClosingWords,), order=45)
room_export("files", files_part, of=(models.RoomFile,), order=50)

disclosable("goal", _("Goal"), disclosing.goals, of=(models.Goal, models.GoalStep))
disclosable("task", _("Task"), disclosing.action_items, of=(models.ActionItem,))
disclosable(
    "note", pgettext_lazy("kind", "Note"), disclosing.notes, of=(models.Note, models.NoteUpdate)
)
disclosable("talk", _("Talk"), disclosing.talks, of=(models.Note,))
disclosable(
    "note_version", _("Earlier version of a note"), disclosing.versions, of=(models.NoteVersion,)
)
disclosable(
    "agreement",
    _("Agreement"),
    disclosing.agreements,
    of=(models.Agreement, models.AgreementSignature),
)
disclosable("review", _("Look back"), disclosing.reviews, of=(models.Review, models.ReviewAnswer))
disclosable("closing", _("Last words"), disclosing.closing, of=(models.ClosingWords,))
disclosable("file", _("File"), disclosing.files, of=(models.RoomFile,))
