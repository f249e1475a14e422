import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import MatchingError, ProfileError, error_text
from tandemwerk.matching.weeks import (
    FULL_WEEK,
    from_hex,
    hours_of,
    local_hours,
    mask_of,
    to_hex,
    to_utc,
)

from .people import mentee, mentor

WINTER, SUMMER = date(2027, 1, 6), date(2027, 7, 5)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"id": ""}, "id_missing", "id"),
        ({"experience_years": -1.0}, "experience_out_of_range", "experience_years"),
        ({"experience_years": float("nan")}, "experience_out_of_range", "experience_years"),
        ({"week": 1 << 168}, "week_out_of_range", "week"),
        ({"week": -1}, "week_out_of_range", "week"),
        ({"formats": frozenset({"phone"})}, "format_unknown", "formats"),
        ({"values": {"pace": 6}}, "value_out_of_range", "values.pace"),
        ({"values": {"pace": True}}, "value_out_of_range", "values.pace"),
        ({"topics": ("a", "a")}, "entry_twice", "topics"),
        ({"wishes": ("a", "a")}, "entry_twice", "wishes"),
        ({"languages": "de"}, "not_a_set", "languages"),
        ({"formats": "online"}, "not_a_set", "formats"),
        ({"seats": -1}, "seats_negative", "seats"),
        ({"seats": True}, "seats_negative", "seats"),
    ],
)
def test_a_value_out_of_range_names_person_and_field(
    fields: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(ProfileError) as caught:
        mentor(**fields)  # type: ignore[arg-type]  # wrong on purpose
    assert (caught.value.code, caught.value.params["field"]) == (code, field)
    for language in ("de", "en"):
        assert not error_text(caught.value, language).startswith(("Das hat nicht", "This did not"))


def test_capitals_of_a_language_code_make_no_difference() -> None:
    assert mentor(languages=frozenset({"DE"})) == mentor(languages={"de"})


def test_people_are_values() -> None:
    assert mentee(values={"pace": 3}) == mentee(values={"pace": 3})
    assert hash(mentee(values={"pace": 3})) == hash(mentee(values={"pace": 3}))
    assert pickle.loads(pickle.dumps(mentor(seats=2))) == mentor(seats=2)


def test_an_error_survives_the_way_to_another_process() -> None:
    error = ProfileError("id_missing", person="x")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.params) == (ProfileError, "id_missing", {"person": "x"})
    assert str(MatchingError("just_a_code")) == "just_a_code"


@given(mask=st.integers(0, FULL_WEEK))
def test_a_mask_survives_hours_and_text(mask: int) -> None:
    assert mask_of(hours_of(mask)) == mask
    assert from_hex(to_hex(mask)) == mask


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("week", [WINTER, SUMMER])
@given(mask=st.integers(0, FULL_WEEK))
def test_local_hours_come_back_from_utc(zone: str, week: date, mask: int) -> None:
    assert local_hours(to_utc(mask, zone, week), zone, week) == hours_of(mask)


def test_summer_time_moves_the_utc_hour() -> None:
    nine_on_monday = mask_of([9])
    assert hours_of(to_utc(nine_on_monday, "Europe/Berlin", WINTER)) == [8]
    assert hours_of(to_utc(nine_on_monday, "Europe/Berlin", SUMMER)) == [7]
    assert hours_of(to_utc(mask_of([0]), "Europe/Berlin", WINTER)) == [167]


def test_weeks_of_the_clock_change_keep_the_ordinary_hours() -> None:
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    for week in (spring, autumn):
        daytime = mask_of(range(24 * 6 + 9, 24 * 6 + 18))  # Sunday 9-18
        utc = to_utc(daytime, "Europe/Berlin", week)
        assert local_hours(utc, "Europe/Berlin", week) == hours_of(daytime)
    skipped = to_utc(mask_of([24 * 6 + 2]), "Europe/Berlin", spring)
    assert local_hours(skipped, "Europe/Berlin", spring) == [24 * 6 + 3]


def test_a_half_hour_zone_counts_by_the_hour_it_starts_in() -> None:
    assert local_hours(mask_of([0]), "Asia/Kolkata", WINTER) == [5]
