"""The set-up wizard: one thing per page, stop at any time, back without loss."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.matching import Criteria
from tandemwerk.programmes.forms.criteria import CriteriaForm
from tandemwerk.programmes.forms.wizard import STEPS, TITLES, Wizard, suggested_dates
from tandemwerk.programmes.selectors.visible import is_staff_somewhere, organisations_owned_by
from tandemwerk.programmes.services import wizard as services
from tandemwerk.programmes.services.agreement_text import GAPS
from tandemwerk.programmes.services.criteria_words import criteria_sentence
from tandemwerk.programmes.services.letters import MEANINGS
from tandemwerk.programmes.views.shared import signed_in
from tandemwerk.programmes.views.wizard_previews import preview_of

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "client_id", "go"})


def _wizard(request: HttpRequest) -> Wizard:
    """The person's wizard; 404 for people who own no organisation."""
    user = signed_in(request)
    organisations = organisations_owned_by(user)
    if not organisations:
        raise Http404
    now = timezone.now()
    first = STEPS[0] if len(organisations) > 1 else STEPS[1]
    draft = services.draft_of(user=user, now=now, first_step=first)
    return Wizard(draft, organisations, timezone.localdate())


def wizard_start(request: HttpRequest) -> HttpResponse:
    """Where the person stopped; operators without an organisation found one first."""
    user = signed_in(request)
    if not organisations_owned_by(user).exists():
        if user.is_operator:
            return redirect("programmes:organisation_create")
        raise Http404
    wizard = _wizard(request)
    step = wizard.draft.step if wizard.draft.step in wizard.steps else wizard.steps[0]
    return redirect("programmes:wizard_step", step=step)


def wizard_step(request: HttpRequest, step: str) -> HttpResponse:
    wizard = _wizard(request)
    if step not in wizard.steps:
        raise Http404
    if step == "review":
        return _review(request, wizard)
    if request.method != "POST":
        return _page(request, wizard, step, wizard.form(step))
    go, form = request.POST.get("go", "on"), wizard.form(step, request.POST)
    is_leaving = go in {"back", "later"}
    if not form.is_valid() and not is_leaving:
        return _page(request, wizard, step, form, status=422)
    return _kept(request, wizard, step, go)


def _kept(request: HttpRequest, wizard: Wizard, step: str, go: str) -> HttpResponse:
    """Keep what was typed, right or not, and go on, back or away."""
    then = {"back": wizard.previous_step(step), "later": step}.get(go, wizard.next_step(step))
    typed = {name: value for name, value in request.POST.items() if name not in NOT_KEPT}
    services.draft_save(draft=wizard.draft, step=step, values=typed, go_to=then, now=timezone.now())
    if go == "later":
        messages.success(request, _("Your draft is kept. You can go on at any time."))
        return redirect("programmes:programme_list")
    return redirect("programmes:wizard_step", step=then)


def _page(
    request: HttpRequest, wizard: Wizard, step: str, form: Any, status: int = 200
) -> HttpResponse:
    context = _frame(wizard, step) | {"form": form, "meanings": MEANINGS, "gaps": GAPS}
    if step == "criteria":
        context["sentence"] = _sentence(form, wizard.template.criteria)
    if step in {"agreement", "invitation"}:
        context["previews"] = preview_of(wizard, step, form)
    return render(request, f"programmes/wizard/{step}.html", context, status=status)


def _frame(wizard: Wizard, step: str) -> dict[str, Any]:
    return {
        "wizard": wizard,
        "step": step,
        "title": TITLES[step],
        "number": wizard.steps.index(step) + 1,
        "count": len(wizard.steps),
        "is_first": step == wizard.steps[0],
    }


def _sentence(form: CriteriaForm, fallback: Criteria) -> str:
    """The summary of what the form says now, or of the draft as it was shown."""
    bound = form if form.is_bound else CriteriaForm(form.initial, criteria=fallback)
    return criteria_sentence(bound.cleaned_data["criteria"]) if bound.is_valid() else ""


def _review(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    missing = wizard.first_open_step()
    if missing != "review":
        messages.info(request, _("Something is still missing on this page."))
        return redirect("programmes:wizard_step", step=missing)
    if request.method == "POST":
        return _finish(request, wizard)
    result = wizard.result()
    context = _frame(wizard, "review") | {
        "result": result,
        "sentence": criteria_sentence(result.values.criteria),
        "template_title": wizard.template_title,
    }
    return render(request, "programmes/wizard/review.html", context)


def _finish(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    if request.POST.get("go") == "back":
        return redirect("programmes:wizard_step", step=wizard.previous_step("review"))
    cohort = services.draft_finish(
        draft=wizard.draft,
        finished=wizard.result(),
        by=signed_in(request),
        now=timezone.now(),
    )
    messages.success(request, _("Your programme is ready. Next, bring in the people."))
    return redirect("programmes:cohort_detail", cohort_pk=cohort.pk)


def wizard_dates(request: HttpRequest) -> HttpResponse:
    """Fragment: all dates moved along with another kick-off."""
    wizard = _wizard(request)
    form = wizard.form("dates")
    try:
        start = date.fromisoformat(request.GET.get("starts_on", ""))
    except ValueError:
        start = None
    if start is not None and start.year < 2200:
        name = request.GET.get("name", "")[:80] or str(start.year)
        form.initial = {"name": name, **suggested_dates(wizard.template, start)}
    context = _frame(wizard, "dates") | {"form": form}
    return render(request, "programmes/wizard/dates.html#dates", context)


def criteria_summary(request: HttpRequest) -> HttpResponse:
    """Fragment: the sentence about the criteria as they are chosen now; nothing is kept."""
    if not is_staff_somewhere(signed_in(request)):
        raise Http404
    form = CriteriaForm(request.POST, criteria=Criteria())
    for field in form.fields.values():
        field.validators = []
    for name in [name for name in form.fields if name.startswith("weight_")]:
        form.fields[name].choices = [(request.POST.get(name, ""), "")]  # type: ignore[attr-defined]  # choice fields
    sentence = criteria_sentence(form.cleaned_data["criteria"]) if form.is_valid() else ""
    return render(request, "programmes/criteria_fields.html#sentence", {"sentence": sentence})


def wizard_discard(request: HttpRequest) -> HttpResponse:
    services.draft_discard(draft=_wizard(request).draft)
    messages.success(request, _("The draft is gone."))
    return redirect("programmes:programme_list")
