"""The programme templates: their content and their loader."""

import json
import re
from collections.abc import Iterator
from importlib import resources

import pytest

from tandemwerk.matching.criteria import Criteria, Criterion
from tandemwerk.programmes.template_catalogue import (
    ADDRESS_FORMS,
    AGREEMENT_BLANKS,
    INVITATION_PLACEHOLDERS,
    LANGUAGES,
    SLUGS,
    ProgrammeTemplate,
    TemplateError,
    Texts,
    parse_template,
    programme_templates,
)

FOLDER = resources.files("tandemwerk.programmes").joinpath("templates_catalogue")
COMPANY = FOLDER.joinpath("company-mentoring.toml").read_text("utf-8")
TEMPLATES = list(programme_templates().values())
by_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.slug)

DU = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
SIE = re.compile(r"\b(Ihnen|Ihr|Ihre[mnrs]?)\b")


def all_texts(template: ProgrammeTemplate) -> Iterator[Texts]:
    """Every pair of texts that speaks to nobody."""
    yield from (template.name, template.promise, template.description, template.agreement)
    yield from template.why.values()
    for phase in template.phases:
        yield from (phase.title, phase.summary)
        yield from (due.title for due in phase.due)
        yield from (
            {"de": de, "en": en}
            for de, en in zip(phase.questions["de"], phase.questions["en"], strict=True)
        )
        if phase.starters:
            yield from (
                {"de": de, "en": en}
                for de, en in zip(phase.starters["de"], phase.starters["en"], strict=True)
            )


def test_every_file_is_offered_and_every_slug_has_a_file() -> None:
    files = {entry.name.removesuffix(".toml") for entry in FOLDER.iterdir()}
    assert files == set(SLUGS) == set(programme_templates())
    assert len(SLUGS) == 6


def test_they_are_read_once() -> None:
    assert programme_templates() is programme_templates()


@by_template
def test_both_languages_are_complete_and_not_copied(template: ProgrammeTemplate) -> None:
    pairs = list(all_texts(template))
    assert len(pairs) > 50
    for texts in pairs:
        assert all(texts[code].strip() for code in LANGUAGES)
        assert texts["de"] != texts["en"]


@by_template
def test_the_tone_is_calm_and_nobody_is_addressed(template: ProgrammeTemplate) -> None:
    for texts in all_texts(template):
        assert not any("!" in text for text in texts.values())
        assert not DU.search(texts["de"]), texts["de"]
        assert not SIE.search(texts["de"]), texts["de"]


@by_template
def test_short_texts_fit_their_fields(template: ProgrammeTemplate) -> None:
    for code in LANGUAGES:
        assert len(template.name[code]) <= 60
        assert len(template.promise[code]) <= 120
        assert len(template.promise[code].split(". ")) == 1


@by_template
def test_weights_are_in_range_and_every_counted_criterion_is_explained(
    template: ProgrammeTemplate,
) -> None:
    weights = template.criteria.weights
    assert set(weights) == set(Criterion)
    assert all(0 <= weight <= 10 for weight in weights.values())
    assert {name for name in template.why if name != "same_team_forbidden"} == {
        str(criterion) for criterion, weight in weights.items() if weight
    }
    assert Criteria.from_dict(json.loads(json.dumps(template.criteria.to_dict()))) == (
        template.criteria
    )


@by_template
def test_no_must_lacks_a_weight(template: ProgrammeTemplate) -> None:
    assert all(template.criteria.weights[must] > 0 for must in template.criteria.musts)


@by_template
def test_phases_follow_each_other_and_hold_their_due_items(template: ProgrammeTemplate) -> None:
    weeks = [(phase.start_week, phase.end_week) for phase in template.phases]
    assert weeks[0][0] < 0, "there is something before the tandem starts"
    assert all(start < end for start, end in weeks)
    assert [end for _, end in weeks[:-1]] == [start for start, _ in weeks[1:]]
    for phase in template.phases:
        assert phase.due
        assert all(phase.start_week <= due.week <= phase.end_week for due in phase.due)
        assert list(phase.due) == sorted(phase.due, key=lambda due: due.week)
    closure = next(phase for phase in template.phases if phase.key == "closure")
    assert closure.end_week == template.duration_weeks


@by_template
def test_the_first_month_is_checked(template: ProgrammeTemplate) -> None:
    weeks = [
        due.week
        for phase in template.phases
        for due in phase.due
        if due.key == "first-month-check" and due.who == "both"
    ]
    assert len(weeks) == 1
    assert weeks[0] <= 6


@by_template
def test_dates_fit_the_duration(template: ProgrammeTemplate) -> None:
    dates = template.dates
    assert dates.registration_end < dates.matching < dates.kick_off == 0 < dates.midpoint
    assert dates.closing == template.duration_weeks
    # People must be able to answer and to meet before the kick-off, give or take a few days.
    days = template.response_days + template.chemistry_days
    assert -dates.matching * 7 >= days - 14


@by_template
def test_agreements_have_every_blank_once(template: ProgrammeTemplate) -> None:
    for code in LANGUAGES:
        text = template.agreement[code]
        assert 250 <= len(text.split()) <= 450
        for blank in AGREEMENT_BLANKS:
            assert text.count(f"{{{{{blank}}}}}") == 1


@by_template
def test_invitations_speak_in_their_form(template: ProgrammeTemplate) -> None:
    assert template.address_form in ADDRESS_FORMS
    for form in ADDRESS_FORMS:
        for code in LANGUAGES:
            text = template.invitation.text[form][code]
            assert "!" not in text
            assert 60 <= len(text.split()) <= 160
            for placeholder in INVITATION_PLACEHOLDERS:
                assert f"{{{{{placeholder}}}}}" in text
            assert "{{programme}}" in template.invitation.subject[form][code]
    wordings = {form: template.invitation.text[form]["de"] for form in ADDRESS_FORMS}
    assert DU.search(wordings["du"])
    assert not SIE.search(wordings["du"])
    assert SIE.search(wordings["sie"])
    assert not DU.search(wordings["sie"])
    assert not DU.search(template.invitation.subject["sie"]["de"])


def test_the_templates_differ() -> None:
    for values in (
        [template.agreement["de"] for template in TEMPLATES],
        [template.description["en"] for template in TEMPLATES],
        [tuple(template.criteria.weights.values()) for template in TEMPLATES],
        [template.duration_weeks for template in TEMPLATES],
        [template.invitation.text["du"]["de"] for template in TEMPLATES],
    ):
        assert len(set(values)) == len(TEMPLATES)


@by_template
def test_the_journey_is_json_with_everything_in_it(template: ProgrammeTemplate) -> None:
    journey = json.loads(json.dumps(template.journey()))
    first = journey["phases"][0]
    assert [phase["key"] for phase in journey["phases"]] == [p.key for p in template.phases]
    assert set(first) == {
        "key",
        "title",
        "summary",
        "start_week",
        "end_week",
        "due",
        "questions",
        "starters",
    }
    assert first["due"][0]["title"] == dict(template.phases[0].due[0].title)
    assert first["questions"]["en"] == list(template.phases[0].questions["en"])


@by_template
def test_there_is_a_way_into_a_conversation_whenever_the_two_meet(
    template: ProgrammeTemplate,
) -> None:
    assert {phase.key for phase in template.phases if not phase.starters} == {"preparation"}
    for phase in template.journey()["phases"]:
        for code in phase["starters"]:
            assert 2 <= len(phase["starters"][code]) <= 4
            assert not set(phase["starters"][code]) & set(phase["questions"][code])


def test_no_two_templates_share_a_way_into_a_conversation() -> None:
    said = [
        one
        for template in TEMPLATES
        for phase in template.phases
        for one in phase.starters.get("de", ())
    ]
    assert len(said) > 100
    assert len(set(said)) >= len(said) - 3


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("[dates]", "[dates", "file", ""),
        ("[dates]", "[days]", "dates", "is missing"),
        ('address_form = "du"', 'address_form = "ihr"', "address_form", "du or sie"),
        ("duration_weeks = 40", "duration_weeks = 0", "duration_weeks", "above 0"),
        ("duration_weeks = 40", "duration_weeks = 4.5", "duration_weeks", "whole number"),
        ("duration_weeks = 40", "duration_weeks = true", "duration_weeks", "whole number"),
        ('en = "Company mentoring"', 'en = "  "', "name.en", "is missing"),
        ("matching = -6", "matching = -9", "dates", "follow each other"),
        ("kick_off = 0", "kick_off = 1", "dates", "week 0"),
        ("topics = 10", "topics = 11", "criteria", "weight_out_of_range"),
        ("topics = 10\n", "", "criteria.weights", "topics is missing"),
        ("wishes = { de", "hopes = { de", "why.hopes", "explains nothing"),
        ('wishes = { de = "Wer', '# { de = "Wer', "why.wishes", "is missing"),
        ("[[phase", "[[stage", "phase", "no phases"),
        ('key = "midpoint"', 'key = "work-1"', "phase.work-1", "used twice"),
        ('key = "midpoint"', "", "phase", "key is missing"),
        ('key = "midpoint-review"', 'key = "write-goals"', "phase.write-goals", "used twice"),
        ("start_week = 19", "start_week = 20", "phase.midpoint", "start in week 19"),
        ("end_week = 22", "end_week = 19", "phase.midpoint.end_week", "after start_week"),
        ("week = 21", "week = 23", "phase.midpoint.midpoint-review", "outside the phase"),
        (
            'who = "mentor"\nweek = 14',
            'who = "all"\nweek = 14',
            "phase.work-1.shadowing.who",
            "one of mentee, mentor, both",
        ),
        (
            'en = ["Which moment will stay with us?", "What has the mentor learned, too?", ',
            "en = [",
            "phase.closure.questions.en",
            "3 to 5",
        ),
        (
            'en = ["Which moment will stay with us?", ',
            "en = [",
            "phase.closure.questions",
            "as many",
        ),
        (
            'starters = { de = ["Seit unserem letzten Treffen hat sich verändert, dass …", ',
            "starters = { de = [",
            "phase.afterwards.starters.de",
            "2 to 4",
        ),
        (
            'en = ["In one sentence: before …, now …", ',
            "en = [",
            "phase.closure.starters",
            "as many",
        ),
        ("wir: {{ending}}", "wir: nichts", "agreement.de", "{{ending}} is missing"),
        ("agree: {{ending}}", "agree: {{ending}} {{x}}", "agreement.en", "{{x}} is not known"),
        ("dir {{coordinator}}", "dir jemand", "invitation.du", "{{coordinator}} is missing"),
        ("Ihnen {{coordinator}}", "Ihnen jemand", "invitation.sie", "{{coordinator}} is missing"),
        ("[invitation]", "[letter]", "invitation", "is missing"),
    ],
)
def test_a_broken_file_says_where_and_why(old: str, new: str, place: str, problem: str) -> None:
    assert old in COMPANY
    with pytest.raises(TemplateError) as caught:
        parse_template("company-mentoring", COMPANY.replace(old, new))
    assert (caught.value.template, caught.value.place) == ("company-mentoring", place)
    assert problem in caught.value.problem
