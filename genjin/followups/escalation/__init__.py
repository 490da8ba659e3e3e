"""What slips is shown the same day, climbs the playbook's ladder, and is said to each person once a day."""
