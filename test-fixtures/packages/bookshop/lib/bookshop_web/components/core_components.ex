defmodule BookshopWeb.CoreComponents do
  @moduledoc "Pieces of pages."

  use Harbor.Component

  attr :href, :string, required: true
  attr :class, :string, default: nil

  def link(assigns) do
    assigns = assign_new(assigns, :class, fn -> nil end)

    ~H"""
    <a href={@href} class={@class}><%= render_slot(@inner_block) %></a>
    """
  end

  attr :type, :string, default: "submit"

  def button(assigns) do
    assigns = assign_new(assigns, :type, fn -> "submit" end)
    ~H"<button type={@type}>{render_slot(@inner_block)}</button>"
  end

  @doc "A field with its errors."
  attr :form, :any, required: true
  attr :field, :atom, required: true
  attr :label, :string

  def input(assigns) do
    errors = for {message, _meta} <- Keyword.get_values(assigns.form.errors, assigns.field), do: message

    assigns =
      assigns
      |> assign(:errors, errors)
      |> assign(:value, Cellar.Changeset.get_field(assigns.form, assigns.field))
      |> assign_new(:label, fn -> assigns.field |> Atom.to_string() |> String.capitalize() end)

    ~H"""
    <label>
      {@label}
      <input name={"book[#{@field}]"} value={@value}>
    </label>
    <.error :for={message <- @errors}>{message}</.error>
    """
  end

  def error(assigns) do
    ~H"""
    <p class="error">{render_slot(@inner_block)}</p>
    """
  end

  attr :flash, :map, required: true

  def flash(assigns) do
    ~H"""
    <div :for={{kind, message} <- @flash} class={"flash flash-" <> kind}>
      {message}
    </div>
    """
  end

  attr :price, Bookshop.Money, required: true
  def price(assigns), do: ~H|<span class="price">{@price}</span>|

  attr :value, :float

  def stars(%{value: nil} = assigns), do: ~H"<span>no reviews yet</span>"

  def stars(assigns) do
    assigns = assign(assigns, :full, round(assigns.value))
    ~H'<span title={@value}>{String.duplicate("★", @full)}</span>'
  end
end
