/* Search, in the reader's own browser: nobody learns what was looked for. The index is fetched when the dialog is first
   opened, and of its parts those that a search needs. hooks/hipknee/pages/search_parts.py writes them, all as scripts,
   which a page opened from a folder can load as well. */
{
  const dialog = document.getElementById("search");
  const form = dialog.querySelector("form");
  const input = form.elements.query;
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector("ol");
  const { base, suffix = "" } = document.documentElement.dataset;
  const language = JSON.parse(dialog.dataset.language);
  const SHOWN = 12;
  const LONGEST = 10; // words of a query that are looked for
  const FEW = 5; // documents that hold a word that says something by itself
  const WARNING = 0; // what a name is that is a word of warning signs
  const LIKE = 3; // spellings that stand for one that is not there

  /* One kind of apostrophe; small letters without accents. */
  const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`\uff07]/g;
  const straight = (text) => text.normalize("NFC").replace(APOSTROPHES, "'");
  const plain = (text) => straight(text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
  const longestFirst = (endings) => endings.map(plain).sort((a, b) => b.length - a.length);
  const bare = (text) => plain(text).replaceAll("'", "");
  const COMMON = new Set(language.common_words.map(bare));
  const PLURALS = longestFirst(language.plural_endings);
  const LOOK_ALIKES = longestFirst(language.plural_look_alikes);
  const POSSESSIVES = longestFirst(language.possessive_endings);
  const ENDINGS = longestFirst(language.word_endings);

  /* Words as they are compared: plain, without their endings. So are those of the index, which Python makes
     (hooks/hipknee/search_words.py); tests/search_words.yml has the cases of both. */
  const without = (word, endings) => {
    const ending = endings.find((one) => word.endsWith(one));
    return ending ? word.slice(0, -ending.length) : word;
  };
  const isShort = (word) => [...word].length < 3;
  const singular = (text) => {
    const word = without(plain(text), POSSESSIVES).replaceAll("'", "");
    const one = LOOK_ALIKES.some((ending) => word.endsWith(ending)) ? word : without(word, PLURALS);
    return isShort(one) ? word : one;
  };
  const stem = (text) => {
    let word = singular(text);
    for (let next = without(word, ENDINGS); next !== word && !isShort(next); next = without(word, ENDINGS)) word = next;
    return ENDINGS.length && [...word].length > 3 ? word.replace(/(.)\1$/u, "$1") : word;
  };
  const words = (text) => straight(text).match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? [];
  /* A small word in capitals is a name: the IT band is not "it". */
  const isCapitals = (word) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  const isCommon = (word) => !isCapitals(word) && (COMMON.has(bare(word)) || COMMON.has(singular(word)));
  /* What a name or a query comes down to: "The pain rule" is "pain rule". */
  const own = (text) => {
    const kept = words(text).filter((word) => !isCommon(word));
    return kept.length ? kept : words(text);
  };
  const core = (text) => own(text).map(stem);
  /* A text as one word: with its common words, and without. */
  const spelled = (text) => [...new Set([own(text), words(text)].map((some) => stem(some.map(singular).join(""))))];

  /* What the script at an address sets, as `read` takes it; its load event comes before another script runs. When one
     fails, all are asked for again, the index first: that of yesterday names what is gone, and may be in a cache. */
  const fetched = new Map();
  let again = "";
  const fetchPart = (address, read = (content) => content) => {
    if (fetched.has(address)) return fetched.get(address);
    const part = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => {
        const content = self.searchPart;
        self.searchPart = null;
        return content == null ? reject() : resolve(content);
      };
      script.onerror = reject;
      document.head.append(script);
    }).then(read);
    fetched.set(address, part);
    part.catch(() => {
      fetched.clear();
      again = `?${Date.now()}`;
    });
    return part;
  };
  const address = (name, hash) => `${base}/assets/javascripts/search/${name}.${hash}.js`;
  const withSame = (index) => ({ ...index, same: new Map(index.same.map((row) => row.split(" "))) });
  const load = () => fetchPart(dialog.dataset.index + again, withSame);
  const spellings = (index) => fetchPart(address("spellings", index.spellings), unfolded);
  const range = (index, kind, number) => fetchPart(address(`${kind}-${number}`, index[kind][number][1]), lines);
  const shelf = (index, number) => fetchPart(address(`texts-${number}`, index.texts[number][1]), documents);
  /* A small index is fetched whole where the site is kept on the device: then every search works without a network. */
  const whole = async (index) => {
    if (!index.small || !navigator.serviceWorker?.controller) return;
    const ranges = ["words", "names"].flatMap((kind) => index[kind].map((_, number) => range(index, kind, number)));
    await Promise.all([...ranges, spellings(index), ...index.texts.map((_, number) => shelf(index, number))]);
  };

  /* Words in the order of the alphabet: how many letters are those of the word before, and the others. */
  const unfolded = (text) => {
    let word = "";
    return text.split(" ").map((one) => (word = word.slice(0, parseInt(one[0], 36)) + one.slice(1)));
  };
  /* Words or names, each with its line. */
  const lines = ([words, text]) => {
    const all = text.split(" ");
    return unfolded(words).map((word, number) => [word, all[number]]);
  };
  const documents = (groups) =>
    groups.flatMap(([url, title, where, text, inside, picture]) => [
      ...(text === null ? [] : [{ url, title, where, text: [text, ...inside.map((one) => one[2])].join(" "), picture }]),
      ...inside.map(([id, heading, below]) => ({ url: `${url}#${id}`, title: heading, where: title, text: below, picture })),
    ]);
  /* Documents: how far each is from the one before, in digits to the base 28, and a number that goes with it. */
  const entries = (text) => {
    const all = [];
    for (let at = 0, gap = 0, id = 0; at < text.length; at++) {
      const digit = text.charCodeAt(at) - 35;
      gap = gap * 28 + (digit % 28);
      if (digit >= 28) continue;
      all.push([(id += gap), text.charCodeAt(++at) - 35]);
      gap = 0;
    }
    return all;
  };

  /* How many letters are missing, too many or others; two that have changed places count once. */
  const distance = (one, other) => {
    let [above, row] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
        const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isSwapped) next[j] = Math.min(next[j], above[j - 2] + 1);
      }
      [above, row] = [row, next];
    }
    return row[other.length];
  };
  /* The words that are most like one, up to a quarter of its letters; of these, those with its first letter first. Short
     words have that letter, or they would be like too many. */
  const likest = (word, all) => {
    const letters = [...new Set(word)];
    let least = Math.round(word.length / 4);
    let like = [];
    for (const one of all) {
      if (Math.abs(one.length - word.length) > least || (word.length < 6 && one[0] !== word[0])) continue;
      if (letters.reduce((missing, letter) => missing + !one.includes(letter), 0) > least) continue; // soon said
      const far = distance(word, one);
      if (far < least) [least, like] = [far, []];
      if (far === least) like.push(one);
    }
    return like.sort((a, b) => (b[0] === word[0]) - (a[0] === word[0])).slice(0, LIKE);
  };

  /* The place of the last part that starts before a value. */
  const place = (starts, value) => starts.filter(([start]) => start <= value).length - 1;
  /* The lines of what is written so, or of all that begins so. */
  const look = async (index, kind, text, isBeginning = false) => {
    const [from, to] = [text, isBeginning ? `${text}\uffff` : text].map((one) => place(index[kind], one));
    const near = index[kind].slice(from, to + 1).map((_, number) => range(index, kind, from + number));
    return (await Promise.all(near)).flat().filter(([one]) => (isBeginning ? one.startsWith(text) : one === text));
  };
  /* The lines of what a word of the query can mean: itself, words that begin with it, or else those most like it. */
  const mean = async (index, word) => {
    const near = await look(index, "words", word, word.length > 2);
    if (near.length || word.length < 4) return near;
    const like = likest(word, await spellings(index)).map((one) => index.same.get(one) ?? one);
    return (await Promise.all([...new Set(like)].map((one) => look(index, "words", one)))).flat();
  };
  /* What it is worth that a document holds one word for another. */
  const share = (one, word) => {
    if (one === word) return 1;
    return one.startsWith(word) ? (0.6 * word.length) / (word.length + 0.3 * (one.length - word.length)) : 0.3;
  };

  /* What each document that holds a word, or another one for it, is worth for that: BM25+, of which all but the rarity
     of the word stands in the index. */
  const worth = (lines, word, count) => {
    const all = new Map();
    for (const [one, line] of lines) {
      const holders = entries(line.split("|")[0]);
      const rarity = share(one, word) * Math.log(1 + (count - holders.length + 0.5) / (holders.length + 0.5));
      for (const [id, level] of holders) all.set(id, (all.get(id) ?? 0) + rarity * 0.5 * 1.09 ** level);
    }
    return all;
  };
  /* The names of which all words are asked for: each with its words, the documents that have it, and whether it says
     something by itself, since it has several words or one that few documents hold. */
  const mentioned = (lines, asked) =>
    lines
      .filter(([one]) => asked.has(one))
      .flatMap(([one, line]) => {
        const [holders, ...names] = line.split("|");
        const isRare = entries(holders).length <= FEW;
        return names.map((name) => {
          const [others, documents] = name.split("~");
          const words = [one, ...others.split("_").filter(Boolean)];
          return { words, documents: entries(documents), isTelling: isRare || words.length > 1 };
        });
      })
      .filter(({ words }) => words.every((word) => asked.has(word)));
  /* The documents for the words of the query, the best first: the warning signs that it names, unless those words are a
     part of another name that it has, as in "fear of falling"; those with a name that says something; those that have all
     its words, or else those with some. */
  const ranked = (means, asked, count) => {
    const all = means.map(({ word, lines }) => worth(lines, word, count));
    const some = [...new Set(all.flatMap((one) => [...one.keys()]))];
    const names = mentioned(means.flatMap(({ lines }) => lines), asked);
    const others = names.filter(({ documents }) => documents.some(([, kind]) => kind !== WARNING));
    const isPart = (own) => others.some(({ words }) => words.length > own.length && own.every((one) => words.includes(one)));
    const [longest, warned, told] = [new Map(), new Set(), new Set()];
    for (const { words, documents, isTelling } of names) {
      for (const [id, kind] of documents) {
        longest.set(id, Math.max(longest.get(id) ?? 0, words.length));
        if (isTelling) told.add(id);
        if (kind === WARNING && !isPart(words)) warned.add(id);
      }
    }
    const best = some.filter((id) => all.every((one) => one.has(id)));
    const tier = (id) => (warned.has(id) ? 2 : told.has(id) ? 1 : 0);
    const score = (id) => {
      const own = all.flatMap((one) => one.get(id) ?? []);
      return own.length * own.reduce((sum, one) => sum + one, 0) * (1 + 3 * (longest.get(id) ?? 0));
    };
    const kept = [...new Set([...(best.length ? best : some), ...longest.keys()])];
    const ranks = kept.map((id) => ({ id, tier: tier(id), score: score(id) }));
    return ranks.sort((a, b) => b.tier - a.tier || b.score - a.score || a.id - b.id).map(({ id }) => id);
  };

  const find = async (query) => {
    const index = await load();
    const asked = core(query).map((word) => index.same.get(word) ?? word);
    const looked = [...new Set(words(query).filter((word) => !isCommon(word)).map(stem))].slice(0, LONGEST);
    const meant = new Set(looked.map((word) => index.same.get(word) ?? word));
    const [means, called] = await Promise.all([
      Promise.all([...meant].map(async (word) => ({ word, lines: await mean(index, word) }))),
      Promise.all(spelled(query).map((one) => look(index, "names", one))),
    ]);
    // What is called just what was typed comes first, however it is spaced.
    const kinds = new Map(called.flat().flatMap(([, line]) => entries(line)));
    const first = [...kinds.keys()].sort((a, b) => kinds.get(a) - kinds.get(b) || a - b);
    const others = means.flatMap(({ word, lines }) => lines.map(([one]) => one).filter((one) => !one.startsWith(word)));
    const wanted = new Set([...asked, ...others]);
    const ids = [...new Set([...first, ...ranked(means, wanted, index.documents)])].slice(0, SHOWN);
    const hits = ids.map(async (id) => {
      const number = place(index.texts, id);
      return (await shelf(index, number))[id - index.texts[number][0]];
    });
    Promise.all(hits).catch(() => {}); // who waits for them hears of it
    const isHit = (word) => [...wanted].some((one) => one.length > 2 && (index.same.get(word) ?? word).startsWith(one));
    return { hits, isHit };
  };

  /* A text around its first word that was looked for, with such words marked. Never as HTML: it is text. */
  const snippet = (text, isHit) => {
    const paragraph = document.createElement("p");
    const matches = [...text.matchAll(/[\p{L}\p{N}'’]+/gu)];
    const hit = (word) => isHit(stem(word));
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

  const href = (url) => {
    const [path, anchor] = url.split("#");
    return `${base}/${path}${suffix && (!path || path.endsWith("/")) ? suffix : ""}${anchor ? `#${anchor}` : ""}`;
  };

  const item = (found, isHit) => {
    const entry = document.createElement("li");
    if (found.picture) {
      // What it shows stands beside it in words. Its place is kept while it comes.
      entry.className = "pictured";
      const src = `${base}/assets/pictures/${found.picture}`;
      entry.append(Object.assign(new Image(80, 60), { alt: "", loading: "lazy", src }));
    }
    const link = entry.appendChild(document.createElement("a"));
    link.href = href(found.url);
    link.textContent = found.title;
    if (found.where) entry.appendChild(document.createElement("span")).textContent = found.where;
    entry.append(snippet(found.text, isHit));
    return entry;
  };

  let latest = 0;
  /* Write down what is found, the first as soon as it is there, until the reader has typed on. */
  const write = async (query, turn) => {
    const { hits, isHit } = await find(query);
    for (const [number, hit] of hits.entries()) {
      const one = item(await hit, isHit);
      if (turn !== latest) return;
      if (!number) list.replaceChildren();
      list.append(one);
    }
    if (turn !== latest) return;
    if (!hits.length) list.replaceChildren();
    const result = language.singular_counts.includes(`${hits.length}`) ? dialog.dataset.one : dialog.dataset.many;
    status.textContent = hits.length ? result.replace("{count}", hits.length) : dialog.dataset.none;
  };
  const show = async () => {
    const query = input.value.trim();
    const turn = ++latest;
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    await write(query, turn)
      .catch(() => write(query, turn))
      .catch(() => {
        if (turn !== latest) return;
        list.replaceChildren();
        status.textContent = dialog.dataset.failed;
      });
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    load().then(whole).catch(() => {});
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
