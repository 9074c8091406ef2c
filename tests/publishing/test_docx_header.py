import re
import zipfile

import pypandoc
from conftest import ROOT

from analysis.publishing import docx_header

HOSTILE = 'A & B <w:t>"x"</w:t>'


REFERENCE = ROOT / "paper/templates/reference.docx"


def test_every_page_of_a_document_made_from_it_has_the_header(tmp_path):
    reference = tmp_path / "reference.docx"
    reference.write_bytes(docx_header.with_words(REFERENCE, HOSTILE))
    made = tmp_path / "made.docx"
    options = [f"--reference-doc={reference}"]
    pypandoc.convert_text("# One", "docx", format="markdown", outputfile=str(made), extra_args=options)
    with zipfile.ZipFile(made) as parts:
        document = parts.read("word/document.xml").decode()
        [identifier] = re.findall(r'<w:headerReference[^>]*r:id="([^"]+)"', document)
        relations = parts.read("word/_rels/document.xml.rels").decode()
        [relation] = re.findall(rf'<Relationship [^>]*Id="{identifier}"[^>]*>', relations)
        target = re.search(r'Target="([^"]+)"', relation)[1]
        header = parts.read(f"word/{target}").decode()
    assert "titlePg" not in document
    assert "A &amp; B &lt;w:t&gt;" in header


def test_the_same_words_give_the_same_bytes():
    assert docx_header.with_words(REFERENCE, "Head") == docx_header.with_words(REFERENCE, "Head")
