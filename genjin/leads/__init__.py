"""线索: hints of potential customers, from the first arrival over judgement to conversion (E1, E8)."""
