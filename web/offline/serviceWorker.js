/*
 * Keeps the files of one release, so that the product opens without a network. It never touches the API: what lies here
 * is the same for everybody, and nobody's. The build writes `RELEASE` and `FILES` above this text (`plugin.ts`).
 */
/* global RELEASE, FILES */
const PREFIX = 'release:';
const OWN = PREFIX + RELEASE;
/** After so long a page from here is worth more than one from the network. */
const PATIENCE_MS = 4_000;

self.addEventListener('install', (event) => {
  // At once, and beside pages of the release before: their files stay in the cache of that release.
  void self.skipWaiting();
  event.waitUntil(caches.open(OWN).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOld(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(page(event));
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (FILES.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
});

/** Every page of the product is the one HTML file; the API and hosted forms answer for themselves. */
const isPage = (path) => !/^\/(?:api|f)\//.test(path) && !path.slice(path.lastIndexOf('/')).includes('.');

/** The release that is served now, or, without an answer in good time, the one that is here. */
async function page(event) {
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  const here = await caches.match('/', { cacheName: OWN }).catch(() => undefined);
  if (!here) return answer;
  return Promise.race([answer.catch(() => here), new Promise((resolve) => setTimeout(() => resolve(here), PATIENCE_MS))]);
}

/** A name with its content in it never means another file, of whatever release. */
async function asset(request) {
  return (await caches.match(request.url).catch(() => undefined)) ?? fetch(request);
}

const kept = async (path) => (await caches.match(path, { cacheName: OWN })) ?? Response.error();

/** The release before stays: pages that were opened with it go on. */
async function dropOld() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}
