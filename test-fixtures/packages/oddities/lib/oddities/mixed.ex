defmodule Oddities.Mixed do
  def a, do: """
  x
  y
  """
	def b(x) do
		x	|>	to_string
  	end
   def c, do: 1  
  
 	end