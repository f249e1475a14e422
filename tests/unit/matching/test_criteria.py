from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.matching import Criteria, CriteriaError, Criterion

weights = st.dictionaries(st.sampled_from(list(Criterion)), st.integers(0, 10) | st.floats(0, 10))


@given(
    weights=weights.filter(lambda w: len(w) < 10),
    musts=st.frozensets(st.sampled_from([c for c in Criterion if c is not Criterion.TEXT])),
    industry=st.sampled_from(["same", "different"]),
    years=st.lists(st.integers(-10, 40) | st.floats(-10, 40), min_size=3, max_size=3).map(sorted),
    team=st.booleans(),
    hours=st.integers(0, 168),
)
def test_criteria_survive_their_json_form(weights, musts, industry, years, team, hours) -> None:
    try:
        criteria = Criteria(
            weights=weights,
            musts=musts,
            industry_mode=industry,
            experience_min=years[0],
            experience_ideal=years[1],
            experience_max=years[2],
            same_team_forbidden=team,
            min_overlap_hours=hours,
        )
    except CriteriaError as error:
        assert error.code == "weights_all_zero"  # noqa: PT017
        return
    assert Criteria.from_dict(criteria.to_dict()) == criteria


def test_everything_may_be_left_out() -> None:
    assert Criteria.from_dict({}) == Criteria()


@pytest.mark.parametrize(
    ("data", "code", "key"),
    [
        ({"wieghts": {}}, "key_unknown", "wieghts"),
        ({"weights": []}, "not_a_table", "weights"),
        ({"weights": {"charm": 3}}, "criterion_unknown", "weights.charm"),
        ({"weights": {"topics": "much"}}, "not_a_number", "weights.topics"),
        ({"weights": {"topics": True}}, "not_a_number", "weights.topics"),
        ({"weights": {"topics": float("nan")}}, "not_a_number", "weights.topics"),
        ({"weights": {"topics": 11}}, "weight_out_of_range", "weights.topics"),
        ({"weights": dict.fromkeys(map(str, Criterion), 0)}, "weights_all_zero", "weights"),
        ({"musts": "topics"}, "not_a_list", "musts"),
        ({"musts": ["charm"]}, "criterion_unknown", "musts"),
        ({"musts": [["topics"]]}, "criterion_unknown", "musts"),
        ({"musts": ["text"]}, "must_impossible", "musts"),
        ({"industry": "similar"}, "mode_unknown", "industry"),
        ({"function": 3}, "mode_unknown", "function"),
        ({"experience": {"low": 1}}, "key_unknown", "experience.low"),
        ({"experience": {"min": "x"}}, "not_a_number", "experience.min"),
        ({"experience": {"min": 9, "ideal": 8}}, "experience_order", "experience"),
        ({"same_team_forbidden": 1}, "not_yes_or_no", "same_team_forbidden"),
        ({"min_overlap_hours": 169}, "hours_out_of_range", "min_overlap_hours"),
        ({"min_overlap_hours": 1.5}, "hours_out_of_range", "min_overlap_hours"),
    ],
)
def test_wrong_criteria_name_the_key(data: dict[str, object], code: str, key: str) -> None:
    with pytest.raises(CriteriaError) as caught:
        Criteria.from_dict(data)
    assert (caught.value.code, caught.value.params["key"]) == (code, key)


@pytest.mark.parametrize(
    ("options", "code", "key"),
    [
        ({"musts": frozenset({"topcis"})}, "criterion_unknown", "musts"),
        ({"musts": "topics"}, "not_a_list", "musts"),
        ({"weights": {"topcis": 9}}, "criterion_unknown", "weights.topcis"),
        ({"weights": [9]}, "not_a_table", "weights"),
    ],
)
def test_misspelt_criteria_do_not_vanish(options: dict, code: str, key: str) -> None:
    with pytest.raises(CriteriaError) as caught:
        Criteria(**options)
    assert (caught.value.code, caught.value.params["key"]) == (code, key)


def test_criteria_may_be_given_as_plain_words() -> None:
    plain = Criteria(weights={"topics": 3}, musts={"topics"})  # type: ignore[arg-type,dict-item]  # words
    assert plain == Criteria.from_dict(plain.to_dict())
    assert plain.weights["topics"] == 3  # type: ignore[index]  # a word


def test_criteria_come_from_toml(tmp_path: Path) -> None:
    file = tmp_path / "criteria.toml"
    file.write_text('musts = ["topics"]\n[weights]\ntopics = 7\n[experience]\nideal = 6\n')
    criteria = Criteria.from_toml(file)
    assert criteria.weights[Criterion.TOPICS] == 7
    assert criteria.musts == {Criterion.TOPICS}
    assert criteria.experience_ideal == 6


@pytest.mark.parametrize("content", [b"weights = ", b"\xff\xfe\x00"])
def test_a_broken_toml_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "criteria.toml"
    file.write_bytes(content)
    with pytest.raises(CriteriaError) as caught:
        Criteria.from_toml(file)
    assert (caught.value.code, caught.value.params["key"]) == ("not_toml", "criteria.toml")
