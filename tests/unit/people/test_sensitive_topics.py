from tandemwerk.matching.catalogue import topics
from tandemwerk.people.vocabulary import SENSITIVE_TOPICS


def test_every_sensitive_topic_is_in_the_catalogue():
    assert set(topics()) >= SENSITIVE_TOPICS


def test_the_sensitive_ones_are_a_small_part():
    assert 0.05 < len(SENSITIVE_TOPICS) / len(topics()) < 0.2
