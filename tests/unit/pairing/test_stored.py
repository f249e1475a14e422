import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import Mentee, Mentor
from tandemwerk.pairing.stored import (
    RunInputs,
    decode_inputs,
    encode_inputs,
    pack,
    unpack_blocked,
    unpack_scores,
)

words = st.text(min_size=0, max_size=12)
people = {
    "topics": st.lists(st.text(min_size=1, max_size=8), max_size=4, unique=True).map(tuple),
    "languages": st.frozensets(st.sampled_from(["de", "en", "tr"])),
    "experience_years": st.none() | st.floats(0, 60, allow_nan=False),
    "function": words,
    "industry": words,
    "values": st.dictionaries(st.text(max_size=5), st.integers(1, 5), max_size=4),
    "week": st.integers(0, (1 << 168) - 1),
    "formats": st.frozensets(st.sampled_from(["online", "on_site"])),
    "site": words,
    "text": words,
    "team": words,
    "reports_to": words,
}


def persons(kind, **more):
    fields = st.fixed_dictionaries({**people, **more})
    return st.lists(fields, min_size=1, max_size=4).map(
        lambda rows: tuple(kind(id=str(i), **row) for i, row in enumerate(rows))
    )


@given(mentees=persons(Mentee), mentors=persons(Mentor, seats=st.integers(0, 9)))
def test_inputs_come_back_as_they_went_in(mentees, mentors):
    inputs = RunInputs(
        mentees,
        mentors,
        tuple(range(len(mentees))),
        tuple(range(100, 100 + len(mentors))),
        locks=((0, 0),),
        forbidden=((len(mentees) - 1, 0),),
    )
    blob = encode_inputs(inputs)
    again = decode_inputs(blob)
    for name in ("mentees", "mentors", "mentee_ids", "mentor_ids", "locks", "forbidden"):
        assert getattr(again, name) == getattr(inputs, name)
    assert encode_inputs(again) == blob


@given(
    floor=st.none() | st.floats(0, 1),
    previous=st.none() | st.lists(st.integers(-1, 3), max_size=4).map(tuple),
)
def test_what_was_not_asked_leaves_no_trace(floor, previous):
    inputs = RunInputs((), (), (), (), floor=floor, previous=previous)
    blob = encode_inputs(inputs)
    again = decode_inputs(blob)
    assert (again.floor, again.previous) == (floor, previous)
    plain = encode_inputs(RunInputs((), (), (), ()))
    assert (blob == plain) == (floor is None and previous is None)


def test_matrices_come_back_with_their_gaps():
    fits = np.array([[0.5, np.nan], [0.25, 1.0], [0, 0.1]], dtype=np.float32)
    np.testing.assert_array_equal(unpack_scores(pack(fits), (3, 2)), fits)
    blocked = np.array([[0, 3, 5]], dtype=np.int8)
    np.testing.assert_array_equal(unpack_blocked(pack(blocked), (1, 3)), blocked)
