/* Search, in the reader's own browser: nobody learns what was looked for. The index and the library that searches it are
   fetched when the dialog is first opened, as scripts, which a page opened from a folder can do as well. */
{
  const dialog = document.getElementById("search");
  const form = dialog.querySelector("form");
  const input = form.elements.query;
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector("ol");
  const { base, suffix = "" } = document.documentElement.dataset;
  const language = JSON.parse(dialog.dataset.language);
  const SHOWN = 12;
  const RANK = { condition: 1.6, page: 1.4, word: 1.2, section: 1 };

  /* Small letters without accents, and one kind of apostrophe. */
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("’", "'");
  const longestFirst = (endings) => endings.map(plain).sort((a, b) => b.length - a.length);
  const COMMON = new Set(language.common_words.map(plain));
  const PLURALS = longestFirst(language.plural_endings);
  const LOOK_ALIKES = longestFirst(language.plural_look_alikes);
  const POSSESSIVES = longestFirst(language.possessive_endings);

  /* Words as they are compared: plain, without what makes them a plural. So do names in Python (hipknee/wording.py). */
  const without = (word, endings) => {
    const ending = endings.find((one) => word.endsWith(one));
    return ending ? word.slice(0, -ending.length) : word;
  };
  const stem = (text) => {
    const word = without(plain(text), POSSESSIVES);
    const singular = LOOK_ALIKES.some((one) => word.endsWith(one)) ? word : without(word, PLURALS);
    return singular.length < 3 ? word : singular;
  };
  const words = (text) => text.split(/[^\p{L}\p{N}'’]+/u).filter(Boolean);
  const stems = (text) => words(text).map(stem);
  /* A small word in capitals is a name: the IT band is not "it". */
  const isCapitals = (word) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  const isCommon = (word) => !isCapitals(word) && (COMMON.has(plain(word)) || COMMON.has(stem(word)));
  /* What a name or a query comes down to: "The pain rule" is "pain rule", and "clam shell" is "clamshell". */
  const core = (text) => {
    const kept = words(text).filter((word) => !isCommon(word));
    return kept.length ? kept.map(stem) : stems(text);
  };
  const joined = (text) => core(text).join("");
  const spelled = (text) => stems(text).join("");

  const fetchScript = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(script.remove());
      document.head.append(script);
    });

  let ready = null;
  const load = () => {
    ready ??= Promise.all([fetchScript(dialog.dataset.library), fetchScript(dialog.dataset.index)]).then(() => {
      const engine = new MiniSearch({
        fields: ["title", "names", "where", "text"],
        extractField: (found, field) => (field === "id" ? found.id : [found[field]].flat().join("\n")),
        tokenize: words,
        processTerm: (term) => (isCommon(term) ? null : stem(term)),
      });
      searchIndex.forEach((found, id) => {
        found.id = id;
        const names = [found.title, ...found.names];
        found.joined = [...names.map(joined), ...names.map(spelled)];
        found.cores = names.map(core);
      });
      engine.addAll(searchIndex);
      return engine;
    });
    ready.catch(() => (ready = null)); // the next try asks again
    return ready;
  };

  const find = (engine, query) => {
    const whole = [joined(query), spelled(query)];
    const asked = new Set(core(query));
    const named = (found) => whole.some((text) => found.joined.includes(text));
    const mentioned = (found) => found.cores.some((words) => words.every((word) => asked.has(word)));
    const options = {
      boost: { title: 5, names: 5, where: 2 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 3 ? 0.25 : false),
      weights: { fuzzy: 0.3, prefix: 0.6 },
      boostDocument: (id) => RANK[searchIndex[id].kind] * (mentioned(searchIndex[id]) ? 4 : 1),
    };
    const all = engine.search(query, { ...options, combineWith: "AND" });
    const hits = (all.length ? all : engine.search(query, options)).map((hit) => searchIndex[hit.id]);
    // What is called just what was typed comes first, however it is spaced.
    const first = searchIndex.filter(named).sort((a, b) => RANK[b.kind] - RANK[a.kind]);
    return [...first, ...hits.filter((found) => !named(found))];
  };

  /* A text around its first word that was looked for, with such words marked. Never as HTML: it is text. */
  const snippet = (text, wanted) => {
    const paragraph = document.createElement("p");
    const matches = [...text.matchAll(/[\p{L}\p{N}'’]+/gu)];
    const hit = (word) => wanted.some((one) => one.length > 2 && stem(word).startsWith(one));
    const first = matches.find((match) => hit(match[0]));
    let from = Math.max(0, (first?.index ?? 0) - 60);
    if (from) from = text.indexOf(" ", from) + 1;
    let to = Math.min(text.length, from + 160);
    if (to < text.length) to = text.lastIndexOf(" ", to);
    let at = from;
    paragraph.append(from ? "… " : "");
    for (const { 0: word, index } of matches) {
      if (index < from || index + word.length > to || !hit(word)) continue;
      const mark = document.createElement("mark");
      mark.textContent = word;
      paragraph.append(text.slice(at, index), mark);
      at = index + word.length;
    }
    paragraph.append(text.slice(at, to), to < text.length ? " …" : "");
    return paragraph;
  };

  const address = (url) => {
    const [path, anchor] = url.split("#");
    return `${base}/${path}${suffix && (!path || path.endsWith("/")) ? suffix : ""}${anchor ? `#${anchor}` : ""}`;
  };

  const item = (found, wanted) => {
    const entry = document.createElement("li");
    const link = entry.appendChild(document.createElement("a"));
    link.href = address(found.url);
    link.textContent = found.title;
    if (found.where) entry.appendChild(document.createElement("span")).textContent = found.where;
    entry.append(snippet(found.text, wanted));
    return entry;
  };

  let latest = 0;
  const show = async () => {
    const query = input.value.trim();
    const turn = ++latest;
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    let found;
    try {
      found = find(await load(), query);
    } catch {
      status.textContent = dialog.dataset.failed;
      return;
    }
    if (turn !== latest) return; // the reader has typed on
    list.replaceChildren(...found.slice(0, SHOWN).map((one) => item(one, stems(query))));
    const count = Math.min(found.length, SHOWN);
    const result = language.singular_counts.includes(`${count}`) ? dialog.dataset.one : dialog.dataset.many;
    status.textContent = count ? result.replace("{count}", count) : dialog.dataset.none;
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    load().catch(() => {});
  };

  for (const button of document.querySelectorAll(".search-open")) button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // or the first Escape would only empty the field
    dialog.close();
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside the box
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 120);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(pause);
    await show();
    list.querySelector("a")?.click();
  });
}
