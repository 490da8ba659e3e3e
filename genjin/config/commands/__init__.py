"""The commands of `genjin`, one file each; the file's name is the command's (an underscore at its end is dropped).

A command module has a docstring whose first line is its help, `add_arguments(parser)` when it takes any, and
`run(arguments) -> int`, the exit status. Django is set up before `run`, unless the module says `NEEDS_DJANGO = False`.
"""
