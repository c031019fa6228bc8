/* The menu and the list of headings open and close without a script, and Escape gives the focus back. This closes them,
   too, when the focus moves on, so that they never cover what has it, and after a choice within the page. */
for (const panel of document.querySelectorAll(".panel[popover]")) {
  const close = () => panel.matches(":popover-open") && panel.hidePopover();
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget)) close();
  });
  panel.addEventListener("click", (event) => event.target.closest("a") && close());
}

/* A link to a place within what is folded opens it. Most browsers do so by themselves; this is for the others. */
const unfold = () => {
  const place = document.querySelector(":target");
  const fold = place?.closest("details:is(.fold, .print-choice):not([open])");
  if (!fold || place.closest("summary")) return;
  fold.open = true;
  place.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();
