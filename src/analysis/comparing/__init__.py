"""Cities side by side: the same measures for each as table, figures and page."""
