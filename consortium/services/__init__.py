"""What we do: verbs that take a session and a principal, ask the policy, and commit nothing."""
