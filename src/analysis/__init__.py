"""Reproducible compendium of the study of smart government in Bandung."""

from importlib.metadata import version

__version__ = version("smart-government-compendium")
