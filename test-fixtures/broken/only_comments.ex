# Nothing is defined here.
#
# def f, do: Map.get(%{}, :a)
