"""What happens later: letters leave the outbox."""
