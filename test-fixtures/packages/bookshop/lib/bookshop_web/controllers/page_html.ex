defmodule BookshopWeb.PageHTML do
  use BookshopWeb, :html

  embed_templates "page_html/*"
end
