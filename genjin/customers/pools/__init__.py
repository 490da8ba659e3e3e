"""公海: which pools there are, who may look into and deal out of them, and what may be claimed when and by whom."""
