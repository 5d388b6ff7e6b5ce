defmodule Bookshop.Accounts.Password do
  @moduledoc false

  @rounds 1_000
  @length 32

  @spec hash(String.t(), binary()) :: String.t()
  def hash(password, salt \\ :crypto.strong_rand_bytes(16)) do
    derived = :crypto.pbkdf2_hmac(:sha256, password, salt, @rounds, @length)
    Enum.map_join([salt, derived], "$", &Base.encode16(&1, case: :lower))
  end

  @spec verify?(String.t(), String.t()) :: boolean
  def verify?(password, hashed) do
    [salt, _derived] = String.split(hashed, "$")
    hash(password, Base.decode16!(salt, case: :lower)) == hashed
  end

  def waste_time, do: hash("nobody") && false
end
