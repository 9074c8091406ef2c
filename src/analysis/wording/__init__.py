"""How people word names, headings and categories, and what they mean by them."""
