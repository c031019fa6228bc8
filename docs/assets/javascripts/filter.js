/* Filters the exercise cards. Without this script there is no form, and the cards are shown page by page.

   Where all cards of a list are in the page, those that don't match are hidden. Of a longer list all cards are fetched when
   the filter is first used: as a script, which a page opened from a folder can do as well. Those that match take the place
   of the page's own cards, some at a time, and look like them (hipknee/pages/lists.py says what the script holds). */
for (const finder of document.querySelectorAll(".finder")) {
  const form = finder.querySelector(".filters");
  const list = finder.querySelector(".cards");
  const own = [...finder.querySelectorAll(".card")];
  const groups = [...finder.querySelectorAll("section.group")];
  const count = form.querySelector(".count");
  const { cards: script, pictures, thousands } = finder.dataset;
  const STEP = 24;

  const chosen = () => [...new FormData(form)].filter(([, value]) => value);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = (value) => {
    if (value < 1000) return `${value}`;
    return fill(thousands, { thousands: number(Math.floor(value / 1000)), rest: `${value % 1000}`.padStart(3, "0") });
  };
  const tell = (shown, found, all) => {
    const text = shown < found ? finder.dataset.match : finder.dataset.count;
    count.textContent = fill(text, { shown: number(shown), found: number(found), all: number(all) });
  };

  /* All cards are here. */

  const hide = () => {
    for (const card of own) {
      card.hidden = !chosen().every(([name, value]) => card.dataset[name].split(" ").includes(value));
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(".card:not([hidden])");
    }
    const shown = own.filter((card) => !card.hidden).length;
    tell(shown, shown, own.length);
  };

  /* The others have to be fetched. */

  let ready = null;
  const load = () => {
    ready ??= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = script;
      element.onload = () => resolve(exerciseCards);
      element.onerror = () => reject(element.remove());
      document.head.append(element);
    });
    ready.catch(() => (ready = null)); // the next try asks again
    return ready;
  };

  const sample = own.find((card) => card.querySelector("picture")) ?? own[0];
  const make = ({ tables, columns }, n) => {
    const get = (name) => (name in tables ? tables[name][columns[name][n]] : columns[name]?.[n]);
    const card = sample.cloneNode(true);
    const slug = get("slug");
    const facets = ["level", "muscle", "position", "equipment"].filter((name) => name in card.dataset);
    for (const name of facets) card.dataset[name] = get(name)[0];
    const words = [...facets.map((name) => get(name)[1]), get("sides")];
    card.querySelectorAll("dd").forEach((element, place) => {
      element.textContent = words[place];
      element.parentElement.hidden = !words[place];
    });
    const link = card.querySelector("a");
    link.textContent = get("title");
    // The last part of the address names the exercise; a page opened from a folder has the name of a file behind it.
    link.setAttribute("href", link.getAttribute("href").replace(/[^/]+(?=(\/(index\.html)?|\.html)$)/, slug));
    card.querySelectorAll("p").forEach((text) => text.remove());
    for (const name of ["reason", "plain"].filter(get)) {
      const text = document.createElement("p");
      if (name === "plain") text.className = name;
      text.textContent = get(name);
      card.querySelector("h3").after("\n", text);
    }
    if (!get("picture")) {
      card.querySelector("picture")?.remove();
      return card;
    }
    const [stem, widths, fallback, width, height] = get("picture");
    const hashes = get("hashes").match(/.{10}/g);
    const file = (wide, place, ending) => `${pictures}${stem.replace("*", slug)}-${wide}-${hashes.at(place)}.${ending}`;
    const sizes = widths.map((wide, place) => `${file(wide, place, "webp")} ${wide}w`);
    card.querySelector("source").srcset = sizes.join(", ");
    Object.assign(card.querySelector("img"), { width, height, alt: get("alt"), src: file(fallback, -1, "jpg") });
    return card;
  };

  const pager = finder.querySelector(".pager");
  const before = count.textContent;
  const button = document.createElement("button");
  let found = [];

  const add = (cards) => {
    const first = list.children.length;
    list.append(...found.slice(first, first + STEP).map((n) => make(cards, n)));
    button.hidden = list.children.length === found.length;
    tell(list.children.length, found.length, cards.columns.slug.length);
    return list.children[first];
  };

  const replace = async () => {
    const asked = chosen();
    let cards = null;
    try {
      if (asked.length) cards = await load();
    } catch {
      count.textContent = finder.dataset.failed;
      return;
    }
    if (`${asked}` !== `${chosen()}`) return; // the reader has chosen on
    pager.hidden = cards !== null;
    button.hidden = true;
    list.replaceChildren(...(cards ? [] : own));
    count.textContent = before;
    if (!cards) return;
    const { tables, columns } = cards;
    const fits = (n) => ([name, value]) => tables[name][columns[name][n]][0].split(" ").includes(value);
    found = [...columns.slug.keys()].filter((n) => asked.every(fits(n)));
    add(cards);
  };

  if (script) {
    button.type = "button";
    button.className = "more";
    button.hidden = true;
    button.textContent = finder.dataset.more;
    // The focus goes to the first of what is new: what is read next comes next.
    button.addEventListener("click", async () => add(await load()).querySelector("a").focus());
    list.after(button);
  }

  const show = script ? replace : hide;
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  // Whoever comes back finds the form as it was, and then also what it chose.
  addEventListener("pageshow", (event) => event.persisted || !chosen().length || show());
  form.hidden = false;
}
