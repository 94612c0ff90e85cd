"""Text: folding for search, sentences, quotation marks; offsets always lead back."""
