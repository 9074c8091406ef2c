"""Every word in two languages.

In: keys and values. Out: texts, numbers and dates in Indonesian or English; problems; spellings and synonyms.
"""
