"""What people fill in about customers. Forms read and check; services decide."""
