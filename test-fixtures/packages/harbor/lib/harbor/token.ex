defmodule Harbor.Token do
  @moduledoc "Terms that nobody can change on their way."

  @spec sign(term(), binary()) :: String.t()
  def sign(term, secret) do
    payload = {term, System.system_time(:second)} |> :erlang.term_to_binary() |> Base.url_encode64(padding: false)
    payload <> "." <> mac(payload, secret)
  end

  @spec verify(String.t(), binary(), max_age: pos_integer()) :: {:ok, term()} | {:error, :invalid | :expired}
  def verify(token, secret, opts) do
    with [payload, mac] <- String.split(token, "."),
         true <- equal?(mac, mac(payload, secret)),
         {:ok, binary} <- Base.url_decode64(payload, padding: false),
         {term, signed_at} <- :erlang.binary_to_term(binary, [:safe]),
         {:expired, false} <- {:expired, signed_at + opts[:max_age] < System.system_time(:second)} do
      {:ok, term}
    else
      {:expired, true} -> {:error, :expired}
      _ -> {:error, :invalid}
    end
  end

  defp mac(payload, secret), do: :hmac |> :crypto.mac(:sha256, secret, payload) |> Base.url_encode64(padding: false)

  # Takes as long for a wrong one as for the right one.
  defp equal?(left, right) when byte_size(left) == byte_size(right) do
    left
    |> :crypto.exor(right)
    |> :binary.bin_to_list()
    |> Enum.reduce(0, &Bitwise.bor/2)
    |> Kernel.==(0)
  end

  defp equal?(_, _), do: false
end
