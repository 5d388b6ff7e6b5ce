{:ok, _} = Application.ensure_all_started(:bookshop)
ExUnit.start()
