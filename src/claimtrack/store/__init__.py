"""SQLite: migrations, rows, the writer, search and reading. The only SQL."""
