"""Source channels (B1): what each costs in money and hours, and what informants are paid."""
