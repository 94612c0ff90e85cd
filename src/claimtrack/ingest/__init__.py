"""Bytes to articles: text, HTML, JSON lines; what belongs to the article and what does not."""
