const base = document.body.dataset.base ?? '';
const main = document.querySelector('main');
const KEY = 'usherr-token';

const refusal = (status, message, cause) => Object.assign(new Error(message, { cause }), { status });

async function call(method, path, body) {
  const token = sessionStorage.getItem(KEY);
  const headers = { accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response;
  try {
    response = await fetch(`${base}/api/v1${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  } catch (cause) {
    throw refusal(0, 'The server cannot be reached. Is it running?', cause);
  }
  const text = await response.text();
  let answer;
  try {
    answer = text === '' ? undefined : JSON.parse(text);
  } catch {
    answer = undefined;
  }
  if (!response.ok) throw refusal(response.status, answer?.error?.message ?? 'The server gave no answer that can be read.');
  return answer;
}

/** Elements are made by name, so that no text of a server is ever read as markup. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

const when = (iso) => (iso ? new Date(iso).toLocaleString() : 'never');
const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function show(title, ...children) {
  const heading = el('h1', { tabindex: '-1' }, title);
  main.replaceChildren(heading, ...children);
  heading.focus({ preventScroll: true });
}

function field(name, label, attributes = {}) {
  const input = el('input', { id: name, name, required: true, ...attributes });
  return el('p', { class: 'field' }, el('label', { for: name }, label), input);
}

function form(fields, action, send) {
  const fault = el('p', { class: 'fault', role: 'alert' });
  const button = el('button', { type: 'submit', class: 'first' }, action);
  const node = el('form', { novalidate: true }, ...fields, fault, el('p', {}, button));
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    const empty = [...node.elements].find((input) => input.required && input.value.trim() === '');
    if (empty) {
      fault.textContent = `${empty.labels[0].textContent} is missing.`;
      empty.focus();
      return;
    }
    fault.textContent = '';
    button.disabled = true;
    try {
      await send(Object.fromEntries(new FormData(node)));
    } catch (error) {
      fault.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  return node;
}

async function signIn(username, password) {
  const { token } = await call('POST', '/session', { username, password });
  sessionStorage.setItem(KEY, token);
  await start();
}

function showSetup() {
  const fields = [
    field('setup_code', 'Set-up code', { autocomplete: 'one-time-code', autocapitalize: 'characters', spellcheck: 'false' }),
    field('username', 'User name', { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' }),
    field('password', 'Password', { type: 'password', autocomplete: 'new-password' }),
  ];
  show(
    'Welcome to Usherr',
    el('p', {}, 'Nobody owns this house yet. The server printed a set-up code when it started: type it here, and choose how you sign in.'),
    form(fields, 'Create the owner', async ({ setup_code, username, password }) => {
      await call('POST', '/setup', { setup_code: setup_code.trim(), username: username.trim(), password });
      await signIn(username.trim(), password);
    }),
  );
}

function showSignIn() {
  const fields = [
    field('username', 'User name', { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' }),
    field('password', 'Password', { type: 'password', autocomplete: 'current-password' }),
  ];
  show(
    'Sign in',
    form(fields, 'Sign in', ({ username, password }) => signIn(username.trim(), password)),
  );
}

const HEALTH = { ok: 'works', degraded: 'has a problem', unknown: 'not asked yet' };

function accountCard(account) {
  const { health, pushes } = account;
  const rows = [
    ['Server', `${account.server.name} (${account.server.type})`],
    ['Person', account.person],
    ['Last import', when(account.last_import)],
    ['Last event', when(health.last_event_at)],
    ['Waiting', `${plural(pushes.waiting, 'change', 'changes')}${pushes.failed > 0 ? `, ${pushes.failed} failed` : ''}`],
  ];
  const list = el('dl', {}, ...rows.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]));
  const badge = el('span', { class: `badge ${health.state}` }, HEALTH[health.state]);
  const fault = health.state === 'degraded' && health.last_error ? el('p', { class: 'fault' }, health.last_error.message) : undefined;
  const waits =
    account.consent === 'pending' ? el('p', { class: 'note' }, 'Nothing is written to it before its plan is approved.') : undefined;
  return el('li', { class: 'card' }, el('h3', {}, account.name, ' ', badge), list, fault, waits);
}

const inWords = ({ kind, account }) => {
  if (kind === 'learn-watched') return 'learn as watched';
  if (kind === 'mark-played') return `mark as watched on ${account}`;
  if (kind === 'unwatch') return 'take the watched mark away on all servers';
  return account ? `${kind} on ${account}` : kind;
};

const because = ({ rule, facts }) =>
  [rule, ...facts.map(({ source, text, at }) => `${source}: ${text}${at ? ` ${when(at)}` : ''}`)].join(' ');

function planCard(plan, refresh) {
  const fault = el('p', { class: 'fault', role: 'alert' });
  const answer = (verb) => async () => {
    try {
      await call('POST', `/plans/${plan.id}/${verb}`);
      await refresh();
    } catch (error) {
      fault.textContent = error.message;
    }
  };
  const changes = el('ul', { class: 'changes' });
  const details = el('details', {}, el('summary', {}, 'What would change, and why'), changes);
  details.addEventListener('toggle', async () => {
    if (!details.open || changes.childElementCount > 0) return;
    try {
      const { changes: page } = await call('GET', `/plans/${plan.id}?per_page=100`);
      const lines = page.items.map((change) =>
        el('li', {}, `${String(change.subject.title ?? '')}: ${inWords(change)}`, el('br'), el('small', {}, because(change.reason))),
      );
      const more = page.total - page.items.length;
      changes.replaceChildren(
        ...lines,
        ...(more > 0 ? [el('li', {}, `and ${more} more`)] : []),
        ...(page.total === 0 ? [el('li', {}, 'Nothing.')] : []),
      );
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  return el(
    'li',
    { class: 'card' },
    el('h3', {}, plan.title),
    el('p', {}, plan.reason),
    details,
    fault,
    el(
      'p',
      { class: 'buttons' },
      el('button', { type: 'button', class: 'first', onclick: answer('approve'), 'aria-label': `Approve: ${plan.title}` }, 'Approve'),
      el('button', { type: 'button', onclick: answer('reject'), 'aria-label': `Reject: ${plan.title}` }, 'Reject'),
    ),
  );
}

function jobCard(job) {
  const { progress } = job;
  const bar =
    progress?.total > 0 ? el('progress', { max: String(progress.total), value: String(progress.done), 'aria-label': job.name }) : undefined;
  const text = progress?.text ?? job.payload.name ?? '';
  return el('li', { class: 'card' }, el('h3', {}, `${job.name} ${text}`), bar);
}

function section(title, cards, empty) {
  return el(
    'section',
    {},
    el('h2', {}, title),
    cards.length > 0 ? el('ul', { class: 'cards' }, ...cards) : el('p', { class: 'note' }, empty),
  );
}

let timer;

async function showState() {
  clearTimeout(timer);
  const [me, accounts, plans, jobs] = await Promise.all([
    call('GET', '/session'),
    call('GET', '/accounts'),
    call('GET', '/plans?state=proposed'),
    call('GET', '/jobs?status=running&status=pending&per_page=20'),
  ]);
  const signOut = async () => {
    await call('DELETE', '/session').catch(() => undefined);
    sessionStorage.removeItem(KEY);
    await start();
  };
  const bar = el(
    'p',
    { class: 'bar' },
    `Signed in as ${me.name}. `,
    el('button', { type: 'button', onclick: signOut }, 'Sign out everywhere'),
  );
  const sections = [
    section(
      'Plans that wait for you',
      plans.items.map((plan) => planCard(plan, refresh)),
      'None.',
    ),
    section('Servers', accounts.map(accountCard), 'None yet. Add one with "usherr backend add", or by the API.'),
    section('Under way', jobs.items.map(jobCard), 'Nothing.'),
  ];
  const state = JSON.stringify([me, accounts, plans, jobs]);
  if (main.dataset.state !== state) {
    main.dataset.state = state;
    if (main.querySelector('h1')?.textContent === 'State of the house') {
      main.replaceChildren(main.querySelector('h1'), bar, ...sections);
    } else show('State of the house', bar, ...sections);
  }
  timer = setTimeout(() => void refreshQuietly(), 5_000);
}

async function refresh() {
  delete main.dataset.state;
  await showState();
}

/** What somebody reads or has the focus on is not taken away from under them. */
async function refreshQuietly() {
  const busy = main.querySelector('details[open]') || main.querySelector('li button:focus');
  if (busy || document.hidden) {
    timer = setTimeout(() => void refreshQuietly(), 5_000);
    return;
  }
  await showState().catch(failed);
}

function failed(error) {
  if (error.status === 401) {
    sessionStorage.removeItem(KEY);
    delete main.dataset.state;
    showSignIn();
    return;
  }
  delete main.dataset.state;
  show(
    'Something is wrong',
    el('p', { class: 'fault', role: 'alert' }, error.message),
    el('button', { type: 'button', onclick: start }, 'Try again'),
  );
}

async function start() {
  clearTimeout(timer);
  delete main.dataset.state;
  try {
    const { has_owner: owned } = await call('GET', '/setup');
    if (!owned) showSetup();
    else if (sessionStorage.getItem(KEY)) await showState();
    else showSignIn();
  } catch (error) {
    failed(error);
  }
}

void start();
