"""What is wrong with the customers' data, counted day by day (C15). Each figure is a list to work off."""
