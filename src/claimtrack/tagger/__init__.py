"""A model that is trained on annotated articles and finds attributions in others.

Two linear-chain conditional random fields: one tells which words are cues, the other, for each of
them, which words around it are its source and its content.
"""
