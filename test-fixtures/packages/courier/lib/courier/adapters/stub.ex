defmodule Courier.Adapters.Stub do
  @moduledoc """
  Answers from a list of routes, for tests.

      {:ok, stub} = Stub.start_link([{:get, "/health", 200, "ok"}])
      Courier.get!("http://x/health", adapter: {Stub, pid: stub})
      assert [%Courier.Request{}] = Stub.requests(stub)
  """

  use Agent
  @behaviour Courier.Adapter

  alias Courier.{Request, Response}

  @type route :: {Courier.method(), Path.t(), non_neg_integer(), binary() | (Request.t() -> binary())}

  @spec start_link([route]) :: Agent.on_start()
  def start_link(routes), do: Agent.start_link(fn -> %{routes: routes, requests: []} end)

  @spec requests(Agent.agent()) :: [Request.t()]
  def requests(stub), do: stub |> Agent.get(& &1.requests) |> Enum.reverse()

  @impl true
  def send(%Request{method: method, url: %{path: path}} = request, opts) do
    stub = Keyword.fetch!(opts, :pid)
    :ok = Agent.update(stub, fn state -> %{state | requests: [request | state.requests]} end)

    case stub |> Agent.get(& &1.routes) |> Enum.find(&match?({^method, ^path, _, _}, &1)) do
      {_, _, status, body} when is_function(body, 1) -> {:ok, Response.new(status, [], body.(request))}
      {_, _, status, body} -> {:ok, Response.new(status, [content_type: "application/json"], body)}
      nil -> {:ok, Response.new(404)}
    end
  end
end
