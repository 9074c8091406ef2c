"""What a person can hand around after an import that failed or is in doubt: a page and an annotated copy."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from analysis.intake.annotated_copies import annotate
from analysis.intake.confined import confined
from analysis.intake.importing import ImportReport
from analysis.intake.sheets import UnreadableError
from analysis.language.formats import integer
from analysis.language.labels import LANGUAGES, text
from analysis.language.problems import Problem
from analysis.project import cities
from analysis.project.atomic import write_bytes
from analysis.project.cities import City
from analysis.reporting import check_page

STEM = "import"


def rows_read(counts: Mapping[str, int], lang: str) -> str:
    """Return `Table.counts` in `lang` as a sum that a reader can check."""
    said = [text(f"import.left_out.{part}", lang, n=integer(n, lang)) for part, n in counts.items()]
    return text("import.rows_read", lang, read=integer(sum(counts.values()), lang), parts=" + ".join(said))


def write_handout(
    read: ImportReport, source: Path, problems: Sequence[Problem], command: str, lang: str
) -> tuple[Mapping[str, Path], Path | None]:
    """Write page and copy into the build folder of the city that was to be made; return where they are.

    Parameters
    ----------
    read, source, problems : ImportReport, pathlib.Path, sequence of Problem
        What was read, from where, and what is wrong with it in the words of whoever imports it.
    command : str
        What to run next.
    lang : str
        Language of the copy, which not every file allows; the page is written in both.
    """
    city = City(read.city, cities.project_root())
    copy = None
    if read.sheets:
        with suppress(UnreadableError):
            data = confined(annotate, source.read_bytes(), read.sheets, problems, lang, file=source.name)
            copy = city.build / text("import.copy.name", lang, stem=source.stem)
            write_bytes(copy, data)
    notes = {
        one: [
            text("checkpage.source", one, file=source.name),
            *(rows_read(counted, one) for counted in read.counts.values()),
            *([text("checkpage.copy", one, file=copy.name)] if copy else []),
        ]
        for one in LANGUAGES
    }
    return check_page.write_pages(city, problems, stem=STEM, notes=notes, commands=[command]), copy
