"""Sparse input is read as it is, or refused with row and column."""

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array, csr_matrix

from tandemwerk.matching import MatchingError, assign


def csr(data: list[float], indices: list[int], indptr: list[int]) -> csr_array:
    made = csr_array((len(indptr) - 1, 3))
    made.data, made.indices, made.indptr = (
        np.array(data),
        np.array(indices, dtype=np.int32),
        np.array(indptr, dtype=np.int32),
    )
    return made


def test_absent_and_nan_are_not_allowed_and_a_stored_zero_is_a_fit() -> None:
    scores = csr([np.nan, 0.0, 0.7], [0, 1, 2], [0, 1, 2, 3])
    assert assign(scores, [1, 1, 1]).pairs == [(1, 1), (2, 2)]
    assert assign(csr_matrix(scores), [1, 1, 1]).pairs == [(1, 1), (2, 2)]


def test_columns_need_no_order_and_numbers_may_be_whole() -> None:
    scores = csr([1, 5], [2, 0], [0, 2])
    assert assign(scores, [1, 1, 1]).pairs == [(0, 0)]


def test_a_column_beyond_32_bits_is_outside_and_nobody_else() -> None:
    scores = csr([0.5], [0], [0, 1])
    scores.indices = np.array([2**32], dtype=np.int64)
    with pytest.raises(MatchingError, match="score_outside"):
        assign(scores, [1, 1, 1])


@pytest.mark.parametrize(
    ("scores", "code", "params"),
    [
        (csr([0.1, np.inf], [0, 2], [0, 0, 2]), "score_infinite", {"row": 1, "column": 2}),
        (csr([0.1, 0.2], [2, 2], [0, 0, 2]), "score_twice", {"row": 1, "column": 2}),
        (csr([0.1], [3], [0, 1]), "score_outside", {"row": 0, "column": 3}),
        (csr([0.1], [-1], [0, 1]), "score_outside", {"row": 0, "column": -1}),
        (csr([0.1, 0.2], [0, 1], [0, 1]), "csr_broken", {"shape": [1, 3]}),
        (csr([0.1, 0.2], [0, 1], [0, 2, 1, 2]), "csr_broken", {"shape": [3, 3]}),
        (csr([1j], [0], [0, 1]), "scores_not_numbers", {}),
        (coo_array(np.eye(3)), "scores_not_csr", {"format": "coo"}),
        (csr_array((0, 3)), "side_empty", {"side": "mentees"}),
    ],
)
def test_broken_matrices_name_their_place(
    scores: csr_array, code: str, params: dict[str, object]
) -> None:
    with pytest.raises(MatchingError) as caught:
        assign(scores, [1, 1, 1])
    assert caught.value.code == code
    assert params.items() <= caught.value.params.items()
