"""Pages of the styleguide; they exist only in the demo and in debug mode and change nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.ui import toasts
from tandemwerk.ui.styleguide import board as sample
from tandemwerk.ui.styleguide import components

LARGEST = 1000
View = Callable[[HttpRequest], HttpResponse]


def demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or settings.DEMO):
            raise Http404
        return view(request)

    return guarded


@demo_only
def overview(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/styleguide.html", components.context(request))


def _count(request: HttpRequest) -> int:
    asked = request.GET.get("n") or request.COOKIES.get("board_n", "")
    return min(int(asked), LARGEST) if asked.isdecimal() and int(asked) >= 16 else 100


@demo_only
def board(request: HttpRequest) -> HttpResponse:
    """The board with invented people; `?n=500` for a large cohort."""
    count = _count(request)
    context = {"board": sample.board(count, request.GET)}
    target = request.headers.get("HX-Target", "")
    if target == "board-list":
        return render(request, "ui/board/list.html", context)
    if target == "board-detail":
        parts = {"detail": context["board"].detail, "urls": context["board"].urls}
        return render(request, "ui/board/detail.html", parts)
    response = render(request, "ui/styleguide_board.html", context)
    response.set_cookie("board_n", str(count), httponly=True, samesite="Lax")
    return response


@demo_only
def board_preview(request: HttpRequest) -> HttpResponse:
    count = _count(request)
    whole = sample.board(count, request.GET)
    try:
        shown = sample.preview(count, int(request.GET["mentee"]), request.GET["to"])
    except (KeyError, ValueError, StopIteration) as error:
        raise Http404 from error
    if request.headers.get("HX-Request"):
        parts = {"preview": shown, "urls": whole.urls}
        return render(request, "ui/board/preview.html", parts)
    whole = replace(whole, preview=shown, detail=sample.detail(count, shown.mentee))
    return render(request, "ui/styleguide_board.html", {"board": whole})


@demo_only
def board_act(request: HttpRequest) -> HttpResponse:
    act = request.POST.get("act", "")
    pk = int(request.POST.get("pair") or 1)
    toasts.undo(request, _("Pair kept.") if act == "lock" else _("Done."), request.get_full_path())
    is_locked = {"lock": True, "unlock": False}.get(act)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('ui:board')}?pair={pk}")
    answer = sample.after(_count(request), pk, is_locked, [pk])
    return render(request, "ui/board/changed.html", {"board": answer})


@demo_only
def board_move(request: HttpRequest) -> HttpResponse:
    pk = int(request.POST.get("mentee") or 1)
    _kind, _sep, other = request.POST.get("to", "").partition(":")
    touched = [pk, *([int(other)] if other else [])]
    toasts.undo(request, sample.done(len(touched)), request.get_full_path())
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('ui:board')}?pair={pk}")
    answer = sample.after(_count(request), pk, None, touched)
    return render(request, "ui/board/changed.html", {"board": answer})
