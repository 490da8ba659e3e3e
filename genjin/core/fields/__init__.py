"""Fields that a company defines by itself, of whatever an app registers as a subject (`registry.py`).

The definitions are rows (`models.Field`), their values one JSON column on the row they describe (`Describable.custom`).
`rules` reads what was typed and says who may see it; `reading` gives the definitions; `services` keeps both.
"""
