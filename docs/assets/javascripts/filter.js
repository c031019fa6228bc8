/* Chips choose among the exercise cards. Without this script there are none, and the cards are shown page by page.

   Chips of one kind add to each other ("Lying", "Sitting"), those of several narrow down ("Lying", "Gentle"). Where all
   cards of a list are in the page, those that don't fit are hidden. Of a longer list all cards are fetched when a chip is
   first pressed: as a script, which a page opened from a folder can do as well. Those that match take the place
   of the page's own cards, some at a time, and look like them (hipknee/pages/lists.py says what the script holds). */
for (const finder of document.querySelectorAll(".finder")) {
  const form = finder.querySelector(".filters");
  if (!form) continue; // a short list has nothing to choose by
  const [every, ...chips] = form.querySelectorAll("button");
  const list = finder.querySelector(".cards");
  const own = [...finder.querySelectorAll(".card")];
  const groups = [...finder.querySelectorAll("section.group")];
  const count = form.querySelector(".count");
  const { cards: script, pictures, thousands } = finder.dataset;
  const STEP = 24;

  const isPressed = (chip) => chip.getAttribute("aria-pressed") === "true";
  const press = (chip, on) => chip.setAttribute("aria-pressed", on);
  const pressed = () => chips.filter(isPressed);
  const has = (ids, some) => some.split(" ").some((id) => ids.split(" ").includes(id));
  const fits = ({ dataset: { any, none } }, ids) => (any ? has(ids, any) : !has(ids, none));
  /* Whether a card with these facts is asked for: of each kind with a pressed chip, one of them has to fit. */
  const isAsked = (get) => {
    const some = pressed();
    const fitting = ({ dataset: { facet } }) => some.some((chip) => chip.dataset.facet === facet && fits(chip, get(facet)));
    return some.every(fitting);
  };
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
      card.hidden = !isAsked((name) => card.dataset[name]);
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
    const facets = ["level", "position", "equipment"].filter((name) => name in card.dataset);
    for (const name of facets) card.dataset[name] = get(name)[0];
    const words = facets.map((name) => get(name)[1]);
    words.splice(-2, 0, get("muscle"));
    words.push(get("sides"));
    card.querySelectorAll("dd").forEach((element, place) => {
      element.textContent = words[place];
      element.parentElement.hidden = !words[place];
    });
    const link = card.querySelector("a");
    link.textContent = get("title");
    // The last part of the address names the exercise; a page opened from a folder has the name of a file behind it.
    link.setAttribute("href", link.getAttribute("href").replace(/[^/]+(?=(\/(index\.html)?|\.html)$)/, slug));
    const add = card.querySelector(".add");
    if (add) {
      add.hidden = !get("code");
      add.setAttribute("href", add.getAttribute("href").replace(/[^-]*$/, get("code")));
      add.querySelector(".of").textContent = get("title");
    }
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
    const asked = pressed();
    let cards = null;
    try {
      if (asked.length) cards = await load();
    } catch {
      count.textContent = finder.dataset.failed;
      return;
    }
    if (asked.some((chip) => !isPressed(chip)) || asked.length !== pressed().length) return; // the reader chose on
    pager.hidden = cards !== null;
    button.hidden = true;
    list.replaceChildren(...(cards ? [] : own));
    count.textContent = before;
    if (!cards) return;
    const { tables, columns } = cards;
    found = [...columns.slug.keys()].filter((n) => isAsked((name) => tables[name][columns[name][n]][0]));
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
  const choose = (some) => {
    for (const chip of chips) press(chip, some.includes(chip));
    press(every, !some.length);
    show();
  };
  form.addEventListener("click", ({ target }) => {
    if (!target.matches("button")) return;
    if (target !== every) press(target, !isPressed(target));
    choose(target === every ? [] : pressed());
    history.replaceState({ chips: pressed().map((chip) => chip.textContent) }, "");
  });
  // Whoever comes back finds what was chosen: the browser knows it with the place in the page, as long as the tab is open.
  const earlier = history.state?.chips ?? [];
  if (earlier.length) choose(chips.filter((chip) => earlier.includes(chip.textContent)));
  form.hidden = false;
}
