import re
import shutil
import zipfile

import pypandoc
import pytest
from conftest import ROOT

from analysis.publishing import docx_header

HOSTILE = 'A & B <w:t>"x"</w:t>'


@pytest.fixture
def reference(tmp_path):
    """A copy of the reference document."""
    return shutil.copy(ROOT / "paper/templates/reference.docx", tmp_path)


def test_every_page_of_a_document_made_from_it_has_the_header(reference, tmp_path):
    docx_header.write(tmp_path / "reference.docx", HOSTILE)
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


def test_the_same_words_give_the_same_bytes(reference, tmp_path):
    other = shutil.copy(reference, tmp_path / "other.docx")
    for path in (tmp_path / "reference.docx", tmp_path / "other.docx"):
        docx_header.write(path, "Head")
    assert (tmp_path / "reference.docx").read_bytes() == (tmp_path / "other.docx").read_bytes()
    assert other
