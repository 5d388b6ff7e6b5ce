defmodule Cellar.Migration do
  @moduledoc """
  Describes how sources change over time.

      defmodule Shop.Repo.Migrations.CreateUsers do
        use Cellar.Migration

        def change do
          create table(:users) do
            add :name, :string, null: false
            timestamps()
          end

          create unique_index(:users, [:email])
        end
      end
  """

  @callback change() :: term()

  defmodule Table do
    @moduledoc false
    defstruct [:name, columns: [], primary_key: true]
  end

  defmodule Index do
    @moduledoc false
    defstruct [:table, :columns, unique: false]
  end

  defmacro __using__(_) do
    quote location: :keep do
      @behaviour Cellar.Migration
      import Cellar.Migration

      def __migration__ do
        Process.put(:cellar_migration, [])
        change()
        :cellar_migration |> Process.delete() |> Enum.reverse()
      end
    end
  end

  @doc "Creates what is described, a table with its columns in the block."
  defmacro create(object, do: block) do
    quote do
      Cellar.Migration.__push__(unquote(object))
      unquote(block)
    end
  end

  defmacro create(object), do: quote(do: Cellar.Migration.__push__(unquote(object)))

  def table(name, opts \\ []), do: struct!(%Table{name: to_string(name)}, opts)
  def index(table, columns, opts \\ []), do: struct!(%Index{table: to_string(table), columns: List.wrap(columns)}, opts)
  def unique_index(table, columns), do: index(table, columns, unique: true)

  def add(name, type, opts \\ []) do
    [%Table{} = table | rest] = Process.get(:cellar_migration)
    Process.put(:cellar_migration, [%{table | columns: table.columns ++ [{name, type, opts}]} | rest])
    :ok
  end

  def timestamps(opts \\ []) do
    for name <- [:inserted_at, :updated_at], do: add(name, :utc_datetime, Keyword.put_new(opts, :null, false))
  end

  def references(table, opts \\ []), do: {:references, to_string(table), opts}

  @doc false
  def __push__(object), do: Process.put(:cellar_migration, [object | Process.get(:cellar_migration, [])])
end
