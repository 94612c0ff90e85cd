"""Pages on which people decide: forms, and what becomes of them. Only in a reviewed site."""
