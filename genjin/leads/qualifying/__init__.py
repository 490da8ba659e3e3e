"""Whether a lead is worth it: a checklist of a unit or product line, step by step, with points and their sum."""
