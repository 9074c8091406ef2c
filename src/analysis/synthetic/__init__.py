"""Made-up inventories and cities, for teaching and tests.

In: a seed and margins. Out: a raw package that says that it is made up.
"""
