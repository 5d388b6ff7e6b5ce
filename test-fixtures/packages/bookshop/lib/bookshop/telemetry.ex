defmodule Bookshop.Telemetry do
  @moduledoc false
  require Logger

  @slow System.convert_time_unit(200, :millisecond, :native)

  def attach do
    :pulse.attach("bookshop-slow-queries", [:cellar, :query], &__MODULE__.handle_event/4, %{slow: @slow})
    :pulse.attach_many(:bookshop_books, [[:bookshop, :book, :created], [:bookshop, :book, :updated]], &handle_event/4, nil)
    Drover.Telemetry.attach_default_logger(:debug)
    :ok
  end

  def handle_event([:cellar, :query], %{duration: duration}, %{source: source}, %{slow: slow}) when duration > slow do
    Logger.warning("slow query on #{source}: #{duration}")
  end

  def handle_event([:bookshop, :book, what], _measurements, %{book: %{title: title}}, _config) do
    Logger.info("book #{what}: #{title}")
  end

  def handle_event(_event, _measurements, _metadata, _config), do: :ok
end
