import json
from datetime import date

import pytest
from hypothesis import given

from tandemwerk.matching import (
    Criteria,
    Criterion,
    MatchingError,
    Mentee,
    Mentor,
    Reason,
    explain,
    fit_step,
    fit_word,
    is_shown_to,
    reason_text,
    score,
)
from tandemwerk.matching.weeks import mask_of, to_hex
from tandemwerk.matching.wording import english, german

from .people import mentee, mentees, mentor, mentors

TUE_AND_THU = mask_of([*range(37, 41), *range(85, 89)])  # 13-17 UTC
RICH_MENTEE = mentee(
    name="Mia",
    topics=("first-leadership", "salary-negotiation", "hiring"),
    languages=frozenset({"de", "en"}),
    experience_years=4.0,
    function="IT",
    industry="Bank",
    values={"a": 3, "b": 4, "c": 2},
    week=TUE_AND_THU,
    formats=frozenset({"online", "on_site"}),
    site="Köln",
    text="Ich möchte Führung lernen",
)
RICH_MENTOR = mentor(
    name="Tom",
    topics=("first-leadership", "hybrid-teams"),
    languages=frozenset({"de", "en", "tr"}),
    experience_years=7.0,
    function="HR",
    industry="Bank",
    values={"a": 3, "b": 4, "c": 1},
    week=TUE_AND_THU,
    formats=frozenset({"online", "on_site"}),
    site="Köln",
    text="leadership is my subject",
)
DIFFERENT_MODES = Criteria(industry_mode="different", function_mode="same")


def codes(left: Mentee, right: Mentor, criteria: Criteria | None = None) -> set[str]:
    found = explain(score([left], [right], criteria), 0, 0)
    return {r.code for r in (*found.reasons, *found.differences, *found.neutral)}


@given(left=mentees(most=2), right=mentors(most=2))
def test_points_of_an_explanation_add_up_to_the_total(
    left: list[Mentee], right: list[Mentor]
) -> None:
    for criteria in (Criteria(), DIFFERENT_MODES):
        scores = score(left, right, criteria)
        for row in range(len(left)):
            for column in range(len(right)):
                found = explain(scores, row, column)
                every = (*found.reasons, *found.differences, *found.neutral)
                assert sum(r.points for r in every) == pytest.approx(found.total, abs=1e-9)
                assert all(-1e-9 <= r.points <= r.possible + 1e-6 for r in every)
                assert sum(r.possible for r in every) == pytest.approx(1, abs=1e-9)
                assert (found.blocked is None) == (scores.blocked[row, column] == 0)
                if found.blocked is None:
                    assert found.total == pytest.approx(scores.total[row, column], abs=1e-9)
                assert {r.criterion for r in every} == set(Criterion)
                for reason in every:
                    assert Reason.from_dict(json.loads(json.dumps(reason.to_dict()))) == reason
                    for language in ("de", "en"):
                        for perspective in ("mentee", "mentor", "coordinator"):
                            for address in ("du", "sie"):
                                text = reason_text(
                                    reason, language, perspective=perspective, address=address
                                )
                                assert text
                                assert "{" not in text


def test_a_good_pair_has_many_reasons_best_first_and_an_honest_difference() -> None:
    found = explain(score([RICH_MENTEE], [RICH_MENTOR]), 0, 0)
    points = [reason.points for reason in found.reasons]
    assert points == sorted(points, reverse=True)
    assert len(found.reasons) >= 2
    assert [reason.code for reason in found.differences] == ["topics_missing"]
    assert found.differences[0].params["topics"] == ["salary-negotiation", "hiring"]


def test_languages_are_told_although_they_do_not_count() -> None:
    criteria = Criteria(weights={c: float(c is Criterion.TOPICS) for c in Criterion})
    found = explain(score([RICH_MENTEE], [RICH_MENTOR], criteria), 0, 0)
    assert {reason.code for reason in found.reasons} == {"topic_shared", "languages_shared"}
    told = next(reason for reason in found.reasons if reason.code == "languages_shared")
    assert told.points == told.possible == 0


SAID = [
    ("languages_shared", {"languages": ["de", "en", "tr"]},
     "Beide sprechen Deutsch, Englisch und Türkisch", "Both speak English, German and Turkish"),
    ("topic_shared", {"topic": "first-leadership", "first": False},
     "Bringt dein Thema mit: Erste Führungsrolle", "Shares your topic: Leading for the first time"),
    ("topic_shared", {"topic": "Bienen", "first": True},
     "Bringt dein wichtigstes Thema mit: Bienen", "Shares your most important topic: Bienen"),
    ("experience_ahead", {"years": 3},
     "Hat dir 3 Jahre Erfahrung voraus", "3 years ahead of you"),
    ("experience_little", {"years": 1},
     "Hat dir nur 1 Jahr Erfahrung voraus", "Only 1 year ahead of you"),
    ("function_other_different", {"mentee": "IT", "mentor": "HR"},
     "Arbeitet in einem anderen Fachbereich – gut für den Blick von außen",
     "Works in a different function – good for a view from outside"),
    ("availability_shared", {"week": to_hex(TUE_AND_THU), "hours": 8},
     "Beide haben Di und Do nachmittags Zeit", "Both free Tue and Thu afternoon"),
    ("format_on_site", {"site": ""},
     "Beide können sich vor Ort treffen: derselbe Ort", "Both can meet on site in the same place"),
    ("topics_missing", {"topics": ["a", "b", "c", "d"]},
     "Bietet nicht an: „a“, „b“, „c“ und weiteres", "Does not offer “a”, “b”, “c” and more"),
    ("availability_unknown", {"who": "mentor"},
     "Hat noch nicht geantwortet: freie Zeiten", "Has not answered yet: free times"),
    ("blocked_no_seat", {}, "Kein freier Platz", "No free seat"),
    ("unmatched_same_team", {"mentors": 2},
     "Bei allen Mentor:innen: beide sind im selben Team",
     "With every mentor: both are in the same team"),
    ("unmatched_rules", {"rules": {"same_team": 1, "forbidden": 2}},
     "Alle Mentor:innen scheiden aus: 1 × beide sind im selben Team, "
     "2 × dieses Paar ist ausgeschlossen",
     "Every mentor is ruled out: 1 × both are in the same team, 2 × this pair is excluded"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "params", "de", "en"), SAID)
def test_reasons_read_well(code: str, params: dict[str, object], de: str, en: str) -> None:
    assert reason_text(Reason(code, params), "de") == de
    assert reason_text(Reason(code, params), "en") == en


def test_each_reader_is_addressed_as_they_like() -> None:
    ahead = Reason("experience_ahead", {"years": 3})
    assert reason_text(ahead, "de", address="sie") == "Hat Ihnen 3 Jahre Erfahrung voraus"
    assert reason_text(ahead, "de", perspective="mentor") == "Du hast 3 Jahre mehr Erfahrung"
    assert (
        reason_text(ahead, "de", perspective="mentor", address="sie")
        == "Sie haben 3 Jahre mehr Erfahrung"
    )
    names = ("Mia", "Tom {x}")
    assert (
        reason_text(ahead, "en", perspective="coordinator", names=names)
        == "Tom {x} is 3 years ahead of Mia"
    )
    assert reason_text(ahead, "en", perspective="coordinator").startswith("The mentor is")


def test_times_are_told_in_the_readers_zone_and_week() -> None:
    noon_utc = Reason("availability_shared", {"week": to_hex(mask_of([10, 11])), "hours": 2})

    def told(tz: str, week: date) -> str:
        return reason_text(noon_utc, "en", tz=tz, reference=week)

    assert told("UTC", date(2027, 1, 4)) == "Both free Mon morning"
    assert told("Europe/Berlin", date(2027, 7, 5)) == "Both free Mon afternoon"
    assert told("Asia/Tokyo", date(2027, 1, 4)) == "Both free Mon evening"


TIMES = [
    (range(8, 18), "Mo tagsüber"),
    ([9, 14], "Mo vormittags und nachmittags"),
    ([*range(8, 20)], "Mo tagsüber und abends"),
    ([9, 33, 57], "Mo–Mi vormittags"),
    ([2, 40], "Mo nachts, Di nachmittags"),
    ([9, 37, 67, 74, 105, 110], "Mo vormittags, Di nachmittags, Mi abends, Do nachts und weiteres"),
]


@pytest.mark.parametrize(("hours", "words"), TIMES)
def test_hours_become_parts_of_days(hours: list[int], words: str) -> None:
    reason = Reason("availability_little", {"week": to_hex(mask_of(hours)), "hours": 1})
    assert reason_text(reason, "de") == f"Wenig gemeinsame Zeit: {words}"


CASES = [
    ({}, {}, None, "topics_open"),
    ({"topics": ("hiring",)}, {}, None, "topics_unknown"),
    ({"topics": ("hiring",)}, {"topics": ("promotion",)}, None, "topics_none"),
    ({"topics": ("first-leadership",)}, {"topics": ("delegation",)}, None, "topic_related"),
    ({"languages": frozenset({"de"})}, {"languages": frozenset({"en"})}, None, "languages_none"),
    ({"experience_years": 5}, {"experience_years": 5.2}, None, "experience_equal"),
    ({"experience_years": 5}, {"experience_years": 3}, None, "experience_behind"),
    ({"experience_years": 5}, {"experience_years": 6}, None, "experience_little"),
    ({"experience_years": 5}, {"experience_years": 40}, None, "experience_far"),
    ({"industry": "A"}, {"industry": "B"}, None, "industry_other_same"),
    ({"industry": "A"}, {"industry": "B"}, DIFFERENT_MODES, "industry_other_different"),
    ({"industry": "A"}, {"industry": "A"}, DIFFERENT_MODES, "industry_same_different"),
    ({"function": "A"}, {"function": "A"}, None, "function_same_different"),
    ({"function": "A"}, {"function": "A"}, DIFFERENT_MODES, "function_same_same"),
    ({"function": "A"}, {"function": "B"}, DIFFERENT_MODES, "function_other_same"),
    ({"values": {"a": 1}}, {"values": {"a": 5}}, None, "values_far_few"),
    ({"values": dict.fromkeys("abc", 1)}, {"values": dict.fromkeys("abc", 5)}, None, "values_far"),
    ({"week": 1}, {"week": 2}, None, "availability_none"),
    ({"week": 1}, {"week": 1}, None, "availability_little"),
    ({"formats": frozenset({"online"})}, {"formats": frozenset({"on_site"})}, None, "format_none"),
    ({"text": "Bienen züchten"}, {"text": "Bienenzucht"}, None, "text_close"),
    ({"text": "Bienen züchten"}, {"text": "Klettern"}, None, "text_far"),
    ({"wishes": ("tom",)}, {"wishes": ("mia",)}, None, "wish_both"),
    ({"wishes": ("tom",)}, {}, None, "wish_mentee"),
    ({}, {"wishes": ("mia",)}, None, "wish_mentor"),
    ({"wishes": ("kim",)}, {}, None, "wish_other"),
]


@pytest.mark.parametrize(("left", "right", "criteria", "code"), CASES)
def test_each_situation_has_its_own_words(
    left: dict, right: dict, criteria: Criteria | None, code: str
) -> None:
    assert code in codes(mentee(**left), mentor(**right), criteria)
    assert code in english.REASONS or code.endswith("_unknown")


ON_SITE = {"formats": frozenset({"on_site"})}


@pytest.mark.parametrize(
    ("sites", "code"),
    [(("A", "A"), "format_on_site"), (("A", "B"), "format_other_site"),
     (("A", ""), "format_site_unknown")],
)  # fmt: skip
def test_meeting_on_site_depends_on_the_site(sites: tuple[str, str], code: str) -> None:
    left, right = mentee(site=sites[0], **ON_SITE), mentor(site=sites[1], **ON_SITE)
    assert code in codes(left, right)


def test_both_languages_say_the_same_things() -> None:
    assert german.REASONS.keys() == english.REASONS.keys()
    assert german.RULES.keys() == english.RULES.keys()
    assert german.QUESTIONS.keys() == english.QUESTIONS.keys()


def test_that_someone_else_was_wished_for_is_not_told_to_the_mentor() -> None:
    other = Reason("wish_other")
    assert is_shown_to(other, "mentee")
    assert is_shown_to(other, "coordinator")
    assert not is_shown_to(other, "mentor")
    assert is_shown_to(Reason("wish_both"), "mentor")


def test_a_mentor_is_not_told_which_other_topics_a_mentee_chose() -> None:
    for code in ("topics_missing", "topics_none"):
        text = reason_text(Reason(code, {"topics": ["illness"]}), "en", perspective="mentor")
        assert "illness" not in text


def test_fits_are_told_in_three_words() -> None:
    assert [fit_word(fit, "de") for fit in (0.9, 0.55, 0.1)] == ["sehr gut", "gut", "mittel"]
    assert [fit_word(fit, "en") for fit in (0.62, 0.5, 0.49)] == ["very good", "good", "fair"]
    assert fit_step(1.0) == "very_good"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: reason_text(Reason("nonsense"), "de"), "reason_unknown"),
        (lambda: reason_text(Reason("unmatched_nonsense"), "de"), "reason_unknown"),
        (lambda: reason_text(Reason("wish_none"), "fr"), "language_unknown"),  # type: ignore[arg-type]  # wrong on purpose
        (
            lambda: reason_text(Reason("wish_none"), "de", perspective="boss"),  # type: ignore[arg-type]  # wrong on purpose
            "perspective_unknown",
        ),
    ],
)
def test_unknown_words_are_errors(call, code: str) -> None:
    with pytest.raises(MatchingError) as caught:
        call()
    assert caught.value.code == code


@pytest.mark.parametrize("change", [{"params": 3}, {"points": "x"}, {"possible": None}])
def test_a_stored_reason_must_have_its_form(change: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Reason.from_dict({**Reason("wish_none").to_dict(), **change})
