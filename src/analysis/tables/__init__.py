"""One module per table: counting, listing and summarising.

In: a `Package`. Out: the rebuilt table, and where each of its cells comes from.
"""
