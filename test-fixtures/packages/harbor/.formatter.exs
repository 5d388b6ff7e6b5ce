verbs = for verb <- [:get, :post, :put, :patch, :delete], arity <- 3..4, do: {verb, arity}

[
  inputs: ["{mix,.formatter}.exs", "lib/**/*.{ex,exs}"],
  locals_without_parens:
    [plug: 1, plug: 2, pipe_through: 1, resources: 2, resources: 3, resources: 4, forward: 2, attr: 2, attr: 3, embed_templates: 1] ++ verbs,
  export: [locals_without_parens: [plug: 1, plug: 2, pipe_through: 1, attr: 2, attr: 3] ++ verbs]
]
