import { isElixir, painted } from '/code.js';
import { byId, element, number, plural } from '/page.js';

const form = byId('form');
const results = byId('results');
const pageSize = 200;

const ways = {
  pattern: {
    help: ['Elixir code with holes: ', element('code', {}, '_'), ' is anything, ', element('code', {}, '...'), ' any number of things, a name the same thing each time. '],
    examples: ['Enum.map(_, _)', 'raise ArgumentError, _', '%{status: 404}', 'def handle_call/3', 'x == x'],
  },
  references: {
    help: ['Who uses a module, function, type or attribute. '],
    examples: ['Enum.map/2', 'GenServer', ':telemetry.execute/3'],
  },
  symbols: { help: ['Definitions, by the beginning of their name or of its words. '], examples: ['get_user', 'Repo', 'handle_event'] },
  text: { help: ['Any text, in all files; small letters also find capitals. '], examples: ['TODO', 'deprecated'] },
  regex: { help: ['A regular expression in RE2’s syntax. '], examples: ['TODO|FIXME', 'https?://[^ ]+'] },
};

let running = null;
let asked = null;

const by = () => form.elements.by.value;

function showWay() {
  const way = ways[by()];
  byId('help').replaceChildren(
    ...way.help,
    ...way.examples.flatMap((example) => [
      element('a', { class: 'code', href: `/?${new URLSearchParams({ by: by(), q: example })}` }, example),
      ' ',
    ]),
  );
  for (const only of form.querySelectorAll('[data-by]')) {
    only.hidden = !only.dataset.by.split(' ').includes(by());
  }
}

/** The question that the form holds; what is empty is left out. */
function question() {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const hidden = form.elements[name] instanceof HTMLElement && form.elements[name].closest('[hidden]');
    if (value.trim() && !hidden) {
      if (name === 'end') {
        kept.set(value, 'yes');
      } else {
        kept.set(name, value.trim());
      }
    }
  }
  return kept;
}

function fill(parameters) {
  for (const field of form.querySelectorAll('input[name]:not([type=radio]), select')) {
    field.value = parameters.get(field.name) ?? '';
  }
  form.elements.end.value = parameters.has('first') ? 'first' : parameters.has('last') ? 'last' : '';
  byId('filters').open = [...byId('filters').querySelectorAll('input, select')].some((field) => field.value);
  const way = parameters.get('by');
  form.elements.by.value = way in ways ? way : 'pattern';
  showWay();
}

// Answers.

let packages = new Map();
let found = 0;
let next = null;

function clear() {
  packages = new Map();
  found = 0;
  next = null;
  results.replaceChildren();
  byId('hints').replaceChildren();
  byId('problem').hidden = true;
  byId('more').hidden = true;
}

function group(hit) {
  const key = `${hit.package}@${hit.version}`;
  let known = packages.get(key);
  if (!known) {
    const count = element('span', { class: 'count number' });
    const body = element('div');
    known = { count, body, hits: 0, files: new Map() };
    packages.set(key, known);
    results.append(
      element(
        'details',
        { class: 'package card', open: true },
        element('summary', {}, element('h2', {}, hit.package, element('span', { class: 'soft' }, ` ${hit.version}`)), count),
        body,
      ),
    );
  }
  known.hits++;
  known.count.textContent = number(known.hits);
  return known;
}

function fileUrl(hit, line) {
  const asks = new URLSearchParams({ package: hit.package, version: hit.version, path: hit.path });
  return `/file?${asks}#L${line}`;
}

function file(inPackage, hit) {
  let known = inPackage.files.get(hit.path);
  if (!known) {
    const lines = element('div', { class: 'lines code' });
    known = { lines, rows: new Map(), last: 0 };
    inPackage.files.set(hit.path, known);
    inPackage.body.append(
      element('section', { class: 'file' }, element('h3', { class: 'code' }, element('a', { href: fileUrl(hit, hit.line) }, hit.path)), lines),
    );
  }
  return known;
}

/** What is told of a reference below its line. */
function note(detail) {
  if (!detail.certainty) {
    return null;
  }
  const sure = detail.certainty === 'resolved' ? '' : `, ${detail.certainty}`;
  return element('span', { class: 'note' }, `${detail.kind}${sure}${detail.in ? ` in ${detail.in}` : ''}`);
}

function addRow(known, hit, line) {
  let row = known.rows.get(line.number);
  if (!row || row.cut || line.cut) {
    if (known.last > 0 && line.number > known.last + 1) {
      known.lines.append(element('div', { class: 'gap', 'aria-hidden': 'true' }, '⋯'));
    }
    const link = element('a', { class: 'at', href: fileUrl(hit, line.number) }, String(line.number));
    const text = element('code');
    const notes = element('span', { class: 'notes' });
    row = { text, notes, marks: [], link, cut: line.cut };
    known.rows.set(line.number, row);
    known.last = line.number;
    known.lines.append(element('div', { class: 'line' }, link, element('div', {}, text, notes)));
  }
  if (line.mark) {
    row.marks.push(line.mark);
    row.link.classList.add('hit');
  }
  const shown = line.cut ? `…${line.text}…` : line.text;
  const marks = line.cut ? row.marks.map(([from, to]) => [from + 1, to + 1]) : row.marks;
  row.text.replaceChildren(...painted(shown, marks, isElixir(hit.path)));
  return row;
}

/** Definitions stay in the order that they came in: the best first. */
function addDefinition(hit) {
  const first = hit.lines.find((line) => line.mark) ?? hit.lines[0];
  const uses = `/?${new URLSearchParams({ by: 'references', q: hit.detail.symbol })}`;
  packages.set(`${hit.package}@${hit.version}`, true);
  results.append(
    element(
      'article',
      { class: 'card definition' },
      element('h2', { class: 'code' }, element('a', { href: fileUrl(hit, hit.line) }, hit.detail.symbol)),
      element('a', { class: 'uses', href: uses, 'aria-label': `who uses it: ${hit.detail.symbol}` }, 'who uses it'),
      element('code', {}, ...painted(first.text.trim(), [], isElixir(hit.path))),
      element('p', { class: 'soft' }, `${hit.detail.kind} · ${hit.package} ${hit.version} · ${hit.path}:${hit.line}`),
    ),
  );
}

function addHit(hit) {
  found++;
  if (hit.detail.symbol && !hit.detail.certainty) {
    addDefinition(hit);
    return;
  }
  const known = file(group(hit), hit);
  let first = null;
  for (const line of hit.lines) {
    const before = line.number < hit.line && known.last >= line.number;
    if (!before) {
      const row = addRow(known, hit, line);
      first = first ?? (line.number === hit.line ? row : null);
    }
  }
  const said = note(hit.detail);
  if (said && first) {
    first.notes.append(said);
  }
  if (hit.more) {
    known.lines.append(element('div', { class: 'gap' }, `${plural(hit.more, 'more line')} of it`));
  }
}

function status(text) {
  byId('status').textContent = text;
}

function summary(end) {
  const places = plural(found, 'place');
  const took = `${end.seconds < 0.1 ? end.seconds.toFixed(3) : end.seconds.toFixed(1)} s`;
  if (found === 0 && end.complete) {
    return `Nothing found, in ${took}.`;
  }
  const more = end.complete ? '' : end.reason ? `; ${end.reason}` : ' so far, and there are more';
  return `${places} in ${plural(packages.size, 'package')}${more} · ${took}`;
}

function take(answer) {
  switch (answer.type) {
    case 'hit':
      addHit(answer);
      break;
    case 'hint':
      byId('hints').append(element('p', { class: 'notice' }, answer.text));
      break;
    case 'error':
      problem(answer.text);
      break;
    case 'end':
      status(summary(answer));
      next = answer.next ?? null;
      byId('more').hidden = !next;
      break;
  }
}

function problem(text) {
  byId('problem').textContent = text.charAt(0).toUpperCase() + text.slice(1);
  byId('problem').hidden = false;
  status('');
}

/** The lines of an answer as they come. */
async function* lines(response) {
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    yield* parts.filter((part) => part);
  }
}

async function ask(parameters, after) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  byId('more').hidden = true;
  results.setAttribute('aria-busy', 'true');
  status('Searching …');
  try {
    const asks = new URLSearchParams(parameters);
    asks.set('limit', pageSize);
    if (after) {
      asks.set('after', after);
    }
    const response = await fetch(`/api/search?${asks}`, { signal: mine.signal });
    if (!response.ok) {
      problem((await response.json()).error);
      return;
    }
    let ended = false;
    for await (const line of lines(response)) {
      if (running !== mine) {
        return;
      }
      const answer = JSON.parse(line);
      ended = ended || answer.type === 'end' || answer.type === 'error';
      take(answer);
      if (!ended) {
        status(`${plural(found, 'place')} in ${plural(packages.size, 'package')} …`);
      }
    }
    if (!ended) {
      problem('The answer broke off: ask again.');
    }
  } catch (error) {
    if (error.name !== 'AbortError') {
      problem('HexLens does not answer: is “hexlens serve” still running?');
    }
  } finally {
    if (running === mine) {
      running = null;
      results.removeAttribute('aria-busy');
    }
  }
}

/** Asks what the address says. */
function follow() {
  const parameters = new URLSearchParams(location.search);
  fill(parameters);
  clear();
  status('');
  running?.abort();
  asked = null;
  const wanted = parameters.get('q');
  document.title = wanted ? `${wanted} · HexLens` : 'Search · HexLens';
  if (wanted) {
    asked = question();
    ask(asked, null);
  }
}

form.addEventListener('change', (event) => {
  if (event.target.name === 'by') {
    showWay();
  }
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  history.pushState(null, '', `/?${question()}`);
  follow();
});
byId('more').addEventListener('click', () => ask(asked, next));
addEventListener('popstate', follow);
addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    form.elements.q.select();
    form.elements.q.focus();
  } else if (event.key === 'Escape' && running) {
    running.abort();
    status(`Stopped after ${plural(found, 'place')}.`);
  }
});
follow();
