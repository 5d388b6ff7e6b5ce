defmodule Bookshop.Repo.Migrations.CreateBooks do
  use Cellar.Migration

  def change do
    create table(:authors) do
      add :name, :string, null: false
      add :born, :integer
    end

    create table(:books) do
      add :title, :string, null: false
      add :isbn, :string, size: 13
      add :author_id, references(:authors, on_delete: :nilify_all)
      timestamps()
    end

    create unique_index(:books, [:isbn])
  end
end
