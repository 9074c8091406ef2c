"""Reproducible compendium of a study of smart government in a city."""
