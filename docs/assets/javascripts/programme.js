/* The page of programmes: it shows one by its code, or builds one. Nothing leaves the page; what stands after "#" is never
   sent. Its words and forms stand in hipknee/pages/html/builder.html, its tables in the script programme-data.js. */
{
  const V = programmeValue;
  const root = document.querySelector(".programme");
  const { dataset } = root;
  const page = document.documentElement.dataset;
  const site = V.repertoire(programmeData);
  const say = V.sayer(site.words);
  const $ = (selector, within = root) => within.querySelector(selector);
  const all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const element = (name, text, properties = {}) => {
    const made = Object.assign(document.createElement(name), properties);
    if (text) made.textContent = text;
    return made;
  };
  const LANGUAGE = document.documentElement.lang.slice(0, 2).toUpperCase();
  const language = LANGUAGE === "EN" ? null : LANGUAGE;
  const title = document.title;
  const heading = document.querySelector("h1");
  const h1 = heading.textContent;
  const address = dataset.page || (location.protocol.startsWith("http") ? location.origin + location.pathname : "");

  let programme = { day: V.today(), items: [], language };
  let earlier = null; // the exercises before something was taken away
  let code = "";

  let telling;
  const tell = (text) => {
    $(".status").textContent = text;
    clearTimeout(telling);
    if (text) telling = setTimeout(() => tell(""), 6000);
  };
  const isBuilding = () => document.body.dataset.programme === "build";

  /* What a browser keeps, where it lets us: a draft as long as the tab is open, and what somebody asked to be kept. */
  const DRAFT = "hipknee.programme";
  const KEPT = "hipknee.programmes";
  const attempt = (deed, otherwise) => {
    try {
      return deed();
    } catch {
      return otherwise;
    }
  };
  const isCode = (text) => attempt(() => Boolean(V.known(text, site)), false);
  const kept = () => {
    const codes = attempt(() => JSON.parse(localStorage.getItem(KEPT)), []);
    return Array.isArray(codes) ? codes.filter((each) => typeof each === "string" && isCode(each)).slice(0, 10) : [];
  };

  /* The sheet: what the patient reads. */

  const load = (member) =>
    new Promise((resolve, reject) => {
      const there = () => programmeData.details[member.code];
      if (there()) return resolve(there());
      const script = element("script", "", { src: `${page.base}/${member.file}` });
      script.onerror = () => reject(script.remove());
      script.onload = () => (there() ? resolve(there()) : script.onerror());
      document.head.append(script);
    });

  const picture = (file) => dataset.pictures + file;
  const figure = ([caption, alt, file, sizes, width, height]) => {
    const made = element("figure");
    const image = element("img", "", { alt, width, height, sizes: "(min-width: 600px) 280px, 46vw" });
    image.srcset = sizes.map(([name, wide]) => `${picture(name)} ${wide}w`).join(", ");
    image.src = picture(file);
    made.append(image, element("figcaption", caption));
    return made;
  };
  const worded = (item) => V.dose(item, site, say).join(" ");
  const handed = (item, detail) => {
    const member = site.members.get(item.code);
    const made = $("#handed").content.cloneNode(true);
    const link = $("h2 a", made);
    link.textContent = member.title;
    link.href = `${dataset.exercises}${member.slug}/${page.suffix ?? ""}`;
    $(".plain", made).textContent = member.plain;
    $(".pictures", made).append(...detail.pictures.map(figure));
    $(".amount", made).textContent = V.beyond(item, member).length ? dataset.ask : worded(item);
    $(".changed", made).textContent = detail.updated > programme.day ? detail.changed : "";
    const things = detail.needs.filter(([, isBand]) => !(isBand && item.band === 0)).map(([name]) => name);
    $(".needs span", made).textContent = things.join(", ") || dataset.nothing;
    const steps = detail.steps.filter(([, , isSwitch]) => !(isSwitch && item.side));
    $(".steps", made).append(...steps.map(([label, text]) => {
      const step = element("li");
      step.append(element("span", label, { className: "role" }), ` ${text}`);
      return step;
    }));
    return made;
  };

  /* Whom to mind: each text once, with the exercises that it concerns where these are not all. */
  const cautions = (details) => {
    const people = new Map();
    const titles = details.map(([member]) => member.title);
    for (const [member, { cautions: some }] of details) {
      for (const [who, how] of some) {
        const texts = people.get(who) ?? people.set(who, new Map()).get(who);
        texts.set(how, [...(texts.get(how) ?? []), member.title]);
      }
    }
    return [...people].map(([who, texts]) => {
      const made = element("div");
      const lines = [...texts].map(([how, those]) =>
        element("dd", those.length === titles.length ? how : `${those.join(", ")}: ${how}`));
      made.append(element("dt", who), ...lines);
      return made;
    });
  };

  /* Level Q, which is read back after a punch or a stain, where that fits 30 mm at half a millimetre a module; else M. */
  const square = (text) => {
    const { generate, mode, correction } = leanQR;
    const made = (level) =>
      generate(mode.multi(mode.ascii(`${address}#`), mode.alphaNumeric(text)), {
        minCorrectionLevel: correction[level],
        maxCorrectionLevel: correction[level],
      });
    let qr = made("Q");
    if (qr.size > 60) qr = made("M");
    const svg = $(".qr svg");
    const side = qr.size + 8;
    let path = "";
    for (let y = 0; y < qr.size; y += 1) {
      for (let x = 0; x < qr.size; x += 1) if (qr.get(x, y)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
    }
    svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
    svg.setAttribute("aria-label", fill(dataset.alt, { address: `${address}#${text}` }));
    svg.style.width = svg.style.height = `${side / 2}mm`;
    $("path", svg).setAttribute("d", path);
  };

  let drawing = 0;
  const draw = async () => {
    const mine = (drawing += 1);
    const members = [...new Set(programme.items.map((item) => site.members.get(item.code)))];
    const see = (isThere) => {
      $(".sheet").hidden = !isThere;
      $("[data-do=print]").disabled = !isThere;
    };
    see(code && members.every((member) => programmeData.details[member.code])); // never that of another one
    $(".again").hidden = $(".by-hand").hidden = true;
    if (!code) return;
    let details;
    try {
      details = await Promise.all(members.map(async (member) => [member, await load(member)]));
    } catch {
      if (mine === drawing) $(".again").hidden = false;
      return;
    }
    if (mine !== drawing) return; // it has changed since
    const of = new Map(details);
    $(".sheet .when").textContent = say("programme_heading", { day: say.day(programme.day) });
    $(".handed").replaceChildren(...programme.items.map((item) => handed(item, of.get(site.members.get(item.code)))));
    const once = (name) => [...new Set(details.flatMap(([, detail]) => detail[name]))];
    $(".minding").replaceChildren(...once("minding").map((text) => element("li", text)));
    $(".cares").replaceChildren(...cautions(details));
    $(".cautions").hidden = !$(".cautions :is(li, dt)");
    all(".stop .ours").forEach((own) => own.remove());
    $(".stop #stop + ul").prepend(...once("stop_if").map((text) => element("li", text, { className: "ours" })));
    $(".typed-code").textContent = V.grouped(code);
    $(".qr").hidden = !address;
    $(".link").textContent = address && `${address}#${code}`;
    if (address) attempt(() => square(code));
    see(true);
  };

  /* The builder: a row for each exercise. */

  const minutes = () => {
    let seconds = 0; // a rough guess of ours, to plan by: 4 seconds a rep, and a minute to get ready
    for (const { code: of, sets, reps, time, hold, rest, side } of programme.items) {
      const sides = site.members.get(of).side === "each" && !side ? 2 : 1;
      seconds += 60 + sets * (sides * (time ?? reps[1] * (4 + (hold ?? 0))) + (rest ?? 45));
    }
    return Math.max(5, 5 * Math.round(seconds / 300));
  };

  const values = (row) => Object.fromEntries(all("[name]", row).map(({ name, value }) => [name, value]));
  const whole = (text) => (/^0*[1-9][0-9]*$/.test(text) ? Number(text) : null);

  const itemOf = (row, old) => {
    const fields = values(row);
    const { most, side, band } = site.members.get(old.code);
    /* What can't be read stays as it was, and what is empty is not said. */
    const at = (name) => (fields[name] ? Math.min(whole(fields[name]) ?? old[name], most[name]) || null : null);
    const unit = { S: 1, M: 60 }[fields.unit];
    const low = whole(fields.low) ?? old.reps?.[0] ?? 1;
    const high = Math.max(low, whole(fields.high) ?? low);
    return {
      code: old.code,
      sets: at("sets") ?? old.sets,
      reps: unit ? null : [Math.min(low, most.reps), Math.min(high, most.reps)],
      time: unit ? Math.min(low * unit, most.time) : null,
      hold: unit ? null : at("hold"),
      rest: at("rest"),
      days: at("days"),
      times: at("times"),
      side: (side === "each" && fields.side) || null,
      band: band && fields.band ? Number(fields.band) : null,
      notes: all(".notes input:checked", row).map(({ value }) => value),
    };
  };

  const put = (row, { sets, reps, time, hold, rest, days, times, side, band, notes }) => {
    const unit = reps ? "" : time % 60 ? "S" : $("[name=unit]", row).value || "M";
    const [low, high] = reps ?? [unit === "M" ? time / 60 : time];
    const now = { sets, low, high: high === low ? "" : high, unit, hold, rest, days, times, side, band };
    for (const field of all("[name]", row)) field.value = now[field.name] ?? "";
    $("[name=low]", row).max = reps ? dataset.reps : 3600;
    for (const hidden of all(".only-reps", row)) hidden.hidden = !reps;
    for (const box of all(".notes input", row)) {
      box.checked = notes.includes(box.value);
      box.disabled = !box.checked && notes.length >= V.MOST_NOTES;
    }
  };
  const place = (row) => all(".rows > li").indexOf(row);

  const makeRow = (item) => {
    const row = $("#row").content.firstElementChild.cloneNode(true);
    const member = site.members.get(item.code);
    $("h3", row).textContent = member.title;
    row.firstElementChild.setAttribute("aria-label", member.title);
    $(".of-side", row).hidden = member.side !== "each";
    $(".of-band", row).hidden = !member.band;
    for (const button of all(".order button", row)) button.setAttribute("aria-label", `${button.textContent} ${member.title}`);
    return row;
  };

  const update = (announce = true) => {
    const { items } = programme;
    earlier = null;
    code = attempt(() => V.write(programme), "");
    if (code) attempt(() => sessionStorage.setItem(DRAFT, code));
    else if (!items.length) attempt(() => sessionStorage.removeItem(DRAFT));
    attempt(() => history.replaceState({ builds: true }, "", code ? `#${code}` : location.pathname)); // some count them
    all(".rows > li").forEach((row, n) => {
      put(row, items[n]);
      $(".dose-words", row).textContent = worded(items[n]);
      const same = items.filter((item) => item.code === items[n].code);
      const isEach = site.members.get(items[n].code).side === "each";
      $(".apart", row).hidden = !isEach || same.length > 1 || items.length >= V.MOST;
      $(".up", row).disabled = n === 0;
      $(".down", row).disabled = n === items.length - 1;
    });
    for (const button of all(".picks button")) {
      const isIn = items.some((item) => item.code === button.value);
      button.textContent = isIn ? dataset.remove : dataset.add;
      button.className = isIn ? "is-in" : "";
      button.setAttribute("aria-label", `${button.textContent} ${site.members.get(button.value).title}`);
      button.disabled = !isIn && items.length >= V.MOST;
    }
    for (const part of all(".hand-over, .deeds, .on")) part.hidden = !code;
    $(".same").hidden = items.length < 2;
    $(".undo").hidden = true;
    const count = fill(items.length === 1 ? dataset.one : dataset.many, { count: items.length, minutes: minutes() });
    const isMuch = items.length > 6 || minutes() > 30;
    $(".counter").textContent = items.length ? count : dataset.none;
    $(".much").hidden = !isMuch;
    if (announce) tell(items.length ? (code ? count : dataset.long) : dataset.none);
    draw();
  };
  const setItems = (items, announce) => {
    let isBeyond = false;
    items = items.map((item) => {
      const member = site.members.get(item.code);
      const goes = !V.beyond(item, member).length;
      isBeyond ||= !goes;
      return goes ? item : usual(member);
    });
    programme = { ...programme, items };
    $(".rows").replaceChildren(...items.map(makeRow));
    update(announce);
    if (isBeyond) tell(dataset.usual);
  };
  const replacing = (items) => {
    const before = programme.items;
    setItems(items);
    earlier = before;
    $(".undo").hidden = !before.length;
  };

  const usual = ({ code: of, dose }) => ({
    reps: null, time: null, hold: null, rest: null, days: null, times: null,
    ...dose, code: of, side: null, band: null, notes: [],
  }); // prettier-ignore
  const added = (member) => {
    const { items } = programme;
    if (items.some((item) => item.code === member.code)) return;
    if (items.length < V.MOST) setItems([...items, usual(member)]);
    else tell(dataset.full);
  };

  /* What can be picked: those that hold all that is typed, and that the chips ask for. */
  const STEP = 24;
  const names = (exercise) => `${exercise.title} ${exercise.plain} ${exercise.names}`.toLowerCase();
  const facts = (exercise, facet) => exercise[facet].split(" ");
  const fits = (exercise) => {
    const asked = all(".chips [aria-pressed=true]").map((chip) => chip.dataset);
    const suits = ({ facet, any, none }) => {
      const ids = (any ?? none).split(" ");
      return facts(exercise, facet).some((id) => ids.includes(id)) === (any !== undefined);
    };
    return asked.every(({ facet }) => asked.some((chip) => chip.facet === facet && suits(chip)));
  };
  const pick = (exercise) => {
    const made = $("#pick").content.firstElementChild.cloneNode(true);
    const [file, width, height] = exercise.picture;
    const image = $("img", made);
    if (file) Object.assign(image, { width, height, src: picture(file) });
    else image.remove();
    $("strong", made).textContent = exercise.title;
    $("small", made).textContent = exercise.plain;
    $("button", made).value = exercise.code;
    return made;
  };
  const search = () => {
    const words = $("[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = programmeData.exercises.filter((each) => words.every((word) => names(each).includes(word)) && fits(each));
    $(".picks").replaceChildren(...found.slice(0, STEP).map(pick));
    $(".found").textContent = fill(dataset.found, { shown: Math.min(found.length, STEP), found: found.length });
  };

  const showKept = () => {
    const codes = kept();
    $(".kept").hidden = !codes.length;
    $(".kept ul").replaceChildren(...codes.map((text) => {
      const made = element("li");
      const { programme: of } = V.known(text, site);
      const titles = of.items.map((item) => site.members.get(item.code).title).join(", ");
      made.append(element("a", `${say.day(of.day)}: ${titles}`, { href: `#${text}` }));
      return made;
    }));
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      tell(dataset.copied);
    } catch {
      const field = $(".by-hand");
      field.hidden = false;
      field.value = text;
      field.select();
      tell(dataset.byhand);
    }
  };
  /* For a record: the doses in words, the link, the code, and of which words it was. */
  const record = () =>
    [
      say("programme_heading", { day: say.day(programme.day) }),
      ...programme.items.map((item, n) =>
        `${n + 1}. ${site.members.get(item.code).title}: ${worded(item)}`),
      ...(address ? [`${address}#${code}`] : []),
      fill(dataset.record, { code: V.grouped(code), version: document.querySelector(".version")?.textContent ?? "" }),
    ].join("\n");

  /* A calendar file, by RFC 5545. It says only that it is a reminder. */
  const remind = (form) => {
    const days = all("[name=weekday]:checked", form).map(({ value }) => value);
    if (!days.length) return tell(dataset.days);
    const NAMES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    const two = (number) => `${number}`.padStart(2, "0");
    const time = $("[name=time]", form).value || "09:00";
    const first = new Date();
    first.setHours(...time.split(":"), 0);
    while (first < new Date() || !days.includes(NAMES[first.getDay()])) first.setDate(first.getDate() + 1);
    const begin = `${first.getFullYear()}${two(first.getMonth() + 1)}${two(first.getDate())}T${time.replace(":", "")}00`;
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reminder//EN", "BEGIN:VEVENT", `UID:${Date.now()}@reminder`,
      `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`, `DTSTART:${begin}`, "DURATION:PT30M",
      `RRULE:FREQ=WEEKLY;COUNT=${4 * days.length};BYDAY=${days.join(",")}`, `SUMMARY:${dataset.reminder}`,
      "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT0S", `DESCRIPTION:${dataset.reminder}`, "END:VALARM", "END:VEVENT",
      "END:VCALENDAR", "",
    ]; // prettier-ignore
    const href = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/calendar" }));
    element("a", "", { href, download: "reminder.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    tell(dataset.saved);
  };

  /* Which of the two the page is. */

  const mode = (name) => {
    document.body.dataset.programme = name;
    $(".rows").replaceChildren(); // or a field that is left would write into another programme
    tell("");
    for (const part of all("[data-in]")) part.hidden = !part.dataset.in.split(" ").includes(name);
    heading.textContent = name === "shown" ? say("programme_heading", { day: say.day(programme.day) }) : h1;
    document.title = name === "shown" ? title.replace(h1, heading.textContent) : title;
    showKept();
  };
  const build = (items = []) => {
    programme = { day: V.today(), items, language };
    mode("build");
    setItems(items, false);
  };
  const why = ({ refused, at }, text) => {
    const [part] = V.asRead(text).slice(at).match(/^[A-Z]{3}/) ?? [""];
    if (refused !== "gone" || !site.gone.has(part)) return dataset[refused.replace("-c", "C")] ?? dataset.grammar;
    const [reason, successor] = site.gone.get(part);
    const instead = site.members.get(successor)?.title;
    return `${fill(dataset.gone, { reason })} ${instead ? fill(dataset.instead, { title: instead }) : ""}`;
  };
  const show = (text) => {
    attempt(() => history.replaceState(null, "", `#${encodeURIComponent(text)}`));
    try {
      programme = V.known(text, site).programme;
      code = V.write(programme);
      mode("shown");
      draw();
    } catch (error) {
      mode("refused");
      code = "";
      draw();
      $(".refused p").textContent = why(error, text);
    }
  };

  const draft = () => attempt(() => V.known(sessionStorage.getItem(DRAFT), site).programme.items, []);
  const route = () => {
    const text = attempt(() => decodeURIComponent(location.hash.slice(1)), location.hash.slice(1));
    const [, adding] = V.asRead(text).match(/^ADD-(.*)/) ?? [];
    if (adding) {
      build(draft());
      if (site.members.has(adding)) added(site.members.get(adding));
      else tell(dataset.unknownCode);
      $(".doses h2").focus();
    } else if (!text || document.getElementById(text)) build(draft()); // a place within the page is none yet
    else if (history.state?.builds && isCode(text)) build(V.known(text, site).programme.items);
    else show(text);
  };

  /* What the reader does. */

  const deeds = {
    use: ({ dataset: { code: text } }) => {
      replacing(V.known(text, site).programme.items);
      $(".doses h2").focus();
    },
    pick: ({ value }) => {
      const { items } = programme;
      if (items.some((item) => item.code === value)) replacing(items.filter((item) => item.code !== value));
      else added(site.members.get(value));
    },
    step: (button) => {
      const field = $("input", button.parentElement);
      const by = button.matches(".less") ? -1 : 1;
      const row = button.closest("li, .same");
      const rise = (input, least) => {
        const before = Number(input.value);
        input.value = Math.max(least, before + by) || "";
        return Number(input.value) !== before;
      };
      const high = $("[name=high]", row);
      if (rise(field, Number(field.min)) && field.name === "low" && high?.value) rise(high, 1); // as wide as it is
      if (row.matches("li")) take(row);
    },
    up: (button) => move(button, -1),
    down: (button) => move(button, 1),
    remove: (button) => {
      const n = place(button.closest("li"));
      replacing(programme.items.filter((_, m) => m !== n));
      ($(`.rows > li:nth-child(${Math.min(n + 1, programme.items.length)}) .remove`) ?? $(".doses h2")).focus();
    },
    apart: (button) => {
      const items = [...programme.items];
      const n = place(button.closest("li"));
      items.splice(n, 1, { ...items[n], side: "L" }, { ...items[n], side: "R" });
      replacing(items);
      $(`.rows > li:nth-child(${n + 1}) [name=sets]`).focus();
    },
    undo: () => {
      setItems(earlier);
      $(".doses h2").focus();
    },
    all: (button) => {
      const { sets, low, days } = values(button.closest(".same"));
      const before = [...programme.items];
      all(".rows > li").forEach((row, n) => {
        const reps = whole(low) && before[n].reps ? { low, high: "" } : {}; // what is timed stays so
        const asked = Object.entries({ ...(whole(sets) && { sets }), ...(whole(days) && { days }), ...reps });
        for (const [name, value] of asked) $(`[name=${name}]`, row).value = value;
        programme.items[n] = itemOf(row, before[n]);
      });
      update();
      earlier = before;
      $(".undo").hidden = false;
    },
    chip: (button) => {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
      search();
      update(false);
    },
    again: draw,
    back: () => build(draft()),
    print: () => print(),
    link: () => copy(`${address}#${code}`),
    record: () => copy(record()),
    share: () => navigator.share({ title: document.title, url: `${address}#${code}` }).catch(() => {}),
    keep: () => {
      const codes = JSON.stringify([code, ...kept().filter((each) => each !== code)].slice(0, 10));
      tell(attempt(() => (localStorage.setItem(KEPT, codes), dataset.kept), dataset.unkept));
      showKept();
    },
    erase: () => {
      tell(attempt(() => (localStorage.removeItem(KEPT), dataset.erased), dataset.unkept));
      showKept();
      heading.focus();
    },
    change: () => {
      build(programme.items);
      $(".doses h2").focus();
    },
  };
  const take = (row) => {
    const n = place(row);
    programme.items[n] = itemOf(row, programme.items[n]);
    update();
  };
  const move = (button, by) => {
    const n = place(button.closest("li"));
    const items = [...programme.items];
    [items[n], items[n + by]] = [items[n + by], items[n]];
    setItems(items);
    const row = all(".rows > li")[n + by];
    const same = $(`.${button.className}`, row);
    (same.disabled ? $(".order button:enabled", row) : same).focus();
  };

  heading.tabIndex = -1;
  root.addEventListener("click", (event) => {
    const { target } = event;
    const button = target.closest("button[data-do]");
    if (button) deeds[button.dataset.do](button);
    const link = target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault(); // the address holds the code, and goes on holding it
    const text = link.hash.slice(1);
    const there = document.getElementById(text);
    if (!there) return show(text);
    if (there.matches("details")) there.open = true;
    (there.querySelector("summary") ?? there).tabIndex = -1;
    (there.querySelector("summary") ?? there).focus();
  });
  $(".rows").addEventListener("change", ({ target }) => isBuilding() && take(target.closest(".rows > li")));
  $("[type=search]").addEventListener("input", () => {
    search();
    update(false);
  });
  $(".code-form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(V.asRead($(".code-form input").value).replace(/^.*#/, ""));
    heading.focus();
  });
  $(".remind form").addEventListener("submit", (event) => {
    event.preventDefault();
    remind(event.target);
  });
  for (const button of all(".needs-script")) button.hidden = false;
  $("[data-do=share]").hidden = !navigator.share || !address;
  $("[data-do=link]").hidden = !address;
  for (const part of all(".keeping")) part.hidden = location.protocol === "file:";
  addEventListener("hashchange", route);
  addEventListener("beforeprint", () => document.activeElement.blur()); // what is typed is on the sheet
  search();
  route();
}
