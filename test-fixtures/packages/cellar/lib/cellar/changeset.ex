defmodule Cellar.Changeset do
  @moduledoc """
  What somebody wants to change, filtered and checked.
  """

  alias __MODULE__
  alias Cellar.Type

  @enforce_keys [:data]
  defstruct data: nil, params: nil, changes: %{}, errors: [], required: [], action: nil, valid?: true, constraints: []

  @type error :: {String.t(), keyword()}
  @type t(data) :: %Changeset{
          data: data,
          params: %{optional(String.t()) => term()} | nil,
          changes: %{optional(atom()) => term()},
          errors: [{atom(), error()}],
          required: [atom()],
          action: atom(),
          valid?: boolean(),
          constraints: [map()]
        }
  @type t :: t(struct())

  @empty_values ["", nil]
  @number_checks [
    less_than: {&</2, "must be less than %{number}"},
    greater_than: {&>/2, "must be greater than %{number}"},
    at_most: {&<=/2, "must be at most %{number}"},
    at_least: {&>=/2, "must be at least %{number}"},
    equal_to: {&==/2, "must be %{number}"}
  ]

  @doc "A changeset without anything cast."
  @spec change(struct() | t(), Enumerable.t()) :: t()
  def change(data, changes \\ %{})

  def change(%Changeset{} = changeset, changes) do
    Enum.reduce(changes, changeset, fn {key, value}, acc -> put_change(acc, key, value) end)
  end

  def change(%_{} = data, changes), do: change(%Changeset{data: data}, changes)

  @doc """
  Takes the permitted parameters, cast to the types of the schema.
  """
  @spec cast(struct() | t(), map(), [atom()], keyword()) :: t()
  def cast(data, params, permitted, opts \\ [])

  def cast(%Changeset{data: data, changes: changes} = changeset, params, permitted, opts) do
    new = cast(data, params, permitted, opts)
    %{new | changes: Map.merge(changes, new.changes), errors: new.errors ++ changeset.errors, valid?: new.valid? and changeset.valid?}
  end

  def cast(%module{} = data, %{} = params, permitted, opts) do
    empty_values = Keyword.get(opts, :empty_values, @empty_values)
    params = for {key, value} <- params, into: %{}, do: {to_string(key), value}

    Enum.reduce(permitted, %Changeset{data: data, params: params}, fn key, acc ->
      type = module.__schema__(:type, key) || raise ArgumentError, "unknown field #{inspect(key)} of #{inspect(module)}"

      case Map.fetch(params, Atom.to_string(key)) do
        {:ok, value} -> cast_field(acc, key, type, if(value in empty_values, do: nil, else: value))
        :error -> acc
      end
    end)
  end

  defp cast_field(changeset, key, type, value) do
    with {:ok, value} <- Type.cast(type, value),
         false <- Type.equal?(type, Map.get(changeset.data, key), value) do
      %{changeset | changes: Map.put(changeset.changes, key, value)}
    else
      true -> changeset
      :error -> add_error(changeset, key, "is invalid", type: type, validation: :cast)
    end
  end

  @doc "The changed value, or the data's."
  def get_field(%Changeset{changes: changes, data: data}, key, default \\ nil) do
    case changes do
      %{^key => value} -> value
      %{} -> Map.get(data, key, default)
    end
  end

  def get_change(%Changeset{changes: changes}, key, default \\ nil), do: Map.get(changes, key, default)

  def fetch_change(%Changeset{changes: changes}, key), do: Map.fetch(changes, key)

  def put_change(%Changeset{data: data} = changeset, key, value) do
    if Map.get(data, key) == value do
      delete_change(changeset, key)
    else
      update_in(changeset.changes, &Map.put(&1, key, value))
    end
  end

  def delete_change(%Changeset{} = changeset, key), do: update_in(changeset.changes, &Map.delete(&1, key))

  @doc "Changes a change, if there is one."
  def update_change(%Changeset{} = changeset, key, fun) when is_function(fun, 1) do
    case fetch_change(changeset, key) do
      {:ok, value} -> put_change(changeset, key, fun.(value))
      :error -> changeset
    end
  end

  @spec add_error(t(), atom(), String.t(), keyword()) :: t()
  def add_error(%Changeset{errors: errors} = changeset, key, message, meta \\ []) when is_binary(message) do
    %{changeset | errors: [{key, {message, meta}} | errors], valid?: false}
  end

  ## Validations

  @spec validate_required(t(), atom() | [atom()], keyword()) :: t()
  def validate_required(%Changeset{} = changeset, fields, opts \\ []) do
    fields = List.wrap(fields)
    message = Keyword.get(opts, :message, "can't be blank")

    missing =
      for key <- fields, blank?(get_field(changeset, key)), not Keyword.has_key?(changeset.errors, key) do
        {key, {message, [validation: :required]}}
      end

    %Changeset{
      changeset
      | required: fields ++ changeset.required,
        errors: missing ++ changeset.errors,
        valid?: changeset.valid? and missing == []
    }
  end

  defp blank?(nil), do: true
  defp blank?(text) when is_binary(text), do: String.trim_leading(text) == ""
  defp blank?(_), do: false

  @doc "Runs the validator on a change; it gives a list of errors."
  def validate_change(%Changeset{} = changeset, key, validator) when is_function(validator, 2) do
    with {:ok, value} when not is_nil(value) <- fetch_change(changeset, key),
         [_ | _] = errors <- validator.(key, value) do
      Enum.reduce(errors, changeset, fn
        {key, {message, meta}}, acc -> add_error(acc, key, message, meta)
        {key, message}, acc -> add_error(acc, key, message)
      end)
    else
      _ -> changeset
    end
  end

  def validate_format(changeset, key, %Regex{} = format, opts \\ []) do
    validate_change(changeset, key, fn ^key, value ->
      if value =~ format, do: [], else: [{key, {opts[:message] || "has invalid format", [validation: :format]}}]
    end)
  end

  def validate_inclusion(changeset, key, values, opts \\ []) do
    validate_change(changeset, key, fn _, value ->
      if value in values, do: [], else: [{key, {Keyword.get(opts, :message, "is invalid"), validation: :inclusion}}]
    end)
  end

  def validate_length(changeset, key, opts) do
    validate_change(changeset, key, fn _, value ->
      length = if is_list(value), do: length(value), else: String.length(value)

      cond do
        (exact = opts[:is]) && length != exact -> [{key, {"should be %{count} long", count: exact}}]
        (min = opts[:min]) && length < min -> [{key, {"should be at least %{count} long", count: min}}]
        (max = opts[:max]) && length > max -> [{key, {"should be at most %{count} long", count: max}}]
        true -> []
      end
    end)
  end

  @doc """
  Checks a number: `:less_than`, `:greater_than`, `:at_most`, `:at_least`, `:equal_to`.
  """
  def validate_number(changeset, key, opts) do
    validate_change(changeset, key, fn _, value ->
      for {check, number} <- opts,
          {compare, message} = Keyword.fetch!(@number_checks, check),
          not compare.(value, number),
          do: {key, {message, [number: number]}}
    end)
  end

  def validate_confirmation(changeset, key) do
    confirmation = changeset.params[Atom.to_string(key) <> "_confirmation"]

    case get_change(changeset, key) do
      nil -> changeset
      ^confirmation -> changeset
      _other -> add_error(changeset, :"#{key}_confirmation", "does not match", validation: :confirmation)
    end
  end

  @doc "The repository turns a violation of this into an error of the field."
  def unique_constraint(%Changeset{} = changeset, key, opts \\ []) do
    constraint = %{type: :unique, field: key, message: opts[:message] || "has already been taken"}
    update_in(changeset.constraints, &[constraint | &1])
  end

  ## Ends

  @spec apply_changes(t()) :: struct()
  def apply_changes(%Changeset{data: data, changes: changes}), do: Map.merge(data, changes)

  @spec apply_action(t(), atom()) :: {:ok, struct()} | {:error, t()}
  def apply_action(%Changeset{valid?: true} = changeset, _action), do: {:ok, apply_changes(changeset)}
  def apply_action(%Changeset{} = changeset, action), do: {:error, %{changeset | action: action}}

  @doc """
  All errors as a map from field to messages, each made by the function.
  """
  @spec traverse_errors(t(), (error() -> String.t())) :: %{atom() => [String.t()]}
  def traverse_errors(%Changeset{errors: errors}, fun) do
    Enum.group_by(errors, fn {key, _} -> key end, fn {_, error} -> fun.(error) end)
  end
end
