defmodule Broken.MixedTabs do
	def a(x) do
        	Map.get(x, :a)
	  end
    	def b(x), do:	Map.get(	x,	:b	)
 	 end_of_it = 1
	_ = end_of_it
  	  end
