"""Tasks that a manager gives to their people: made, seen in the person's day, carried out or answered, looked after."""
