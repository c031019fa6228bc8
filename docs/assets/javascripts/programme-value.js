/* The code of a programme, as hipknee/programme has it in Python, with the same names: tests/programmes.json holds the two
   together. It knows of this site only what it is handed: `data` is what hipknee/pages/programme_data.py writes. */
const programmeValue = (() => {
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const LETTERS = `${DIGITS}.-`;
  const LONGEST = 200;
  const MOST = 8;
  const MOST_NOTES = 3;
  const FIRST_DAY = Date.UTC(2026, 0, 1);
  const DAY = 864e5;
  const BANDS = ["none", "light", "medium", "heavy"];
  const NUMBERS = { hold: "H", rest: "R", days: "D", times: "T" };

  /* `refused` and `at` as in Python's Refusal. */
  const refuse = (refused, at) => {
    throw Object.assign(new Error(`${refused} at ${at}`), { refused, at });
  };

  const withoutBlanks = (text) =>
    text.replace(/[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, "");
  const asRead = (text) =>
    withoutBlanks(text).replace(/[\u2010-\u2015]/g, "-").replace(/[a-z]/g, (letter) => letter.toUpperCase());

  const check = (body) => {
    let worth = 0;
    for (const letter of body) worth = (worth * 38 + LETTERS.indexOf(letter)) % 1021;
    return DIGITS[worth >> 5] + DIGITS[worth & 31];
  };

  /* One exercise, which begins at a place of the code, read from left to right: the item, and where its parts begin. */
  const readExercise = (text, begin) => {
    let at = 0;
    const places = {};
    const match = (pattern, part) => {
      const found = new RegExp(pattern, "y");
      found.lastIndex = at;
      const [matched] = found.exec(text) ?? refuse("grammar", begin + part);
      at += matched.length;
      return matched;
    };
    const take = (letter) => text[at] === letter && Boolean((at += 1));
    const number = (part) => Number(match("[1-9][0-9]{0,2}(?![0-9])", part));
    const optional = (name, letter, value) => {
      const part = at;
      places[name] = begin + at;
      return take(letter) ? value(part) : null;
    };

    const item = { code: match("[A-Z]{3}", 0) };
    places.code = begin;
    places.sets = begin + at;
    item.sets = number(at);
    match("X", at);
    const part = at;
    const low = number(part);
    item.reps = [low, low];
    item.time = null;
    if (take(".")) {
      item.reps = [low, number(part)];
      if (item.reps[1] <= low) refuse("grammar", begin + part);
    } else if (take("S")) {
      [item.reps, item.time] = [null, low];
      if (low % 60 === 0) refuse("grammar", begin + part);
    } else if (take("M")) {
      [item.reps, item.time] = [null, 60 * low];
    }
    places[item.reps ? "reps" : "time"] = begin + part;
    for (const [name, letter] of Object.entries(NUMBERS)) item[name] = optional(name, letter, number);
    item.side = optional("side", "E", (from) => match("[LR]", from));
    item.band = optional("band", "B", (from) => Number(match("[0-3](?![0-9])", from)));
    item.notes = [];
    for (let n = 0; n < MOST_NOTES; n += 1) {
      const from = at;
      const note = optional(`note ${n}`, "N", (place) => match("[0-9]{2}(?![0-9])", place));
      if (note === null) break;
      if (n && note <= item.notes[n - 1]) refuse("grammar", begin + from);
      item.notes.push(note);
    }
    if (at < text.length) refuse("grammar", begin + at);
    return [item, places];
  };

  /* An exercise stands once, or twice: for the left side, and then for the right one. */
  const mayFollow = (item, items) => {
    const before = items.filter(({ code }) => code === item.code);
    return !before.length || (before.length === 1 && before[0].side === "L" && item.side === "R");
  };

  const parse = (text, current = (code) => code) => {
    const letters = [...withoutBlanks(text)];
    if (letters.length > LONGEST) refuse("grammar", LONGEST);
    const read = asRead(text);
    const wrong = [...read].findIndex((letter) => !LETTERS.includes(letter));
    if (!read || wrong >= 0) refuse("grammar", Math.max(wrong, 0));
    if (read[0] !== "1") refuse("version", 0);
    const dash = read.lastIndexOf("-");
    const body = read.slice(0, Math.max(dash, 0));
    if (dash < 0 || read.slice(dash + 1) !== check(body)) refuse("check", dash < 0 ? read.length : dash + 1);
    const [head, day, ...fields] = body.split("-");
    const language = head.slice(1);
    if (language && (language === "EN" || !/^[A-Z]{2}$/.test(language))) refuse("grammar", 1);
    let at = head.length + 1;
    if (!/^[0-9A-Z]{3}$/.test(day ?? "")) refuse("grammar", at);
    at += day.length + 1;
    if (!fields.length) refuse("grammar", at);
    const items = [];
    const places = [];
    for (const field of fields) {
      if (items.length === MOST) refuse("grammar", at);
      const [item, place] = readExercise(field, at);
      const now = (each) => ({ ...each, code: current(each.code) });
      if (!mayFollow(now(item), items.map(now))) refuse("grammar", at);
      items.push(item);
      places.push(place);
      at += field.length + 1;
    }
    return { programme: { day: parseInt(day, 36), items, language: language || null }, places };
  };

  const textOf = ({ code, sets, reps, time, side, band, notes, ...rest }) => {
    const minutes = time && time % 60 === 0 ? `${time / 60}M` : `${time}S`;
    const work = reps ? [...new Set(reps)].join(".") : minutes;
    const parts = Object.entries(NUMBERS).map(([name, letter]) => (rest[name] === null ? "" : letter + rest[name]));
    parts.push(side ? `E${side}` : "", band === null ? "" : `B${band}`, ...notes.map((note) => `N${note}`));
    return `${code}${sets}X${work}${parts.join("")}`;
  };

  /* The one text of a programme, whose `day` is a number of days since the first. Throws where it has none. */
  const write = ({ day, items, language = null }) => {
    const written = day.toString(36).toUpperCase().padStart(3, "0");
    const body = [`1${language ?? ""}`, written, ...items.map(textOf)].join("-");
    const code = `${body}-${check(body)}`;
    parse(code);
    return code;
  };

  /* What this site has, by codes, present and old. */
  const repertoire = ({ exercises, gone, notes, most, words }) => {
    const members = new Map();
    for (const exercise of exercises) {
      const member = { ...exercise, most: { ...most, ...exercise.most } };
      for (const code of [exercise.code, ...exercise.was]) members.set(code, member);
    }
    return { members, gone: new Map(Object.entries(gone)), notes: new Map(Object.entries(notes)), words };
  };

  /* The names of the parts of an item that a programme may not ask for. */
  const beyond = (item, member) => {
    const parts = ["sets", "reps", "time", "hold", "rest", "days", "times"].filter((part) => {
      const high = part === "reps" ? item.reps?.[1] : item[part];
      return high > member.most[part] || (part === "hold" && high && item.time);
    });
    if (item.side && member.side !== "each") parts.push("side");
    if (item.band !== null && !member.band) parts.push("band");
    return parts;
  };

  /* A text on this site, with the codes of now, as far as the bounds: they are for whoever shows it to look at. */
  const known = (text, { members, gone, notes }) => {
    const { programme, places } = parse(text, (code) => members.get(code)?.code ?? code);
    programme.items.forEach((item, n) => {
      if (!members.has(item.code)) refuse(gone.has(item.code) ? "gone" : "unknown-code", places[n].code);
      item.notes.forEach((note, m) => notes.has(note) || refuse("unknown-code", places[n][`note ${m}`]));
    });
    for (const item of programme.items) item.code = members.get(item.code).code;
    return { programme, places };
  };

  const read = (text, site) => {
    const { programme, places } = known(text, site);
    programme.items.forEach((item, n) => {
      const [part] = beyond(item, site.members.get(item.code));
      if (part) refuse("bounds", places[n][part]);
    });
    return programme;
  };

  /* Words. */

  const sayer = (words) => {
    const say = (name, values = {}) => (words[name] ?? name).replace(/\{(\w+)\}/g, (brace, key) => values[key] ?? brace);
    const isOne = (count) => words.singular_counts.includes(`${count}`);
    const counted = (one, many, count) => say(isOne(count) ? one : many, { count });
    const duration = (seconds) =>
      seconds % 60 === 0 ? counted("minute", "minutes", seconds / 60) : counted("second", "seconds", seconds);
    const day = (number) => {
      const date = new Date(FIRST_DAY + number * DAY);
      return say("date", { day: date.getUTCDate(), month: words.months[date.getUTCMonth()], year: date.getUTCFullYear() });
    };
    return Object.assign(say, { isOne, counted, duration, day });
  };

  const work = ({ reps, time }, member, say) => {
    if (!reps) return say.duration(time);
    const [low, high] = reps;
    const count = low === high ? low : say("range", { low, high });
    return say("programme_reps", { count, reps: say.isOne(count) ? member.rep : member.reps });
  };

  const amount = (item, member, say) => {
    const values = { sets: say.counted("programme_set", "programme_sets", item.sets), amount: work(item, member, say) };
    if (item.side) {
      values.side = say(item.side === "L" ? "side_left_only" : "side_right_only");
      return say("programme_work_one", values);
    }
    if (member.side === "each") return say("programme_work_each", { ...values, each: say(`each_${member.each}`) });
    return say("programme_work", values);
  };

  const besides = ({ band, notes }, site, say) => [
    ...(band === null ? [] : [say(`band_${BANDS[band]}`)]),
    ...notes.map((note) => site.notes.get(note)),
  ];

  /* What to do of an exercise, in sentences: the same as on its sheet. */
  const dose = (item, site, say) => {
    const sentences = [say("programme_sentence", { text: amount(item, site.members.get(item.code), say) })];
    if (item.hold) sentences.push(say("programme_hold", { time: say.duration(item.hold) }));
    if (item.rest) sentences.push(say("programme_rest", { time: say.duration(item.rest) }));
    const days = item.days && say.counted("programme_day", "programme_days", item.days);
    const times = item.times && say.counted("programme_time", "programme_times", item.times);
    if (days && times) sentences.push(say("programme_often", { days, times }));
    else if (days || times) sentences.push(say("programme_sentence", { text: days || times }));
    return [...sentences, ...besides(item, site, say)];
  };

  const today = () => {
    const now = new Date();
    return Math.floor((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - FIRST_DAY) / DAY);
  };
  const grouped = (code) => code.match(/.{1,4}/g).join(" ");

  return {
    MOST, MOST_NOTES, asRead, parse, write, repertoire, beyond, known, read, sayer, dose, today, grouped,
  }; // prettier-ignore
})();
