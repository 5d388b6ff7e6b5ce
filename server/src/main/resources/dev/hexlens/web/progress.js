import { byId, bytes, duration, element, number, plural, rate, roughly } from '/page.js';

/** What was shown in each place last: what has not changed is left alone, so that it can be selected. */
const shown = new Map();

function show(id, value, make) {
  const key = JSON.stringify(value);
  if (shown.get(id) !== key) {
    shown.set(id, key);
    byId(id).replaceChildren(...make(value));
  }
}

function hide(id, hidden) {
  byId(id).hidden = hidden;
}

const pairs = (list) =>
  list
    .filter(Boolean)
    .map(([name, value, kind]) =>
      element('div', { class: kind || null }, element('dt', {}, name), element('dd', {}, value)),
    );

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const signs = { indexed: '✓', skipped: '–', failed: '✕' };

function sign(kind) {
  return element('span', { class: `sign ${kind}`, role: 'img', 'aria-label': kind }, signs[kind] ?? '');
}

function row(kind, what, why, side) {
  return element(
    'li',
    {},
    sign(kind),
    element('span', { class: 'what' }, what, why ? element('span', { class: 'why' }, why) : null),
    side ? element('span', { class: 'side' }, side) : null,
  );
}

const nothing = (text) => [element('li', { class: 'soft' }, text)];

function showRun(run) {
  const done = run.indexed + run.skipped + run.failed;
  const over = run.state !== 'running';
  const known = run.total !== undefined;
  const share = !known ? null : run.total === 0 ? 1 : Math.min(1, done / run.total);
  const percent = share === null ? '' : `${Math.floor(share * 100)} %`;

  const card = byId('run');
  card.classList.toggle('finished', run.state === 'finished');
  card.classList.toggle('broken', run.state === 'failed');
  show('phase', run.state === 'failed' ? `Ended: ${run.phase}` : capital(run.phase), (text) => [text]);
  show('percent', percent, (text) => [text]);
  const bar = byId('bar');
  bar.classList.toggle('unknown', !known && !over);
  bar.firstElementChild.style.width = share === null ? '' : `${share * 100}%`;
  if (share === null) {
    bar.removeAttribute('aria-valuenow');
  } else {
    bar.setAttribute('aria-valuenow', Math.floor(share * 100));
  }
  const seconds = Math.max(run.seconds, 0.001);
  show(
    'facts',
    [
      known && [`of ${plural(run.total, 'release')}`, number(done)],
      over ? ['a second over all', rate(done / seconds)] : ['a second', rate(run.rate)],
      !over && run.remaining !== undefined && ['left', `about ${roughly(run.remaining)}`],
      [over ? 'in all' : 'so far', duration(run.seconds)],
    ],
    pairs,
  );
  document.title = `${over ? capital(run.state) : percent || capital(run.phase)} · HexLens`;

  hide('failed', run.failures.length === 0);
  show('failures', run.failures, (list) => [
    ...list.map((each) => row('failed', each.release, each.reason)),
    ...(run.failed > list.length ? nothing(`and ${number(run.failed - list.length)} more; the report has them all`) : []),
  ]);
  hide('working', over);
  show('work', [run.inWork, run.working], ([list, working]) =>
    list.length === 0
      ? nothing('Nothing at the moment')
      : [
          ...list.map((each) => row('working', each.release, null, `${each.step} · ${duration(each.seconds)}`)),
          ...(working > list.length ? nothing(`and ${number(working - list.length)} more`) : []),
        ],
  );
  show('recent', run.recent, (list) =>
    list.length === 0
      ? nothing('Nothing yet')
      : list.map((each) =>
          row(each.outcome, each.release, each.outcome === 'skipped' ? each.reason : null, each.files ? plural(each.files, 'file') : null),
        ),
  );
  showPace(run.chart);
  const longest = Math.max(...run.stages.map((each) => each.seconds), 0.001);
  show('stages', run.stages, (list) => list.map((each) => stage(each, longest)));
  hide('noted', run.noted === 0);
  show('notes-title', run.noted, (count) => [plural(count, 'note')]);
  show('notes', run.notes, (list) => list.map((each) => element('li', { class: 'what' }, each)));
}

const stageNames = {
  fetch: 'downloading',
  extract: 'parsing, reading facts',
  link: 'resolving names',
  load: 'storing',
  indexes: 'building indexes',
  wait: 'waiting for dependencies',
};

function stage(each, longest) {
  const inner = element('div');
  inner.style.width = `${(100 * each.seconds) / longest}%`;
  return element(
    'div',
    {},
    element('dt', {}, stageNames[each.name] ?? each.name),
    element('dd', { class: 'number soft' }, duration(each.seconds)),
    element('dd', { class: 'track', 'aria-hidden': 'true' }, inner),
  );
}

function showPace(chart) {
  const most = Math.max(...chart.bars, 1);
  show('chart', chart, ({ bars }) =>
    bars.map((count) => {
      const bar = element('i');
      bar.style.height = `${(100 * count) / most}%`;
      return bar;
    }),
  );
  const step = chart.barSeconds === 1 ? 'second' : `${chart.barSeconds} seconds`;
  const text = `Releases done in each ${step}; at most ${number(most)}.`;
  byId('chart').setAttribute('aria-label', text);
  show('pace', text, (said) => [said]);
}

function showStore(store, run) {
  hide('store-problem', store.problem === undefined);
  show('store-problem', store.problem ?? '', (text) => [`The database did not tell its size: ${text}`]);
  const size = ['database', bytes(store.bytes)];
  show(
    'tiles',
    run
      ? [
          ['indexed', number(run.indexed)],
          ['skipped', number(run.skipped)],
          ['failed', number(run.failed), run.failed > 0 && 'bad'],
          ['there before', number(run.alreadyThere)],
          ['files read', number(run.files)],
          ['source read', bytes(run.bytes)],
          size,
        ]
      : [
          ['packages', number(store.packages)],
          ['releases', number(store.releases)],
          ['files', number(store.files)],
          size,
          ['prefix', store.prefix],
        ],
    pairs,
  );
}

/** What the store has last, whoever put it there; the times are told anew each time. */
function showBegun(store, run) {
  hide('begun-card', Boolean(run) || store.begun.length === 0);
  const now = Date.now();
  show(
    'begun',
    store.begun.map((each) => [each.release, each.files, each.completed && ago(now - each.completed)]),
    (list) =>
      list.map(([release, files, when]) =>
        when ? row('indexed', release, null, `${plural(files, 'file')} · ${when}`) : row('working', release, null, 'in work'),
      ),
  );
}

function ago(milliseconds) {
  const days = milliseconds / 86_400_000;
  return days < 2 ? `${roughly(Math.max(1, milliseconds / 1000))} ago` : `${Math.round(days)} days ago`;
}

function take(state) {
  const run = state.run;
  hide('lost', true);
  hide('run', !run);
  hide('lists', !run);
  hide('idle', Boolean(run));
  hide('pages', Boolean(run));
  if (run) {
    showRun(run);
  }
  showStore(state.store, run);
  showBegun(state.store, run);
  document.documentElement.dataset.state = run ? run.state : 'idle';
}

const source = new EventSource('/api/progress');
source.onmessage = (message) => {
  const state = JSON.parse(message.data);
  take(state);
  if (state.run && state.run.state !== 'running') {
    source.close();
  }
};
source.onerror = () => hide('lost', false);
