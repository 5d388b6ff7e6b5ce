-- What a user's init.lua holds, on every Neovim; the rest comes from the environment that `run` makes.
vim.opt.swapfile = false
require('hexlens').setup({
  cmd = vim.fn.json_decode(vim.env.HEXLENS_TEST_COMMAND),
  init_options = {
    hex = {
      prefix = vim.env.HEXLENS_TEST_PREFIX,
      mirrors = { vim.env.HEXLENS_TEST_MIRROR },
      registryKey = vim.env.HEXLENS_TEST_KEY,
    },
  },
})
