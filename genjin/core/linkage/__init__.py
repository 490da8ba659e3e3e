"""Which of many records are of one person or company (record linkage). Knows no field: `Scheme` names them.

Compared are only pairs that share a key (`blocking`), each by every comparison of the scheme (`scoring`).
"""
