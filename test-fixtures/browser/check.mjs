// check.mjs HEXLENS MIRROR KEY BROWSER PICTURES: what ./check does once there is a repository to index.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { slow } from './slow.mjs';

const [hexlens, mirror, key, executablePath, pictures] = process.argv.slice(2);

const views = {
  wide: { viewport: { width: 1100, height: 900 } },
  dark: { viewport: { width: 1100, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true },
};

const children = [];

/** Starts HexLens; `saw` waits for what it says. */
function start(...args) {
  const child = spawn(hexlens, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let said = '';
  const took = (data) => {
    said += data;
  };
  child.stdout.on('data', took);
  child.stderr.on('data', took);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return {
    ended,
    said: () => said,
    stop: () => child.kill(),
    async saw(wanted) {
      for (let waited = 0; waited < 600; waited++) {
        const match = wanted.exec(said);
        if (match) {
          return match[0];
        }
        assert.equal(child.exitCode, null, said);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`not said within a minute: ${wanted}\n${said}`);
    },
  };
}

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
});

/** Opens a page. Whatever a script complains of, and whatever is asked of another host, fails the check. */
const complaints = [];
async function open(url, view, expected = []) {
  const context = await browser.newContext(views[view]);
  const page = await context.newPage();
  const said = (text) => expected.some((each) => each.test(text)) || complaints.push(`${url} ${view}: ${text}`);
  page.on('pageerror', (error) => said(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said(message.text()));
  page.on('dialog', (dialog) => said(`a dialog: ${dialog.message()}`));
  page.on('request', (request) => new URL(request.url()).hostname === 'localhost' || said(`asks ${request.url()}`));
  await page.goto(url);
  return page;
}

/** Waits until it is so on a page. Playwright's own way evaluates text, which the pages' policy rightly forbids. */
async function until(page, holds) {
  for (let waited = 0; waited < 600; waited++) {
    if (await page.evaluate(holds)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not so within a minute on ${page.url()}: ${holds}\n${await text(page, 'main')}`);
}

const text = (page, selector) => page.locator(selector).innerText();

const refused = /status of 400/;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A picture of the whole page, which must fit its window and be fit for everybody. */
async function picture(page, name) {
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${name} is ${content} pixels wide, the window ${window}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  const told = violations.map((each) => `${name}: ${each.help} (${each.nodes.map((node) => node.html.slice(0, 200)).join(' ')})`);
  assert.deepEqual(told, []);
}

/** The page of a run: opened in the middle, without a connection for a while, at the end. */
async function progress() {
  const slowly = await slow(mirror, 700, 'harbor-');
  const run = start('index', 'hex', '--mirror', slowly.url, '--registry-key', key, '--concurrency', '2', '--attempts', '1', '--web', '--port', '0');
  const url = (await run.saw(/http:\S+\/progress/)).trim();
  const page = await open(url, 'wide');
  await until(page, () => document.querySelectorAll('#work .working').length > 0);
  await until(page, () => document.querySelectorAll('#recent li .indexed').length > 0);
  assert.match(await text(page, '#facts'), /of 8 releases/);
  assert.equal(await page.locator('#bar').getAttribute('role'), 'progressbar');
  const early = Number(await page.locator('#bar').getAttribute('aria-valuenow'));
  assert.ok(early >= 0 && early < 100, `at first ${early} %`);

  // A new connection sees the whole state.
  const late = await open(url, 'dark');
  await until(late, () => document.querySelectorAll('#recent li .indexed').length > 0);
  const phone = await open(url, 'phone');
  await until(phone, () => document.querySelectorAll('#recent li').length > 0);
  await until(page, () => document.querySelectorAll('#failures li').length === 1);
  assert.match(await text(page, '#failures'), /harbor@1\.3\.0[^]*404|harbor@1\.3\.0[^]*miss/i);
  await picture(page, 'progress-wide');
  await picture(late, 'progress-dark');
  await picture(phone, 'progress-phone');

  for (const each of [page, late, phone]) {
    await until(each, () => document.documentElement.dataset.state === 'finished');
    assert.match(await text(each, '#phase'), /Finished/);
    assert.match(await text(each, '#tiles'), /indexed\s+7\s/);
    assert.match(await text(each, '#tiles'), /failed\s+1\s/);
    assert.match(await text(each, '#tiles'), /database\s+[0-9.]+ [kM]B/);
  }
  assert.equal(await page.locator('#bar').getAttribute('aria-valuenow'), '100');
  assert.match(await text(page, '#stages'), /storing/);
  assert.equal(await run.ended, 3, run.said());
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.ok(await page.locator('#lost').isHidden(), 'a run that has ended in good order is no lost connection');
  await picture(page, 'progress-finished');
  slowly.close();
}

/** A run that is killed is said to be lost. */
async function lost() {
  const slowly = await slow(mirror, 3000, 'nothing-');
  const run = start('index', 'hex', '--force', '--mirror', slowly.url, '--registry-key', key, '--web', '--port', '0', '--prefix', 'killed');
  const url = (await run.saw(/http:\S+\/progress/)).trim();
  const page = await open(url, 'wide', [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/]);
  await until(page, () => document.documentElement.dataset.state === 'running');
  children.at(-1).kill('SIGKILL');
  await run.ended;
  await until(page, () => !document.getElementById('lost').hidden);
  await page.close();
  slowly.close();
}

const finished = () => / · /.test(document.getElementById('status').textContent);

async function search() {
  const serve = start('serve', '--port', '0');
  const site = (await serve.saw(/http:\S+/)).trim();
  const page = await open(site, 'wide', [refused]);

  // With the keyboard alone.
  await page.keyboard.type('Enum.map(_, _)');
  await page.keyboard.press('Enter');
  await until(page, finished);
  assert.match(await text(page, '#status'), /^\d+ places in \d packages/);
  const marks = await page.locator('#results mark').allInnerTexts();
  assert.ok(marks.some((mark) => mark.startsWith('Enum')), marks.join('|'));
  assert.equal(new URL(page.url()).searchParams.get('q'), 'Enum.map(_, _)');
  await picture(page, 'search-wide');

  // Who uses it, and back.
  await page.getByLabel('References').check();
  await page.getByLabel('Look for').fill('Bookshop.Repo.get!/2');
  await page.getByLabel('Path').fill('lib/**');
  await page.getByRole('button', { name: 'Search' }).click();
  await until(page, () => /^3 places in 1 package/.test(document.getElementById('status').textContent));
  assert.deepEqual(await page.locator('#results mark').allInnerTexts(), ['get!', 'get!', 'get!']);
  assert.match(await text(page, '#results'), /call in Bookshop\.Accounts\.get_user!\/1/);
  await picture(page, 'references-wide');
  await page.goBack();
  await until(page, () => document.getElementById('q').value === 'Enum.map(_, _)');
  await until(page, finished);
  await page.goForward();
  await until(page, () => /^3 places/.test(document.getElementById('status').textContent));

  // The file, at the line.
  await page.locator('#results .at.hit').first().click();
  await page.waitForSelector('.line.here');
  assert.match(await text(page, '.line.here'), /get!\(/);
  assert.ok(await page.locator('.line.here').evaluate((line) => {
    const box = line.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }), 'the line is on the screen');
  await until(page, () => document.querySelectorAll('#text .t-keyword').length > 10);
  assert.match(await text(page, '#outline'), /Bookshop\.Accounts/);
  await picture(page, 'file-wide');

  // More than a page of answers, in parts.
  await page.goto(`${site}?by=text&q=end`);
  await until(page, () => /^200 places .* and there are more/.test(document.getElementById('status').textContent));
  await page.getByRole('button', { name: 'Show more' }).click();
  await until(page, () => /^400 places .* and there are more/.test(document.getElementById('status').textContent));
  assert.equal(await page.locator('#results mark').count(), 400);

  // What makes no sense.
  await page.goto(site);
  await page.keyboard.type('Enum.map(');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#problem:not([hidden])');
  assert.match(await text(page, '#problem'), /not understood at 1:/);

  // Markup in a question stays text.
  await page.goto(`${site}?by=text&q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  await until(page, () => /^Nothing found/.test(document.getElementById('status').textContent));
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  await page.goto(`${site}?by=${encodeURIComponent('"><img src=x>')}&q=${encodeURIComponent('<b>')}&package=%3Cb%3E`);
  await until(page, () => document.getElementById('status').textContent !== '' || !document.getElementById('problem').hidden);
  assert.equal(await page.locator('main img, main b').count(), 0);

  for (const view of ['dark', 'phone']) {
    const other = await open(`${site}?q=${encodeURIComponent('raise ArgumentError, _')}`, view);
    await until(other, finished);
    await picture(other, `search-${view}`);
    await other.goto(`${site}?by=symbols&q=get_book`);
    await until(other, finished);
    await picture(other, `symbols-${view}`);
    await other.locator('#results h2 a').first().click();
    await other.waitForSelector('.line.here');
    await picture(other, `file-${view}`);
    await other.goto(`${site}progress`);
    await until(other, () => /[0-9] [kM]B/.test(document.getElementById('tiles').textContent));
    assert.match(await text(other, '#tiles'), /packages\s+7\s/);
    await picture(other, `store-${view}`);
    await other.context().close();
  }
  serve.stop();
  await serve.ended;
}

try {
  await progress();
  await lost();
  await search();
  assert.deepEqual(complaints, []);
  console.log(`browser: the pages of a run and of the search are good, with pictures in ${pictures}`);
} finally {
  await browser.close();
  children.filter((child) => child.exitCode === null).forEach((child) => child.kill());
}
