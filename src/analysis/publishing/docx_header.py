"""The running head of the papers in Word, written into their reference document."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
PART, IDENTIFIER = "word/header1.xml", "rIdRunningHead"
HEADER = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr {namespaces}><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:i/><w:color w:val="5A5A5A"/>\
<w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p></w:hdr>
"""
INSERTED = {
    "[Content_Types].xml": ("</Types>", f'<Override PartName="/{PART}" ContentType="{CONTENT}"/>'),
    "word/_rels/document.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="{IDENTIFIER}" Type="{KIND}" Target="header1.xml"/>',
    ),
    "word/document.xml": ("<w:footerReference", f'<w:headerReference w:type="default" r:id="{IDENTIFIER}"/>'),
}
"""Where each part of the document declares the header."""


def with_words(reference: Path, words: str) -> bytes:
    """Return a DOCX that has a footer and no header with a header; the same document gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(reference) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename in INSERTED:
                place, addition = INSERTED[part.filename]
                content = content.replace(place.encode(), f"{addition}{place}".encode(), 1)
            after.writestr(part, content)
        header = HEADER.format(namespaces=NAMESPACES, words=escape(words))
        after.writestr(zipfile.ZipInfo(PART), header)
    return stream.getvalue()
