"""Whatever two people do to a text in whatever order: both see the same, and nothing is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.rooms import merging
from tandemwerk.rooms.merging import Document, StepBroken, edits

letters = st.text(alphabet="abc äß😀\n", max_size=30)
places = st.floats(0, 1)


@given(before=letters, after=letters)
def test_edits_turn_one_text_into_the_other(before, after):
    text = before
    for edit in reversed(list(edits(before, after))):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == after


@pytest.mark.parametrize("size", [400, 4000, 40_000])
def test_large_rewrites_fall_back_to_lines_and_then_to_one_piece(size):
    before = "\n".join(f"alt {n}" for n in range(size))
    after = "\n".join(f"neu {n * 7}" if n % 3 else f"alt {n}" for n in range(size))
    text = before
    for edit in reversed(list(edits(before, after))):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("x" * 500, "xy" * 250), ("x\n" * 100_000, "x\ny\n" * 50_000), ("ab" * 90_000, "ba" * 90_001)],
)
def test_texts_made_to_be_hard_to_compare_cost_no_more_than_others(before, after):
    begin = time.process_time()
    text = before
    for edit in reversed(list(edits(before, after))):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == after
    assert time.process_time() - begin < 3


@given(before=letters, after=letters)
def test_a_rewrite_says_what_it_should(before, after):
    document = Document()
    document.rewrite({"title": "", "text": before})
    step = document.rewrite({"title": "T", "text": after})
    assert document.words == {"title": "T", "text": after}
    assert Document([document.whole(), step]).words == document.words


@given(start=letters, firsts=st.lists(letters, max_size=4), seconds=st.lists(letters, max_size=4),
       order=st.randoms())  # fmt: skip
def test_steps_of_two_people_come_to_the_same_in_any_order(start, firsts, seconds, order):
    base = Document()
    base.rewrite({"title": "", "text": start})
    steps = []
    for texts in (firsts, seconds):
        person = Document([base.whole()])
        steps += [person.rewrite({"text": text}) for text in texts]
    one = Document([base.whole(), *steps])
    mixed = [base.whole(), *steps, *steps]
    order.shuffle(mixed)
    assert Document(mixed).words == one.words
    late, stored = Document(), Document()
    for step in mixed:
        late.apply(step)
        stored = Document([stored.whole(), step])
    assert late.words == stored.words == one.words


@given(start=letters, here=places, there=places, first=letters, second=letters)
def test_nothing_that_one_of_them_added_is_lost(start, here, there, first, second):
    base = Document()
    base.rewrite({"title": "", "text": start})
    steps = []
    for place, added in ((here, f"<{first}>"), (there, f"[{second}]")):
        at = round(place * len(start))
        person = Document([base.whole()])
        steps.append(person.rewrite({"text": start[:at] + added + start[at:]}))
    text = Document([base.whole(), *steps]).words["text"]
    rest = text
    for added in (f"<{first}>", f"[{second}]"):
        assert is_within(added, text)
    for letter in start + first + second:
        assert letter in rest
        rest = rest.replace(letter, "", 1)
    assert sorted(rest) == sorted("<>[]")


def is_within(part, text):
    """Are all characters of `part` in `text`, in this order?"""
    rest = iter(text)
    return all(letter in rest for letter in part)


def test_a_late_form_changes_only_what_its_writer_changed():
    base = Document()
    base.rewrite({"title": "Plan", "text": "eins\ndrei\n"})
    document = Document([base.whole()])
    document.rewrite({"text": "eins\nzwei\ndrei\n"})
    step = document.rewrite({"title": "Plan", "text": "eins\ndrei\nvier\n"}, base.whole())
    assert document.words["text"] == "eins\nzwei\ndrei\nvier\n"
    assert Document([document.whole(), step]).words == document.words


def test_without_a_base_the_present_text_is_the_base():
    document = Document()
    document.rewrite({"title": "", "text": "eins"})
    document.rewrite({"title": "", "text": "zwei"})
    assert document.words["text"] == "zwei"


@pytest.mark.parametrize("step", [b"", b"\x01", b"no step", b"\xff" * 40])
def test_bytes_that_are_no_step_are_refused(step):
    with pytest.raises(StepBroken):
        Document([step])


def a_real_step():
    person = Document()
    person.rewrite({"title": "Plan", "text": "eins 😀 zwei\ndrei"})
    person.rewrite({"title": "Plan", "text": "eins drei und vier"})
    return person.whole()


REAL = a_real_step()


@given(
    changes=st.lists(st.tuples(st.integers(0, len(REAL) - 1), st.integers(0, 255)), max_size=6),
    cut=st.integers(0, len(REAL)),
    more=st.binary(max_size=8),
)
def test_a_damaged_step_is_a_step_or_is_refused_and_nothing_else(changes, cut, more):
    step = bytearray(REAL)
    for at, byte in changes:
        step[at] = byte
    document = Document()
    document.rewrite({"title": "", "text": "bleibt"})
    before = document.words
    try:
        document.apply(bytes(step[:cut]) + more)
    except StepBroken:
        assert document.words == before
    document.whole()


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_an_end_of_the_process_is_no_broken_step(monkeypatch, error):
    def stop(*_steps):
        raise error

    monkeypatch.setattr(merging, "merge_updates", stop)
    with pytest.raises(error):
        Document([REAL])


def test_a_panic_of_the_library_is_a_broken_step(monkeypatch):
    class Panic(BaseException):
        """As the library's: no Exception."""

    def panic(*_steps):
        raise Panic

    monkeypatch.setattr(merging, "merge_updates", panic)
    with pytest.raises(StepBroken):
        Document([REAL])


def test_a_step_for_something_else_is_refused():
    from pycrdt import Doc, Map

    other = Doc({"settings": Map({"a": 1})})
    with pytest.raises(StepBroken):
        Document([other.get_update()])


def test_deleted_characters_leave_the_whole():
    document = Document()
    document.rewrite({"title": "", "text": "bleibt KANARIENVOGEL"})
    document.rewrite({"title": "", "text": "bleibt"})
    assert b"KANARIENVOGEL" not in document.whole()
