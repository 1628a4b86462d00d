"""Who does it: one blueprint a person, and the few things that all of them share."""
