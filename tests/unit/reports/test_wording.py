from tandemwerk.reports.wording import _parted


def test_a_text_gives_its_subject_to_the_heading():
    assert _parted("Alpha · 2027: check the pairs.", "Alpha · 2027") == (
        "Alpha · 2027",
        "Check the pairs.",
    )


def test_other_texts_stay_whole():
    assert _parted("You have met: say how.", "Kim") == ("", "You have met: say how.")
    assert _parted(": odd", "") == ("", ": odd")
