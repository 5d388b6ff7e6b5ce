import { heredocs, isElixir, painted } from '/code.js';
import { byId, element } from '/page.js';

/** Lines that the browser lays out together, once they come into view. */
const block = 200;

const parameters = new URLSearchParams(location.search);

function showText(file) {
  const lines = file.text.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  const elixir = isElixir(file.path);
  const inText = elixir ? heredocs(lines) : [];
  let blockOf = null;
  lines.forEach((text, index) => {
    if (index % block === 0) {
      blockOf = element('div', { class: 'block' });
      byId('text').append(blockOf);
    }
    const at = index + 1;
    const shown = text.replace(/\r$/, '');
    blockOf.append(
      element(
        'div',
        { class: 'line', id: `L${at}` },
        element('a', { class: 'at', href: `#L${at}`, 'aria-label': `Line ${at}` }, String(at)),
        element('code', {}, ...painted(shown, [], elixir, inText[index] ? 'string' : null)),
      ),
    );
  });
}

function showOutline(file) {
  byId('outline').hidden = file.definitions.length === 0;
  byId('outline').replaceChildren(
    element('h2', {}, 'Defines'),
    element(
      'ul',
      {},
      ...file.definitions.map((each) => {
        const uses = `/?${new URLSearchParams({ by: 'references', q: each.symbol })}`;
        return element(
          'li',
          {},
          element('a', { class: 'code', href: `#L${each.line}`, title: each.kind }, each.symbol),
          ' ',
          element('a', { class: 'uses', href: uses, 'aria-label': `uses of ${each.symbol}` }, 'uses'),
        );
      }),
    ),
  );
}

function showLine() {
  for (const before of document.querySelectorAll('.line.here')) {
    before.classList.remove('here');
  }
  const line = /^#L\d+$/.test(location.hash) ? byId(location.hash.slice(1)) : null;
  if (line) {
    line.classList.add('here');
    line.scrollIntoView({ block: 'center' });
  }
}

function problem(text) {
  byId('problem').textContent = text.charAt(0).toUpperCase() + text.slice(1);
  byId('problem').hidden = false;
  byId('text').hidden = true;
}

async function load() {
  try {
    const response = await fetch(`/api/file?${parameters}`);
    const file = await response.json();
    if (!response.ok) {
      problem(file.error);
      return;
    }
    byId('title').replaceChildren(
      element('span', { class: 'soft' }, `${file.package} ${file.version} `),
      element('span', { class: 'code' }, file.path),
    );
    document.title = `${file.path} · ${file.package} · HexLens`;
    showOutline(file);
    showText(file);
    showLine();
  } catch (error) {
    problem(`HexLens does not answer: is “hexlens serve” still running? (${error.message})`);
  }
}

addEventListener('hashchange', showLine);
load();
