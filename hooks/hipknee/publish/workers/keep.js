/* Keeps the site readable without a network. In front of this text stands `const site = {…}`: the version, the addresses
   of the pages to keep, of the files that they need, and the folders in which every name holds a hash.

   Of a small site these are all pages. Of a large one they are those in the menu; then `site.visited` says how many others
   are kept beside them: those that were visited last, whatever the version, each with its pictures.

   Pages come from the network whenever there is one, so that a corrected warning is never older than the network
   allows. A file whose name holds a hash never changes, and comes from the device. */
const scope = self.registration.scope;
const mine = `${scope}|`; // another site may live on the same host
const kept = `${mine}${site.version}`;
const visited = `${mine}visited`;
const stores = site.visited ? [kept, visited] : [kept];
const address = (path) => new URL(path, scope).href;
const pages = new Set(site.pages.map(address));

const fetched = async (url, cache) => {
  const response = await fetch(url, { cache });
  if (!response.ok || response.redirected) throw new Error(`${response.status} ${url}`);
  return response;
};

const saved = async (url) => {
  for (const cacheName of stores) {
    const response = await caches.match(url, { cacheName });
    if (response) return response;
  }
};

/* A file under the same name but for its hash; of a picture also one of another size. */
const PICTURE = /-(\d+)-[0-9a-f]{10}\.\w+$/;
const plain = (url) => url.replace(PICTURE, "").replace(/\.[0-9a-f]{10}(?=\.\w+$)/, "");
const alike = async (url) => {
  if (url.startsWith(address("assets/javascripts/search/"))) return; // its parts fit only together
  for (const name of stores) {
    const cache = await caches.open(name);
    const other = (await cache.keys()).find((one) => one.url !== plain(one.url) && plain(one.url) === plain(url));
    if (other) return cache.match(other);
  }
};

/* The pictures of a page, each in the size that is kept: small, sharp on a phone, and still (hipknee/pictures/renditions.py:
   `Plan.saved`). */
const pictures = (html, page) =>
  [...html.matchAll(/<picture[^>]*><source([^>]*)><img([^>]*)>/g)].map(([, source, image]) => {
    const still = image.match(/ src="([^"]*)"/)[1];
    const width = Number(still.match(PICTURE)[1]);
    const sizes = source.includes(" media=") ? [] : source.match(/ srcset="([^"]*)"/)[1].split(", ");
    const small = sizes.map((size) => size.split(" ")).find(([, wide]) => parseInt(wide) >= width);
    return new URL(small ? small[0] : still, page).href;
  });

/* A page that was visited, and then the pictures that it lacks. What was visited long ago is forgotten. */

const FILE = /\.(?!html$)\w+$/;
const isPage = (url) => url.startsWith(scope) && !FILE.test(url);
const isText = (response) => response.status === 200 && /^text\/html\b/.test(response.headers.get("content-type"));

const forgetOldest = async (cache) => {
  const requests = await cache.keys(); // what was put last is last
  const [some, others] = [true, false].map((wanted) => requests.filter(({ url }) => isPage(url) === wanted));
  const old = [...some.slice(0, -site.visited), ...others.slice(0, -5 * site.visited)];
  await Promise.all(old.map((request) => cache.delete(request)));
};

const remember = async (url, asked) => {
  const cache = await caches.open(visited);
  let response = asked ? null : await cache.match(url);
  if (!response) {
    response = await fetch(url, { cache: "no-cache" });
    if ([404, 410].includes(response.status)) await cache.delete(url);
    if (!isText(response) || response.redirected) return;
    await cache.put(url, response.clone());
  }
  for (const picture of pictures(await response.text(), url)) {
    if (!((await saved(picture)) ?? (await alike(picture)))) await cache.put(picture, await fetched(picture, "default"));
  }
  await forgetOldest(cache);
};

/* Those of an earlier version may have been corrected since. */
const renew = async () => {
  const cache = await caches.open(visited);
  for (const { url } of await cache.keys()) {
    if (isPage(url)) await remember(url, true).catch(() => {}); // without a network it is renewed at the next visit
  }
};

const keep = async () => {
  const cache = await caches.open(kept);
  const file = async (url) => cache.put(url, (await caches.match(url)) ?? (await fetched(url, "default")));
  const page = async (url) => {
    const response = await fetched(url, "reload");
    const needed = site.visited ? pictures(await response.clone().text(), url) : [];
    await cache.put(url, response);
    return needed;
  };
  const needed = await Promise.all([...pages].map(page));
  await Promise.all([...new Set([...site.files.map(address), ...needed.flat()])].map(file));
  if (site.visited) await renew();
};

const forget = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(mine) && !stores.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
};

const page = async (request) => {
  const [url] = request.url.split(/[?#]/);
  const copy = async () => (await saved(url)) ?? (await saved(`${url}/`)) ?? (await saved(address("404.html")));
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.status >= 500) return (await copy()) ?? response;
    const store = response.ok && pages.has(url) ? kept : site.visited && isText(response) ? visited : null;
    if (store) await (await caches.open(store)).put(url, response.clone());
    return response;
  } catch {
    return (await copy()) ?? Response.error();
  }
};

const file = async (request) => {
  const known = await saved(request.url);
  if (known) return known;
  try {
    const response = await fetch(request);
    const store = site.visited && PICTURE.test(request.url) ? visited : kept;
    if (response.ok) await (await caches.open(store)).put(request.url, response.clone());
    return response;
  } catch {
    return (await alike(request.url)) ?? Response.error();
  }
};

/* A script that changes under its name, as the index of the search: from the network, and else that of the last time. */
const script = async (request) => {
  const cache = await caches.open(kept);
  const [url] = request.url.split("?");
  const response = await fetch(request, { cache: "no-cache" }).catch(() => Response.error());
  if (response.ok) await cache.put(url, response.clone());
  return response.ok ? response : ((await cache.match(url)) ?? response);
};

addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));
/* A page that has been read says so, also the one that started this worker, which has not seen it. */
addEventListener("message", (event) => {
  const [url] = `${event.data}`.split(/[?#]/);
  if (site.visited && isPage(url) && !pages.has(url)) event.waitUntil(remember(url, false).catch(() => {}));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const path = request.url.slice(scope.length).split(/[?#]/)[0];
  const isFile = FILE.test(path);
  if (request.mode === "navigate" && !isFile) event.respondWith(page(request));
  else if (isFile && site.folders.some((folder) => path.startsWith(folder))) event.respondWith(file(request));
  else if (path.endsWith(".js")) event.respondWith(script(request));
});
