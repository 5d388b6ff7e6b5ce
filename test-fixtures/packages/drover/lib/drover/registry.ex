defmodule Drover.Registry do
  @moduledoc false

  # One registry for all instances. `{instance, role}` is the key of a process.

  def child_spec(_), do: Registry.child_spec(keys: :unique, name: __MODULE__)

  def via(name, role), do: {:via, Registry, {__MODULE__, {name, role}}}

  def whereis(name, role) do
    case Registry.lookup(__MODULE__, {name, role}) do
      [{pid, _}] -> pid
      [] -> nil
    end
  end

  def put_config(name, config), do: Registry.put_meta(__MODULE__, {:config, name}, config)

  def config(name) do
    case Registry.meta(__MODULE__, {:config, name}) do
      {:ok, config} -> config
      :error -> raise ArgumentError, "no Drover is running under the name #{inspect(name)}"
    end
  end
end
