/* Keeps the site readable without a network. In front of this text stands `const site = {…}`: the version, the addresses
   of the pages to keep, of the files that they need, the folders in which every name holds a hash, and that of pages which
   other websites show.

   Of a small site these are all pages. Of a large one they are those in the menu; then `site.visited` says how many others
   are kept beside them: those that were visited last, whatever the version, each with its pictures.

   Pages come from the network whenever there is one, so that a corrected warning is never older than the network
   allows. A file whose name holds a hash never changes, and comes from the device. */
const scope = self.registration.scope;
const mine = `${scope}|`; // another site may live on the same host
const kept = `${mine}${site.version}`;
const visited = `${mine}visited`;
const sheets = `${mine}sheets`;
const stores = site.visited ? [kept, visited] : [kept];
const address = (path) => new URL(path, scope).href;
const pages = new Set(site.pages.map(address));

/* Keeping is never in the way of reading: a device may be full, its storage forbidden, a host may say `Vary: *`. What
   can't be kept now is tried again at the next visit. */
const quietly = (promise) => promise.catch(() => undefined);

/* A page that was redirected may not answer a navigation, and one that varies may not be kept: so its body is, and what
   is said of it. */
const plainly = async (response) => {
  const headers = new Headers(response.headers);
  for (const name of ["vary", "content-encoding", "content-length"]) headers.delete(name);
  return new Response(await response.blob(), { headers });
};
const put = async (name, url, response) => (await caches.open(name)).put(url, await plainly(response));

/* Some hosts lead from `404.html` to `404`. Whoever leads elsewhere, as the network of a hotel does, has another page. */
const bare = (url) => url.split(/[?#]/)[0].replace(/(?:\/index|\.html|\/index\.html|\/)$/, "");
const fetched = async (url, cache) => {
  const response = await fetch(url, { cache });
  if (!response.ok || bare(response.url) !== bare(url)) throw new Error(`${response.status} ${url}`);
  return response;
};

const saved = async (url) => {
  for (const cacheName of stores) {
    const response = await quietly(caches.match(url, { cacheName }));
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
    if (!isText(response) || bare(response.url) !== bare(url)) return;
    await put(visited, url, response.clone());
  }
  for (const picture of pictures(await response.text(), url)) {
    if (!((await saved(picture)) ?? (await alike(picture)))) await put(visited, picture, await fetched(picture, "default"));
  }
  await forgetOldest(cache);
};

/* Those of an earlier version may have been corrected since. */
const renew = async () => {
  const cache = await caches.open(visited);
  for (const { url } of await cache.keys()) {
    if (isPage(url)) await quietly(remember(url, true)); // without a network it is renewed at the next visit
  }
};

/* All that is to be kept and is not yet. When the device is full, the rest is not even asked for. What is no file of the
   site, nor one of its pages, is left of something else. */
const keep = async () => {
  const cache = await caches.open(kept);
  const has = new Set((await cache.keys()).map(({ url }) => url));
  const isFile = (url) => site.folders.some((folder) => url.startsWith(address(folder)));
  for (const url of has) if (!pages.has(url) && !isFile(url) && !url.endsWith(".js")) await cache.delete(url);
  let isFull = false;
  const lay = async (url, get) => {
    if (isFull || has.has(url)) return cache.match(url);
    const response = await get();
    await put(kept, url, response.clone()).catch((error) => {
      isFull ||= error.name === "QuotaExceededError";
    });
    return response;
  };
  const page = async (url) => {
    const response = await lay(url, () => fetched(url, "reload"));
    return site.visited && response ? pictures(await response.text(), url) : [];
  };
  const file = (url) => lay(url, async () => (await caches.match(url)) ?? (await fetched(url, "default")));
  const needed = await Promise.all([...pages].map((url) => quietly(page(url))));
  const files = new Set([...site.files.map(address), ...needed.flat().filter(Boolean)]);
  await Promise.all([...files].map((url) => quietly(file(url))));
};

const install = async () => {
  await quietly(keep());
  if (site.visited) await quietly(renew());
  await self.skipWaiting();
};

const forget = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(mine) && ![...stores, sheets].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
};

/* A copy says that it is one: the network may be up, and only the server down. Where a mail filter wrote "%23" for "#",
   there is nothing to be reached: the page of what is missing knows where the link was meant to lead. */
const copy = async (url) => {
  const lost = /%(?:25)*23/.test(url) ? ["404.html", "503.html"] : ["503.html", "404.html"];
  let response;
  for (const one of [url, `${url}/`, ...lost.map(address)]) response ??= await saved(one);
  if (!response || !isText(response)) return response;
  const html = (await response.text()).replace(/(<[^>]* class="offline"[^>]*) hidden(?=[ >])/, "$1");
  return new Response(html, { headers: response.headers });
};

const page = async (event) => {
  const [url] = event.request.url.split(/[?#]/);
  const response = await quietly(fetch(event.request, { cache: "no-cache" }));
  if (!response || response.status >= 500) return (await copy(url)) ?? response ?? Response.error();
  const store = pages.has(url) ? kept : site.visited && isText(response) ? visited : null;
  if (response.ok && store) event.waitUntil(quietly(put(store, url, response.clone())));
  if ([404, 410].includes(response.status)) event.waitUntil(quietly(drop(url)));
  return response;
};

/* Sheets that were asked for, the newest of them: from the network while there is one. A booklet is too large to be kept
   without being asked for more than once. */
const isSheet = (url) => url.startsWith(address(site.sheets.folder)) && url.endsWith(".pdf");

const keepSheet = async (url, response) => {
  if (response.status !== 200 || response.redirected) return;
  const blob = await response.blob();
  if (blob.size > site.sheets.bytes) return;
  const cache = await caches.open(sheets);
  await cache.delete(url); // what is put last is last
  await cache.put(url, new Response(blob, { headers: { "content-type": "application/pdf" } }));
  const old = (await cache.keys()).slice(0, -site.sheets.most);
  await Promise.all(old.map((request) => cache.delete(request)));
};

const sheet = async (event) => {
  const [url] = event.request.url.split(/[?#]/);
  const response = await quietly(fetch(event.request, { cache: "no-cache" }));
  if (response?.ok) event.waitUntil(quietly(keepSheet(url, response.clone())));
  if (response && response.status < 500) return response;
  return (await quietly(caches.match(url, { cacheName: sheets }))) ?? response ?? Response.error();
};

const drop = (url) => Promise.all(stores.map(async (name) => (await caches.open(name)).delete(url)));

const file = async (event) => {
  const { request } = event;
  const known = await saved(request.url);
  if (known) return known;
  const response = await quietly(fetch(request));
  if (!response || response.status >= 500) return (await quietly(alike(request.url))) ?? response ?? Response.error();
  const store = site.visited && PICTURE.test(request.url) ? visited : kept;
  if (response.ok) event.waitUntil(quietly(put(store, request.url, response.clone())));
  return response;
};

/* A script that changes under its name, as the index of the search: from the network, and else that of the last time. */
const script = async (event) => {
  const [url] = event.request.url.split("?");
  const response = await quietly(fetch(event.request, { cache: "no-cache" }));
  if (response?.ok) event.waitUntil(quietly(put(kept, url, response.clone())));
  return response?.ok ? response : ((await saved(url)) ?? response ?? Response.error());
};

/* What an earlier version has kept makes room, and then what had none is tried again. */
const begin = async () => {
  await quietly(forget());
  await self.clients.claim();
  await quietly(keep());
};
let isMended = false;
const mend = async () => {
  if (isMended) return;
  isMended = true;
  await keep();
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(begin()));
/* A page that has been read says so, also the one that started this worker, which has not seen it. */
addEventListener("message", (event) => {
  const [url] = `${event.data}`.split(/[?#]/);
  if (isSheet(url)) {
    event.waitUntil(quietly(fetch(url, { cache: "no-cache" }).then((response) => keepSheet(url, response))));
    return;
  }
  event.waitUntil(quietly(mend()));
  if (site.visited && isPage(url) && !pages.has(url)) event.waitUntil(quietly(remember(url, false)));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const path = request.url.slice(scope.length).split(/[?#]/)[0];
  if (path.startsWith(site.embedded)) return;
  const isFile = FILE.test(path);
  if (request.mode === "navigate" && !isFile) event.respondWith(page(event));
  else if (isSheet(address(path))) event.respondWith(sheet(event));
  else if (isFile && site.folders.some((folder) => path.startsWith(folder))) event.respondWith(file(event));
  else if (path.endsWith(".js")) event.respondWith(script(event));
});
