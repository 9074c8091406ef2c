"""Where the project's files are, and how they are written.

In: the checkout. Out: cities and their folders, files that are complete or absent, the commit's date.
"""
