"""The site: a Datasette plugin package."""
