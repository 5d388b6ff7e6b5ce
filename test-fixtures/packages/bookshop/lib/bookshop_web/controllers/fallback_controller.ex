defmodule BookshopWeb.FallbackController do
  @moduledoc "Answers for results that are no connections."
  use BookshopWeb, :plug

  alias Cellar.Changeset

  @impl true
  def init(result), do: result

  @impl true
  def call(conn, {:error, :not_found}), do: send_resp(conn, :not_found, "Not found")

  def call(conn, {:error, %Changeset{} = changeset}) do
    errors =
      Changeset.traverse_errors(changeset, fn {message, opts} ->
        Regex.replace(~r"%{(\w+)}", message, fn _, key ->
          opts |> Keyword.get(String.to_existing_atom(key), key) |> to_string()
        end)
      end)

    conn |> put_status(:unprocessable_entity) |> Harbor.Controller.json(%{errors: errors})
  end

  def call(conn, {:error, reason}), do: send_resp(conn, :bad_request, inspect(reason))
end
