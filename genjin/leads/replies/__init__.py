"""Automatic replies: by rule, by e-mail or SMS, once, never at night, never to whoever asked not to be written to."""
