"""How well attributions are found: measures against gold, mistakes in context, tables by group."""
