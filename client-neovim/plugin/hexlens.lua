if vim.g.loaded_hexlens then
  return
end
vim.g.loaded_hexlens = true

vim.api.nvim_create_user_command('HexLens', function(command)
  require('hexlens.commands').run(command.args)
end, {
  nargs = '+',
  desc = 'Search Elixir code: search, usages, reindex, status, cancel',
  complete = function(lead, line)
    return require('hexlens.commands').complete(lead, line)
  end,
})
