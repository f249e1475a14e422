"""Files: the list with a form, download, removal with a way back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn
from tandemwerk.rooms.forms.files import FileForm
from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors.files import files_read
from tandemwerk.rooms.selectors.room import room_or_404, row_or_404
from tandemwerk.rooms.services.downloads import file_answer
from tandemwerk.rooms.services.writing import row_remove, row_restore
from tandemwerk.rooms.views.shared import page
from tandemwerk.ui.toasts import undo


def file_list(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """All files, and the form for another one."""
    room = room_or_404(request.user, tandem_pk)
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if form.is_valid() and form.keep(room, timezone.now()):
        messages.success(request, _("The file is in your room."))
        return redirect("rooms:file_list", tandem_pk=room.pk)
    status = 422 if is_sent else 200
    context = page(room, "files", form=form, files=files_read(room))
    return render(request, "rooms/files.html", context, status=status)


def file_download(request: SignedIn, tandem_pk: int, file_pk: UUID) -> HttpResponse:
    """The file itself, to keep; never opened inside our pages."""
    room = room_or_404(request.user, tandem_pk)
    return file_answer(room, row_or_404(room, RoomFile, file_pk))


def file_remove(request: SignedIn, tandem_pk: int, file_pk: UUID) -> HttpResponse:
    """Remove a file, with a way back."""
    room = room_or_404(request.user, tandem_pk)
    row_remove(room=room, row=row_or_404(room, RoomFile, file_pk), now=timezone.now())
    undo(request, _("File removed."), reverse("rooms:file_restore", args=[room.pk, file_pk]))
    return redirect("rooms:file_list", tandem_pk=room.pk)


def file_restore(request: SignedIn, tandem_pk: int, file_pk: UUID) -> HttpResponse:
    """Bring a removed file back."""
    room = room_or_404(request.user, tandem_pk)
    row_restore(room=room, model=RoomFile, pk=file_pk, now=timezone.now())
    messages.success(request, _("The file is back."))
    return redirect("rooms:file_list", tandem_pk=room.pk)
