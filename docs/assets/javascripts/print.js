/* The button that prints the page. Without scripts it is not shown. */
document.querySelector(".print-page")?.addEventListener("click", () => print());
