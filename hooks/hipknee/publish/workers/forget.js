/* Takes away what an earlier version of the site has kept on a reader's device, and then itself. */
addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => {
  const forget = async () => {
    const mine = (await caches.keys()).filter((name) => name.startsWith(`${self.registration.scope}|`));
    await Promise.all(mine.map((name) => caches.delete(name)));
    await self.registration.unregister();
  };
  event.waitUntil(forget());
});
