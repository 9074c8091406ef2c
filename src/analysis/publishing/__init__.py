"""The papers: staged from their sources, rendered by Quarto or the embedded renderer.

In: rebuilt files and ``paper/``. Out: HTML, PDF and DOCX in each language of the city.
"""
