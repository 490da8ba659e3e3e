"""自动回收: whom nobody works goes back to the pool, every night, with its reason, and can be taken back."""
