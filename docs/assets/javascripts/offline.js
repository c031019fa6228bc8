/* Reading without a network: starts the worker that keeps pages on the device and tells it what is read, but not for
   readers who have asked for little data; and says so when a page may be an old copy. */
{
  const { base, worker } = document.documentElement.dataset;
  const note = document.querySelector(".offline");
  const isCopy = !note.hidden; // the worker has said so
  const show = () => {
    note.hidden = navigator.onLine && !isCopy;
  };
  if (worker && "serviceWorker" in navigator) {
    if (!navigator.connection?.saveData) {
      // When the page is complete: it comes first.
      addEventListener("load", async () => {
        try {
          await navigator.serviceWorker.register(`${base}/${worker}`);
          (await navigator.serviceWorker.ready).active.postMessage(location.href);
        } catch {}
      });
    }
    addEventListener("online", show);
    addEventListener("offline", show);
    show();
  }
}
