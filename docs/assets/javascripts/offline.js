/* Reading without a network: starts the worker that keeps the pages on the device, but not for readers who have asked for
   little data; and says so when a page may be an old copy. */
{
  const { base, worker } = document.documentElement.dataset;
  const note = document.querySelector(".offline");
  const show = () => {
    note.hidden = navigator.onLine;
  };
  if (worker && "serviceWorker" in navigator) {
    if (!navigator.connection?.saveData) {
      // When the page is complete: it comes first.
      addEventListener("load", () => navigator.serviceWorker.register(`${base}/${worker}`).catch(() => {}));
    }
    addEventListener("online", show);
    addEventListener("offline", show);
    show();
  }
}
