import subprocess
import sys

import pytest

from analysis.display import svg_files


def test_the_content_in_words_of_a_figure_is_read_from_its_file():
    words = "Badan A &amp; B: 3 &lt; 4"
    svg = f"<svg><metadata><dc:description>{words}</dc:description></metadata></svg>".encode()
    assert svg_files.description_of(svg) == "Badan A & B: 3 < 4"
    assert svg_files.description_of(b"<svg/>") == ""


@pytest.mark.parametrize(
    ("long", "short"),
    [
        (b'x="12.345678"', b'x="12.35"'),
        (b'r="0.123456"', b'r="0.1235"'),
        (b"<g>\n   <a/>\n</g>", b"<g>\n<a/>\n</g>"),
        (b'"#CompendiumSerif-Regular-1f" "#CompendiumSerif-Bold-1f"', b'"#r1f" "#b1f"'),
        (b'"#123.4567" v1.2345', b'"#123.4567" v1.2345'),
    ],
)
def test_a_file_has_no_more_digits_blanks_and_letters_than_can_be_seen(long, short):
    assert svg_files.shortened(long) == short


def test_who_reads_figures_need_not_be_able_to_draw():
    code = "import sys, analysis.reporting.check_page; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"
