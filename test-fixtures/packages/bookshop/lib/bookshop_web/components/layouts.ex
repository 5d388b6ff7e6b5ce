defmodule BookshopWeb.Layouts do
  use BookshopWeb, :html

  def root(assigns) do
    assigns = assign_new(assigns, :flash, fn -> %{} end)

    ~H"""
    <!DOCTYPE html>
    <html lang="en">
      <head><title>{assigns[:page_title] || Bookshop.title()}</title></head>
      <body>
        <nav><.link href={~p"/"}>Home</.link> <.link href={~p"/books"}>Books</.link></nav>
        <.flash flash={@flash} />
        <main>{@inner_content}</main>
      </body>
    </html>
    """
  end
end
