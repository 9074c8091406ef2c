"""The site: papers, tables, numbers, notebooks and raw rows as pages that lead to each other.

In: everything built for a city. Out: a folder of static pages in each language of the city.
"""
