locals = [
  field: 1,
  field: 2,
  field: 3,
  belongs_to: 2,
  belongs_to: 3,
  has_many: 2,
  has_many: 3,
  has_one: 2,
  has_one: 3,
  timestamps: 1,
  from: 2,
  create: 1,
  add: 2,
  add: 3
]

[
  inputs: ["{mix,.formatter}.exs", "lib/**/*.ex"],
  locals_without_parens: locals,
  export: [locals_without_parens: locals]
]
