defmodule Bookshop.Mailer.Log do
  @behaviour Bookshop.Mailer
  require Logger

  @impl true
  def deliver(%Bookshop.Mailer.Mail{to: to, subject: subject}) do
    Logger.info(["mail to ", to, ": ", subject])
  end
end
