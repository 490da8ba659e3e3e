"""How likely something is by what became of others like it: learned from rows, kept as plain figures, with reasons.

Knows no sales word. `rules` reads a model and answers, without any library; `training` makes one and measures it
honestly, with scikit-learn, and is only ever run by a job.
"""
