"""Render one paper of Bandung, ``render.py LANGUAGE FOLDER``, or its audit: ``render.py report``."""

import sys
from pathlib import Path

if sys.argv[1] == "report":
    from analysis.reporting.report import write_reports

    write_reports("bandung")
else:
    from analysis.project.provenance import epoch
    from analysis.publishing import papers, rendering

    lang, folder = sys.argv[1], Path(sys.argv[2])
    stage = Path("build/stage", lang)
    papers.stage("bandung", lang, stage)
    rendering.render(stage / lang, folder, lang, renderer="embedded", epoch=epoch(Path.cwd()))
