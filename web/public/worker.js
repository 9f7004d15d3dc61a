// Keeps the app's own files, so that it opens at once and says by itself that the server does not answer. Never an answer of the API.
const CACHE = 'usherr-app-1';
const PAGE = new URL('./', self.registration.scope).href;
const ASSETS = new URL('./assets/', self.registration.scope).href;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const keep = async (key, answer) => {
  if (answer.ok) await (await caches.open(CACHE)).put(key, answer.clone());
  return answer;
};

const entryOf = async (answer) => /assets\/index-[\w-]+\.js/.exec(await answer.clone().text())?.[0];

// The page is asked for anew, and with it come the names of its files: what an older page needed goes with it.
const page = async (request) => {
  try {
    const answer = await fetch(request);
    const known = await caches.match(PAGE);
    if (answer.ok && known && (await entryOf(answer)) !== (await entryOf(known))) await caches.delete(CACHE);
    return await keep(PAGE, answer);
  } catch (error) {
    const known = await caches.match(PAGE);
    if (known) return known;
    throw error;
  }
};
const asset = async (request) => (await caches.match(request)) ?? keep(request, await fetch(request));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (request.url.startsWith(ASSETS)) event.respondWith(asset(request));
});
