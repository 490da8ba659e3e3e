"""Going back to the pool by rule, as far as it is about customers: whose clocks run out when, and keeping one."""
