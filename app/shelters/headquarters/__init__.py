"""All shelters in one view: for the headquarters (災害対策本部), numbers only."""
