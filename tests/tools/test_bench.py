from bench.__main__ import main


def test_the_smallest_size_is_measured(capsys):
    assert main(["--quick"]) == 0
    said = capsys.readouterr().out
    assert "60 x 45" in said
    assert "60 / 60 pairs" in said
