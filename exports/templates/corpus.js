
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words, PAGE = 50, LANE = 8;

  // Offsets in the data are code points; a string here is counted in UTF-16 units.
  const unitsOf = (text) => {
    if (!/[\ud800-\udfff]/.test(text)) return (n) => n;
    const at = [0];
    for (const character of text) at.push(at[at.length - 1] + character.length);
    return (n) => at[n];
  };
  for (const source of data.sources) {
    const units = unitsOf(source.text);
    source.turns = source.turns.map(([label, start, end, asking]) => [units(label), units(start), units(end), asking]);
    source.segments = [];
    source.units = units;
  }
  data.segments.forEach((segment, n) => {
    const source = data.sources[segment.source];
    segment.n = n;
    segment.from = source.units(segment.start);
    segment.to = source.units(segment.end);
    segment.text = source.text.slice(segment.from, segment.to);
    segment.folded = segment.text.toLowerCase().replace(/\s+/g, " ");
    source.segments.push(segment);
  });
  const codeAt = new Map(data.codes.map((code, n) => [code.slug, n]));
  data.codes.forEach((code) => {
    code.line = [codeAt.get(code.slug), ...(codeAt.has(code.parent) ? data.codes[codeAt.get(code.parent)].line : [])];
  });

  // -- making elements; text is only ever set as text

  const make = (name, settings = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(settings)) {
      if (key === "colour") element.style.setProperty("--c", value);
      else if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== undefined && value !== "") element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== ""));
    return element;
  };
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_whole, key) => values[key]);

  // -- state: what the address says, so that any view can be linked to and the browser's own Back works

  const state = { codes: [], cases: [], text: "", starred: false, quote: null, source: null };
  let chosen = [], current = null, shown = PAGE;

  const readAddress = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    state.codes = asked.getAll("code").flatMap((each) => each.split(",")).filter((slug) => codeAt.has(slug));
    state.cases = asked.getAll("case").filter((name) => data.cases.includes(name));
    state.text = asked.get("text") || "";
    state.starred = asked.has("star");
    const quote = (asked.get("q") || "").toLowerCase();
    state.quote = quote ? data.segments.find((each) => each.ids.some((id) => id.toLowerCase() === quote)) || null : null;
    const source = asked.has("s") ? data.sources[Number(asked.get("s")) - 1] : undefined;
    state.source = state.quote ? data.sources[state.quote.source] : source || null;
  };
  const address = (changes) => {
    const next = { ...state, ...changes }, asked = new URLSearchParams();
    next.codes.forEach((slug) => asked.append("code", slug));
    next.cases.forEach((name) => asked.append("case", name));
    if (next.text) asked.set("text", next.text);
    if (next.starred) asked.set("star", "1");
    if (next.quote) asked.set("q", next.quote.ids[0]);
    else if (next.source) asked.set("s", data.sources.indexOf(next.source) + 1);
    return "#" + asked.toString();
  };
  const go = (changes) => { location.hash = address(changes); };
  const narrow = (changes) => { location.replace(address(changes)); };

  const tests = {
    codes: (each) => !state.codes.length || data.codes[each.code].line.some((n) => state.codes.includes(data.codes[n].slug)),
    cases: (each) => !state.cases.length || data.sources[each.source].cases.some((name) => state.cases.includes(name)),
    text: (each) => !state.text || each.folded.includes(state.text.toLowerCase().replace(/\s+/g, " ").trim()),
    starred: (each) => !state.starred || each.star,
  };
  const passes = (each, except) => Object.entries(tests).every(([name, test]) => name === except || test(each));

  // -- what is always on the page

  const search = make("input", { type: "search", id: "search", on: { input: () => narrow({ text: search.value, quote: null, source: null }) } });
  const star = make("input", { type: "checkbox", on: { change: () => narrow({ starred: star.checked, quote: null, source: null }) } });
  const starCount = make("span", { class: "n" });
  const choices = { codes: [], cases: [] };
  const choice = (group, value, name, settings) => {
    const box = make("input", { type: "checkbox", value, on: { change: () => {
      const kept = state[group].filter((each) => each !== value);
      narrow({ [group]: box.checked ? [...kept, value] : kept, quote: null, source: null });
    } } });
    const count = make("span", { class: "n" });
    const label = make("label", { class: "choice" }, box,
      settings.colour ? make("span", { class: "swatch", colour: settings.colour, "aria-hidden": "true" }) : "", make("span", {}, name), count);
    if (settings.depth) label.style.setProperty("padding-left", `${settings.depth * 1.1}rem`);
    choices[group].push({ value, box, count });
    return label;
  };
  const filters = make("nav", { id: "filters", "aria-label": words.filters },
    make("p", {}, make("label", { for: "search" }, words.search), search),
    make("label", { class: "choice" }, star, make("span", {}, words.starred), starCount),
    make("fieldset", { id: "codes" }, make("legend", {}, words.codes),
      ...data.codes.map((code) => choice("codes", code.slug, code.name, { colour: code.colour, depth: code.line.length - 1 }))),
    data.cases.length ? make("fieldset", { id: "cases" }, make("legend", {}, words.cases),
      ...data.cases.map((name) => choice("cases", name, name, {}))) : "",
    make("p", {}, make("button", { type: "button", on: { click: () => narrow({ codes: [], cases: [], text: "", starred: false }) } }, words.all)),
    make("h2", {}, words.sources),
    make("ul", {}, ...data.sources.map((source, n) => make("li", {}, make("a", { href: `#s=${n + 1}` }, source.label)))));
  const status = make("p", { id: "status", role: "status" });
  const live = make("p", { id: "live", "aria-live": "polite" });
  const bar = make("div", { class: "bar" });
  const body = make("div", { id: "body" });
  const main = make("main", { id: "main", tabindex: "-1" }, bar, body);
  const about = make("aside", { id: "about", "aria-label": words.about });
  const help = make("dialog", { id: "help", "aria-label": words.keys }, make("h2", {}, words.keys),
    make("table", {}, ...words.help.map(([keys, does]) => make("tr", {}, make("td", {}, ...keys.split(" ").map((key) => make("kbd", {}, key))), make("td", {}, does)))),
    make("p", {}, make("button", { type: "button", on: { click: () => help.close() } }, words.close)));
  const skip = make("a", { class: "skip", href: "#main", on: { click: (event) => { event.preventDefault(); main.focus(); } } }, words.skip);
  const app = document.getElementById("app");
  document.body.prepend(skip);
  app.append(filters, main, about, help, live);
  app.hidden = false;

  // -- the code and the coding that are looked at

  const described = (list, pairs) => {
    for (const [term, value] of pairs) if (value) list.append(make("dt", {}, term), make("dd", {}, value));
    return list;
  };
  const showAbout = (segment) => {
    const only = state.codes.length === 1 ? codeAt.get(state.codes[0]) : undefined;
    const number = segment ? segment.code : only;
    about.replaceChildren();
    if (number === undefined) return about.append(make("p", { class: "soft" }, words.nothing_chosen));
    const code = data.codes[number];
    about.append(make("h2", {}, make("span", { class: "swatch", colour: code.colour, "aria-hidden": "true" }), " ", code.path));
    if (segment) about.append(make("h3", {}, segment.ids.join(", ")), described(make("dl", { class: "facts" }), [
      [words.who, segment.who], [words.coders, segment.coders.join(", ")], [words.first, segment.first.join(", ")],
      [words.origin, segment.origin], [words.created, segment.created], [words.themes, segment.themes.join("; ")],
      [words.time, segment.time], [words.question, segment.question], [words.memo, segment.memo]]));
    about.append(make("h3", {}, words.meaning), described(make("dl"), [[words.brief, code.brief], [words.definition, code.definition],
      [words.when, code.when], [words.when_not, code.when_not], [words.examples, code.examples.join("\n")]]));
    return undefined;
  };
  const reference = (each) => [each.who, `[${each.ids.join(", ")}]`, each.star ? "★" : "", each.coders.join(", ")].filter(Boolean).join(" · ");

  // -- the list of excerpts

  const card = (each) => {
    const code = data.codes[each.code], source = data.sources[each.source];
    return make("li", {}, make("article", { id: `n${each.n}`, tabindex: "-1", colour: code.colour,
      on: { click: () => setCurrent(each), dblclick: () => go({ quote: each }) } },
      make("h3", {}, code.path), each.note ? make("p", { class: "ref" }, each.note) : "",
      make("blockquote", { lang: source.lang }, each.text),
      make("p", { class: "ref" }, reference(each), " ", make("a", { href: address({ quote: each }) }, words.open))));
  };
  const showList = () => {
    status.textContent = fill(words.count, { n: chosen.length, total: data.segments.length });
    bar.replaceChildren(status, helpButton());
    const list = make("ol", { id: "list" }, ...chosen.slice(0, shown).map(card));
    const more = make("button", { type: "button", id: "more", hidden: chosen.length <= shown,
      on: { click: () => grow(shown + PAGE) } }, fill(words.more, { n: Math.max(0, chosen.length - shown) }));
    body.replaceChildren(list, more);
  };
  const helpButton = () => make("button", { type: "button", "aria-keyshortcuts": "?", on: { click: () => help.showModal() } }, words.keys);
  const grow = (to) => {
    const list = document.getElementById("list"), more = document.getElementById("more");
    if (!list) return;
    list.append(...chosen.slice(shown, to).map(card));
    shown = Math.max(shown, to);
    more.hidden = chosen.length <= shown;
    more.textContent = fill(words.more, { n: Math.max(0, chosen.length - shown) });
  };

  // -- a text with what is coded in it

  const showText = () => {
    const source = state.source;
    // The excerpt that was asked for is marked even where a filter would leave it out.
    const marked = source.segments.filter((each) => passes(each) || each === state.quote);
    status.textContent = fill(words.marked, { source: source.label, n: marked.length });
    bar.replaceChildren(make("button", { type: "button", "aria-keyshortcuts": "Escape", on: { click: back } }, words.back), status, helpButton());
    const script = make("div", { class: "script", lang: source.lang }), cuts = new Set([0, source.text.length]);
    for (const each of marked) cuts.add(each.from).add(each.to);
    for (const [label, start, end] of source.turns) cuts.add(label).add(start).add(end);
    for (let at = source.text.indexOf("\n"); at >= 0; at = source.text.indexOf("\n", at + 1)) cuts.add(at + 1);
    const places = [...cuts].sort((a, b) => a - b), waiting = [...marked].sort((a, b) => a.from - b.from);
    let open = [], turn = 0, line = make("div", { class: "line" });
    for (let n = 0; n + 1 < places.length; n += 1) {
      const [from, to] = [places[n], places[n + 1]];
      open = open.filter((each) => each.to > from);
      while (waiting.length && waiting[0].from <= from) open.push(waiting.shift());
      while (turn < source.turns.length && source.turns[turn][2] <= from) turn += 1;
      const [label, start, , asking] = source.turns[turn] || [Infinity, Infinity, Infinity, 0];
      line.append(piece(source.text.slice(from, to), open, to, from >= label && from < start, from >= label && asking));
      if (source.text[to - 1] === "\n") { script.append(line); line = make("div", { class: "line" }); }
    }
    if (line.childNodes.length) script.append(line);
    body.replaceChildren(script);
    drawStripes(script, marked);
  };
  const piece = (text, open, to, isLabel, asking) => {
    let node = document.createTextNode(text);
    if (isLabel) node = make("b", {}, node);
    if (asking) node = make("span", { class: "asking" }, node);
    if (!open.length) return node;
    const last = open[open.length - 1], ending = open.filter((each) => each.to === to);
    return make("mark", { colour: data.codes[last.code].colour, class: open.length > 1 ? "many" : "",
      "data-n": open.map((each) => each.n).join(" "), "data-end": ending.map((each) => data.codes[each.code].name).join(", "),
      title: open.map((each) => data.codes[each.code].path).join("; "), tabindex: "-1",
      on: { click: (event) => setCurrent(open.includes(current) ? open[(open.indexOf(current) + 1) % open.length] : last, event) } }, node);
  };
  const drawStripes = (script, marked) => {
    script.querySelectorAll(".stripe").forEach((each) => each.remove());
    const origin = script.getBoundingClientRect().top, lanes = [], parts = new Map();
    for (const mark of script.querySelectorAll("mark")) for (const n of mark.dataset.n.split(" ")) {
      if (!parts.has(n)) parts.set(n, []);
      parts.get(n).push(mark);
    }
    const found = marked.map((each) => {
      const marks = parts.get(String(each.n));
      return [each, marks[0].getBoundingClientRect().top - origin, marks[marks.length - 1].getBoundingClientRect().bottom - origin];
    }).sort((a, b) => a[1] - b[1]);
    const placed = found.map(([each, top, bottom]) => {
      let lane = lanes.findIndex((end) => end <= top);
      if (lane < 0) lane = lanes.push(0) - 1;
      lanes[lane] = bottom;
      return [each, top, bottom, lane];
    });
    script.style.setProperty("margin-left", `${lanes.length * LANE + 8}px`);
    for (const [each, top, bottom, lane] of placed) {
      const stripe = make("button", { type: "button", class: "stripe", tabindex: "-1", colour: data.codes[each.code].colour, "data-n": String(each.n),
        title: data.codes[each.code].path, "aria-label": `${data.codes[each.code].path}, ${each.ids[0]}`, on: { click: () => setCurrent(each) } });
      stripe.style.setProperty("top", `${top}px`);
      stripe.style.setProperty("height", `${Math.max(4, bottom - top)}px`);
      stripe.style.setProperty("left", `${-(lane + 1) * LANE - 4}px`);
      script.append(stripe);
    }
    showCurrent();
  };

  // -- where the reader is

  const around = () => (state.source ? state.source.segments.filter((each) => passes(each) || each === state.quote) : chosen);
  const showCurrent = () => {
    for (const each of document.querySelectorAll(".current")) { each.classList.remove("current"); each.removeAttribute("aria-current"); }
    if (!current) return null;
    let first = null;
    const found = state.source ? document.querySelectorAll("mark, .stripe") : document.querySelectorAll(`#n${current.n}`);
    for (const each of found) {
      if (state.source && !each.dataset.n.split(" ").includes(String(current.n))) continue;
      each.classList.add("current");
      each.setAttribute("aria-current", "true");
      first = first || each;
    }
    return first;
  };
  const setCurrent = (each, event) => {
    if (event) event.stopPropagation();
    current = each;
    showAbout(each);
    const first = showCurrent();
    if (first) { first.focus({ preventScroll: true }); first.scrollIntoView({ block: event ? "nearest" : "center" }); }
    live.textContent = `${data.codes[each.code].path}, ${reference(each)}`;
  };
  const step = (by) => {
    const list = around();
    if (!list.length) return;
    const at = list.indexOf(current), next = Math.min(Math.max(at < 0 ? 0 : at + by, 0), list.length - 1);
    if (!state.source && next >= shown) grow(next + PAGE);
    setCurrent(list[next]);
  };
  const back = () => { go({ quote: null, source: null }); };

  const render = () => {
    const was = { source: state.source, key: address({ quote: null, source: null }) };
    readAddress();
    chosen = data.segments.filter((each) => passes(each));
    if (was.key !== address({ quote: null, source: null })) shown = PAGE;
    if (search.value !== state.text) search.value = state.text;
    star.checked = state.starred;
    starCount.textContent = data.segments.filter((each) => each.star && passes(each, "starred")).length;
    const byCode = new Map(), byCase = new Map(), add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    for (const each of data.segments) {
      if (passes(each, "codes")) for (const n of data.codes[each.code].line) add(byCode, data.codes[n].slug);
      if (passes(each, "cases")) for (const name of data.sources[each.source].cases) add(byCase, name);
    }
    for (const { value, box, count } of choices.codes) { box.checked = state.codes.includes(value); count.textContent = byCode.get(value) || 0; }
    for (const { value, box, count } of choices.cases) { box.checked = state.cases.includes(value); count.textContent = byCase.get(value) || 0; }
    document.title = state.quote ? `${state.quote.ids[0]} – ${data.title}` : data.title;
    if (state.quote) current = state.quote;
    else if (current && !around().includes(current)) current = null;
    showAbout(current);
    if (state.source) {
      showText();
      const first = showCurrent();
      if (state.quote && first) { first.focus({ preventScroll: true }); first.scrollIntoView({ block: "center" }); }
      else if (!state.quote && was.source !== state.source) main.focus();
    } else {
      const at = chosen.indexOf(current);
      if (at >= shown) shown = at + PAGE;
      showList();
      const first = showCurrent();
      if (first && was.source) { first.focus({ preventScroll: true }); first.scrollIntoView({ block: "center" }); }
    }
  };

  addEventListener("hashchange", render);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target === search;
    if (event.key === "Escape") {
      if (typing) { search.blur(); main.focus(); } else if (state.source) back(); else return;
    } else if (typing) {
      if (event.key !== "Enter") return;
      step(0);
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") { search.focus(); search.select(); }
    else if (event.key === "?") help.showModal();
    else if (event.key === "Enter" && current && !state.source && !event.target.closest("a, button, input")) go({ quote: current });
    else return;
    event.preventDefault();
  });
  let drawn = 0;
  new ResizeObserver(() => {
    const script = body.querySelector(".script");
    if (!script || script.clientWidth === drawn) return;
    drawStripes(script, around());
    drawn = script.clientWidth;
  }).observe(body);
  addEventListener("beforeprint", () => { if (!state.source) grow(chosen.length); });
  render();
})();
