import json

import pytest

from tools import check_coverage
from tools.check_coverage import total_problems, whole_problems


def file(percent=100.0, missing=(), branches=0):
    summary = {"percent_covered": percent, "missing_branches": branches}
    return {"summary": summary, "missing_lines": list(missing)}


def report(percent=95.0, **changed):
    files = {
        f"src/tandemwerk/{name}{'all.py' if name.endswith('/') else ''}": file()
        for name in check_coverage.WHOLE
    }
    files |= {f"src/tandemwerk/{path}": entry for path, entry in changed.items()}
    return {"files": files, "totals": {"percent_covered": percent, "num_statements": 10}}


def test_enough_is_enough():
    enough = report(**{"people/forms.py": file(40.0)})
    assert (whole_problems(enough), total_problems(enough)) == ([], [])


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (report(89.9), "all together: 89.9 %"),
        (report(**{"matching/rules.py": file(99.0, [7], 0)}), "matching/rules.py: lines [7]"),
        (report(**{"core/crypto.py": file(98.0, [], 2)}), "core/crypto.py: lines [], 2 branches"),
        ({**report(), "files": {}}, "matching/: no such file was measured"),
    ],
)
def test_each_shortfall_is_named(planted, said):
    assert said in "\n".join(whole_problems(planted) + total_problems(planted))


def test_the_program_says_the_figure_and_fails_when_it_falls_short(tmp_path, capsys):
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps(report()))
    assert check_coverage.main("--all", str(path)) == 0
    assert "95.0 % of 10 lines" in capsys.readouterr().out

    path.write_text(json.dumps(report(12.0)))
    assert check_coverage.main("--pure", str(path)) == 0
    assert check_coverage.main("--all", str(path)) == 1
    assert "at least 90 %" in capsys.readouterr().err
