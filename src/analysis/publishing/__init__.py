"""The papers: staged from their sources, rendered by Quarto or the embedded renderer."""
