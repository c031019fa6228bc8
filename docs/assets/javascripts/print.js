/* The choice of what to print. Its button prints the page; without scripts it is not shown. A sheet that somebody asks for
   is kept on the device (service-worker.js), also at the first visit, which the worker does not see. */
{
  const choice = document.querySelector(".print-choice");
  choice?.addEventListener("click", ({ target }) => {
    if (target.closest(".print-page")) print();
    const link = target.closest("a[href$='.pdf']");
    const workers = navigator.serviceWorker;
    if (link && workers && !workers.controller) workers.ready.then(({ active }) => active.postMessage(link.href));
  });
  choice?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !choice.open) return;
    choice.open = false;
    choice.querySelector("summary").focus();
  });
}
