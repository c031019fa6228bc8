/* Keeps the site readable without a network. In front of this text stands `const site = {…}`: the version, the addresses
   of all pages, of the files that they need, and the folders in which every name holds a hash.

   Pages come from the network whenever there is one, so that a corrected warning is never older than the network
   allows. A file whose name holds a hash never changes, and comes from the device. */
const scope = self.registration.scope;
const mine = `${scope}|`; // another site may live on the same host
const kept = `${mine}${site.version}`;
const address = (path) => new URL(path, scope).href;
const pages = new Set(site.pages.map(address));

const fetched = async (path, cache) => {
  const response = await fetch(address(path), { cache });
  if (!response.ok || response.redirected) throw new Error(`${response.status} ${path}`);
  return response;
};

const keep = async () => {
  const cache = await caches.open(kept);
  const file = async (path) => cache.put(address(path), (await caches.match(address(path))) ?? (await fetched(path, "default")));
  const page = async (path) => cache.put(address(path), await fetched(path, "reload"));
  await Promise.all([...site.files.map(file), ...site.pages.map(page)]);
};

const forget = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(mine) && name !== kept);
  await Promise.all(old.map((name) => caches.delete(name)));
};

const page = async (request) => {
  const cache = await caches.open(kept);
  const [plain] = request.url.split(/[?#]/);
  const saved = async () =>
    (await cache.match(plain)) ?? (await cache.match(`${plain}/`)) ?? (await cache.match(address("404.html")));
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.status >= 500) return (await saved()) ?? response;
    if (response.ok && pages.has(plain)) await cache.put(plain, response.clone());
    return response;
  } catch {
    return (await saved()) ?? Response.error();
  }
};

const file = async (request) => {
  const cache = await caches.open(kept);
  const saved = await cache.match(request.url);
  if (saved) return saved;
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch {
    // Of each picture one size is kept: it stands for the others.
    const picture = (url) => url.replace(/-\d+-[0-9a-f]{10}\.\w+$/, "");
    const other = (await cache.keys()).find(({ url }) => url !== picture(url) && picture(url) === picture(request.url));
    return (other && (await cache.match(other))) ?? Response.error();
  }
};

/* A script that changes under its name, as the index of the search: from the network, and else that of the last time. */
const script = async (request) => {
  const cache = await caches.open(kept);
  const response = await fetch(request, { cache: "no-cache" }).catch(() => Response.error());
  if (response.ok) await cache.put(request.url, response.clone());
  return response.ok ? response : ((await cache.match(request.url)) ?? response);
};

addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const path = request.url.slice(scope.length).split(/[?#]/)[0];
  const isFile = /\.(?!html$)\w+$/.test(path);
  if (request.mode === "navigate" && !isFile) event.respondWith(page(request));
  else if (isFile && site.folders.some((folder) => path.startsWith(folder))) event.respondWith(file(request));
  else if (path.endsWith(".js")) event.respondWith(script(request));
});
