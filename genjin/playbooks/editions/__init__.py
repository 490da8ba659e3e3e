"""A company's own editions of the playbooks: kept versions, drafts, and which one is current."""
