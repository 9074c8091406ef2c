"""A graph of tasks: run, drawn, and what is stale in it and why."""
