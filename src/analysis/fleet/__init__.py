"""Many cities: built in processes of this machine, or on the workers of a Dask cluster."""
