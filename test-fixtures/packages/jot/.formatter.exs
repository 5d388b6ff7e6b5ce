[
  inputs: ["{mix,.formatter}.exs", "lib/**/*.ex"],
  locals_without_parens: [json_map: 1],
  export: [locals_without_parens: [json_map: 1]]
]
