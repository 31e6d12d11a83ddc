"""What a mechanism's founding circular says of it: organs, people, member units, deadlines, each with its sentence."""
