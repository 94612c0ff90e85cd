"""Our pages, a module for each subject: each reads the store and hands the answer to a template."""
