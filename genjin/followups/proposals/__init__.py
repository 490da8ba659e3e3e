"""What the rules propose and a person decides: another class, giving up; with the contacts it rests on."""
