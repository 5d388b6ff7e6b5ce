defmodule Harbor.Router.Scope do
  @moduledoc false

  alias Harbor.Router.Route

  defstruct path: [], alias: nil, as: [], pipes: []

  def push(module, path, alias, opts) do
    [%__MODULE__{} = outer | _] = scopes = get(module)

    inner = %__MODULE__{
      outer
      | path: outer.path ++ split(path),
        alias: concat(outer.alias, alias),
        as: outer.as ++ List.wrap(opts[:as])
    }

    put(module, [inner | scopes])
  end

  def pop(module), do: module |> get() |> tl() |> then(&put(module, &1))

  def pipe_through(module, pipes) do
    [scope | rest] = get(module)

    if dup = Enum.find(pipes, &(&1 in scope.pipes)) do
      raise ArgumentError, "#{inspect(dup)} is already piped through in this scope"
    end

    put(module, [%{scope | pipes: scope.pipes ++ pipes} | rest])
  end

  def route(module, verb, path, plug, action, opts) do
    [scope | _] = get(module)

    %Route{
      verb: verb,
      path: scope.path ++ split(path),
      plug: if(opts[:forward], do: plug, else: concat(scope.alias, plug)),
      action: action,
      pipes: scope.pipes,
      forward: Keyword.get(opts, :forward, false),
      helper: helper(scope, plug, opts)
    }
  end

  defp helper(%{as: outer}, plug, opts) do
    own = opts[:as] || plug |> Module.split() |> List.last() |> String.replace_suffix("Controller", "") |> Macro.underscore()
    Enum.join(outer ++ [own], "_")
  end

  defp split(path), do: for(segment <- String.split(path, "/"), segment != "", do: segment)

  defp concat(nil, plug), do: plug
  defp concat(outer, nil), do: outer
  defp concat(outer, plug), do: Module.concat(outer, plug)

  defp get(module), do: Module.get_attribute(module, :harbor_scopes)
  defp put(module, scopes), do: Module.put_attribute(module, :harbor_scopes, scopes)
end
