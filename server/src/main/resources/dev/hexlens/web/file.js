import { heredocs, isElixir, painted } from '/code.js';
import { byId, element } from '/page.js';

/** Lines that the browser lays out together, and which get their colours together, once they come into view. */
const block = 200;

const parameters = new URLSearchParams(location.search);

/** The lines of each block with what colours them, until they are coloured. */
const plain = new WeakMap();

/** A file may have a hundred thousand lines, of which few are looked at: those get their colours. */
const looked = new IntersectionObserver(
  (entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      looked.unobserve(target);
      for (const [code, text, kind] of plain.get(target)) {
        code.replaceChildren(...painted(text, [], true, kind));
      }
    }
  },
  { rootMargin: '600px' },
);

function showText(file) {
  const lines = file.text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') {
    lines.pop();
  }
  const elixir = isElixir(file.path);
  const inText = elixir ? heredocs(lines) : [];
  for (let first = 0; first < lines.length; first += block) {
    const made = element('div', { class: 'block' });
    const codes = lines.slice(first, first + block).map((text, index) => {
      const at = first + index + 1;
      const code = element('code', {}, text);
      const link = element('a', { class: 'at', href: `#L${at}`, 'aria-label': `Line ${at}` }, String(at));
      made.append(element('div', { class: 'line', id: `L${at}` }, link, code));
      return [code, text, inText[at - 1] ? 'string' : null];
    });
    byId('text').append(made);
    if (elixir) {
      plain.set(made, codes);
      looked.observe(made);
    }
  }
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
