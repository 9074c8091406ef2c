"""The checking sheet within the site: its links to raw rows lead to the pages of the raw files."""

import re
from collections.abc import Mapping

from analysis.site import addresses, frame
from analysis.site.study import Study

RAW_ROW = re.compile(r'href="#(?P<stem>[a-z_]+)-(?P<first>\d+)" data-rows="(?P<rows>[\d-]+)"')
RAW_FILE = re.compile(r'href="#raw-(?P<stem>[a-z_]+)"')
RAW_LIST = re.compile(r'<li><a href="#raw">.*?</li>\s*', re.DOTALL)
RAW_PART = re.compile(r'<section id="raw".*?</section>\s*', re.DOTALL)
OTHER = re.compile(r'<p class="elsewhere">.*?</p>', re.DOTALL)


def page(study: Study, report: str, numbers: Mapping[str, str]) -> str:
    """Return the checking sheet as a page of the site, with the `numbers` that our own paper prints."""
    report = RAW_PART.sub("", RAW_LIST.sub("", report))
    report = RAW_ROW.sub(lambda match: f'href="{addresses.of_rows(match["stem"], match["rows"])}"', report)
    report = RAW_FILE.sub(lambda match: f'href="{addresses.of_raw(match["stem"])}"', report)
    shown = study.frame(addresses.SHEET, "checks") | {"skipped": "sheet"}
    documents = frame.render("documents.html", **shown)
    report = OTHER.sub(lambda _: documents, report, count=1)
    report = report.replace("<main>", '<main id="sheet">', 1)
    own = [(key, value, addresses.of_number(key)) for key, value in numbers.items()]
    own_numbers = frame.render("own_numbers.html", numbers=own, **shown)
    report = report.replace("</main>", f"{own_numbers}</main>", 1)
    return frame.framed(report, shown)
