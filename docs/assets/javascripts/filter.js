/* Filters the exercise cards. Without this script all cards are shown and there is no form. */
for (const finder of document.querySelectorAll(".finder")) {
  const form = finder.querySelector(".filters");
  const cards = [...finder.querySelectorAll(".card")];
  const count = form.querySelector(".count");

  const show = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    for (const card of cards) {
      card.hidden = !wanted.every(([name, value]) => card.dataset[name].split(" ").includes(value));
    }
    const shown = cards.filter((card) => !card.hidden).length;
    count.textContent = finder.dataset.count.replace("{shown}", shown).replace("{all}", cards.length);
  };

  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}
