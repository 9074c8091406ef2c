"""Personal data in texts: numbers, addresses and names of persons, and what is known to be none.

In: a city's folder, or any file. Out: what looks personal, with its place.
"""
