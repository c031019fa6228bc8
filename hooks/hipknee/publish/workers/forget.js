/* Takes away what an earlier version of the site has kept on a reader's device, and then itself. */
addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => {
  const forget = async () => {
    const mine = (await caches.keys()).filter((name) => name.startsWith(`${self.registration.scope}|`));
    await Promise.all(mine.map((name) => caches.delete(name)));
  };
  const go = () => self.registration.unregister();
  event.waitUntil(forget().then(go, go)); // also where storage is forbidden
});
