# Nothing but a comment.

  # And another.
