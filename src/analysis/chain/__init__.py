"""The study's task graph: from raw files through notebooks to reports and papers.

In: a city. Out: everything made from its raw package, brought up to date.
"""
