"""Queues: where leads wait for somebody to accept them, and who may."""
