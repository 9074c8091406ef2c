"""Reproducible compendium of the study of smart government in Bandung."""
