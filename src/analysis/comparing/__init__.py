"""Cities side by side: the same measures for each as table, figures and page.

In: rebuilt files of several cities. Out: ``build/comparison``.
"""
