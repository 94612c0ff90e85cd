"""What a desk of people decides about what machines found."""
