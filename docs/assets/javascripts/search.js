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
  const COMMON = new Set("a after an and are at be can do does for how i if in is it me my of on or should the to what when with you your".split(" "));
  const RANK = { condition: 1.6, page: 1.4, word: 1.2, section: 1 };

  /* Words as they are compared: small letters without accents, without the s of a plural. */
  const stem = (word) => {
    const plain = word.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/['’]s?$/, "");
    return plain.length > 3 && /[^su]s$/.test(plain) ? plain.slice(0, -1) : plain;
  };
  const stems = (text) => text.split(/[^\p{L}\p{N}'’]+/u).filter(Boolean).map(stem);
  /* What a name or a query comes down to: "The pain rule" is "pain rule", and "clam shell" is "clamshell". */
  const core = (text) => {
    const all = stems(text);
    const kept = all.filter((word) => !COMMON.has(word));
    return kept.length ? kept : all;
  };
  const joined = (text) => core(text).join("");

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
        processTerm: (term) => (COMMON.has(term.toLowerCase()) ? null : stem(term)),
      });
      searchIndex.forEach((found, id) => {
        found.id = id;
        const names = [found.title, ...found.names];
        found.joined = names.map(joined);
        found.cores = names.map(core);
      });
      engine.addAll(searchIndex);
      return engine;
    });
    ready.catch(() => (ready = null)); // the next try asks again
    return ready;
  };

  const find = (engine, query) => {
    const whole = joined(query);
    const asked = new Set(core(query));
    const named = (found) => found.joined.includes(whole);
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
    const words = [...text.matchAll(/[\p{L}\p{N}'’]+/gu)];
    const hit = (word) => wanted.some((one) => one.length > 2 && stem(word).startsWith(one));
    const first = words.find((match) => hit(match[0]));
    let from = Math.max(0, (first?.index ?? 0) - 60);
    if (from) from = text.indexOf(" ", from) + 1;
    let to = Math.min(text.length, from + 160);
    if (to < text.length) to = text.lastIndexOf(" ", to);
    let at = from;
    paragraph.append(from ? "… " : "");
    for (const { 0: word, index } of words) {
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
    const words = language.singular_counts.includes(`${count}`) ? dialog.dataset.one : dialog.dataset.many;
    status.textContent = count ? words.replace("{count}", count) : dialog.dataset.none;
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
