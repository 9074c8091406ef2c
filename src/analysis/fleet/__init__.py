"""Many cities: built in processes of this machine, or on the workers of a Dask cluster.

In: names of cities. Out: their built folders, and one outcome each.
"""
