"use strict";
// The table of all VMs. Its columns lie in the page, compressed; each is unpacked once, when it is
// first needed. Only the rows in sight exist as elements. Text goes into the page as text nodes.
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const ROW = 40, AROUND = 8;
  const $ = id => document.getElementById(id);
  const number = new Intl.NumberFormat("en-US");
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const cache = new Map();

  const unpack = name => {
    const packed = $("column-" + name);
    if (!packed) { return Promise.resolve(new ArrayBuffer(0)); }
    const raw = atob(packed.textContent);
    packed.remove();
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) { bytes[i] = raw.charCodeAt(i); }
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  };
  const once = (key, make) => {
    if (!cache.has(key)) { cache.set(key, make()); }
    return cache.get(key);
  };
  const ints = name => once("i:" + name, async () => new Int32Array(await unpack(name)));
  const texts = name => once("t:" + name, async () => {
    const text = new TextDecoder().decode(await unpack(name));
    return text === "" && !facts.columns.includes(name) ? [] : text.split("\n");
  });
  /** A column of words as numbers and their dictionary. */
  const words = async name => ({ at: await ints(name), list: await texts(name + ".words") });
  /** Where each VM's items begin in a flat column. */
  const begins = name => once("b:" + name, async () => {
    const counts = await ints(name + ".count");
    const starts = new Int32Array(counts.length + 1);
    for (let i = 0; i < counts.length; i++) { starts[i + 1] = starts[i] + counts[i]; }
    return starts;
  });

  const size = mebibytes => {
    if (mebibytes < 0) { return "–"; }
    if (mebibytes < 1024) { return mebibytes + " MiB"; }
    const gib = mebibytes / 1024;
    return gib < 1024 ? (gib < 10 ? gib.toFixed(1) : Math.round(gib)) + " GiB" : (gib / 1024).toFixed(1) + " TiB";
  };
  const element = (tag, text, className) => {
    const e = document.createElement(tag);
    if (text !== undefined) { e.textContent = text; }
    if (className) { e.className = className; }
    return e;
  };
  const badge = (text, className) => element("span", text, "badge " + className);

  const load = async () => {
    const data = {};
    await Promise.all([
      ...["cpus", "memory", "disks", "size", "used", "score", "disposition", "wave", "candidate"].map(async n => { data[n] = await ints(n); }),
      ...["source", "os", "cluster", "owner", "application", "folder", "power", "code"].map(async n => { data[n] = await words(n); }),
      ...["name", "id"].map(async n => { data[n] = await texts(n); }),
      ints("finding.severity").then(v => { data.severity = v; }),
      begins("finding").then(v => { data.findings = v; }),
    ]);
    const rows = facts.rows;
    data.blockers = new Int32Array(rows);
    data.warnings = new Int32Array(rows);
    for (let i = 0; i < rows; i++) {
      for (let f = data.findings[i]; f < data.findings[i + 1]; f++) {
        if (data.severity[f] === 0) { data.blockers[i]++; } else if (data.severity[f] === 1) { data.warnings[i]++; }
      }
    }
    return data;
  };

  const start = data => {
    const rows = facts.rows;
    const word = (column, i) => data[column].at[i] < 0 ? "" : data[column].list[data[column].at[i]];
    const columns = [
      { title: "Name", width: 230, text: "name", cell: (td, i) => {
        const button = element("button", data.name[i], "link");
        button.type = "button"; button.dataset.vm = i; td.append(button);
      } },
      { title: "Disposition", width: 175, number: "disposition", cell: (td, i) => {
        const d = facts.kinds[data.disposition[i]];
        td.append(data.candidate[i] ? badge(d.label, d.key) : badge("Not a candidate", ""));
      } },
      { title: "Findings", width: 130, sort: i => data.blockers[i] * 10000 + data.warnings[i], cell: (td, i) => {
        const b = data.blockers[i], w = data.warnings[i];
        if (b) { td.append(badge(b + (b === 1 ? " blocker" : " blockers"), "BLOCKER")); }
        else if (w) { td.append(badge(w + (w === 1 ? " warning" : " warnings"), "WARNING")); }
      } },
      { title: "Score", width: 80, number: "score", right: true },
      { title: "Wave", width: 120, sort: i => data.wave[i] < 0 ? 1e9 : data.wave[i], cell: (td, i) => td.append(data.wave[i] < 0 ? "–" : facts.waves[data.wave[i]].name) },
      { title: "System", width: 250, word: "os" },
      { title: "CPUs", width: 80, number: "cpus", right: true },
      { title: "Memory", width: 100, number: "memory", right: true, show: size },
      { title: "Disks", width: 80, number: "disks", right: true },
      { title: "Size", width: 100, number: "size", right: true, show: size },
      { title: "Used", width: 100, number: "used", right: true, show: size },
      { title: "Cluster", width: 140, word: "cluster" },
      { title: "Application", width: 130, word: "application" },
      { title: "Owner", width: 140, word: "owner" },
    ];

    // Rank words by their order once, so that sorting compares numbers alone.
    const rankOf = list => {
      const order = list.map((_, i) => i).sort((a, b) => collator.compare(list[a], list[b]));
      const rank = new Int32Array(list.length);
      order.forEach((w, r) => { rank[w] = r; });
      return rank;
    };
    const keys = column => {
      if (column.keys) { return column.keys; }
      const key = new Float64Array(rows);
      if (column.text) {
        const rank = rankOf(data[column.text]);
        for (let i = 0; i < rows; i++) { key[i] = rank[i]; }
      } else if (column.word) {
        const rank = rankOf(data[column.word].list);
        for (let i = 0; i < rows; i++) { const w = data[column.word].at[i]; key[i] = w < 0 ? 1e9 : rank[w]; }
      } else {
        const of = column.sort || (i => data[column.number][i]);
        for (let i = 0; i < rows; i++) { key[i] = of(i); }
      }
      return (column.keys = key);
    };

    let sorted = Int32Array.from({ length: rows }, (_, i) => i);
    let shown = sorted;
    let sort = { column: -1, down: false };

    let haystack = null;
    const hay = () => {
      if (!haystack) {
        const lower = {};
        for (const n of ["os", "cluster", "owner", "application", "folder", "source", "code"]) { lower[n] = data[n].list.map(t => t.toLowerCase()); }
        haystack = new Array(rows);
        for (let i = 0; i < rows; i++) {
          let text = data.name[i].toLowerCase() + "\n" + data.id[i].toLowerCase();
          for (const n of ["os", "cluster", "owner", "application", "folder", "source"]) {
            const w = data[n].at[i];
            if (w >= 0) { text += "\n" + lower[n][w]; }
          }
          for (let f = data.findings[i]; f < data.findings[i + 1]; f++) { text += "\n" + lower.code[data.code.at[f]]; }
          haystack[i] = text;
        }
      }
      return haystack;
    };

    const filters = () => {
      const tests = [];
      const value = id => $("f-" + id).value;
      const chosen = value("disposition");
      if (chosen !== "") { const d = facts.kinds.findIndex(k => k.key === chosen); tests.push(i => data.disposition[i] === d && data.candidate[i] === 1); }
      for (const n of ["os", "cluster", "owner"]) {
        if (value(n) !== "") { const w = Number(value(n)); tests.push(i => data[n].at[i] === w); }
      }
      if (value("wave") !== "") { const w = Number(value("wave")); tests.push(i => data.wave[i] === w); }
      const severity = value("severity");
      if (severity === "0") { tests.push(i => data.blockers[i] > 0); }
      if (severity === "1") { tests.push(i => data.warnings[i] > 0); }
      if (severity === "none") { tests.push(i => data.blockers[i] + data.warnings[i] === 0); }
      if (value("code") !== "") {
        const c = data.code.list.indexOf(value("code"));
        tests.push(i => {
          for (let f = data.findings[i]; f < data.findings[i + 1]; f++) { if (data.code.at[f] === c) { return true; } }
          return false;
        });
      }
      const asked = $("q").value.trim().toLowerCase().split(/\s+/).filter(t => t);
      if (asked.length) { const h = hay(); tests.push(i => asked.every(t => h[i].includes(t))); }
      return tests;
    };

    const filter = () => {
      const tests = filters();
      shown = tests.length ? sorted.filter(i => tests.every(t => t(i))) : sorted;
      $("shown").textContent = number.format(shown.length) + " of " + number.format(rows) + " VMs"
        + (shown.length === 0 ? ". Nothing matches: reset the filters, or search for less." : "");
      $("table").setAttribute("aria-rowcount", shown.length + 1);
      grid.scrollTop = 0;
      render(true);
    };
    const order = () => {
      const column = columns[sort.column];
      const key = keys(column), sign = sort.down ? -1 : 1;
      sorted = Int32Array.from({ length: rows }, (_, i) => i).sort((a, b) => sign * (key[a] - key[b]) || a - b);
      heads.forEach((th, c) => {
        if (c === sort.column) { th.setAttribute("aria-sort", sort.down ? "descending" : "ascending"); } else { th.removeAttribute("aria-sort"); }
      });
      filter();
    };

    const grid = $("grid"), body = $("body");
    $("table").style.width = columns.reduce((sum, c) => sum + c.width, 0) + "px";
    const heads = columns.map((column, c) => {
      const th = element("th", undefined, column.right ? "n" : "");
      th.scope = "col";
      th.style.width = column.width + "px";
      const button = element("button", column.title);
      button.type = "button";
      button.addEventListener("click", () => {
        sort = { column: c, down: sort.column === c ? !sort.down : Boolean(column.right) || column.title === "Findings" };
        order();
      });
      th.append(button);
      $("head").append(th);
      return th;
    });

    let from = -1, to = -1;
    const space = height => {
      const tr = element("tr", undefined, "space");
      tr.setAttribute("aria-hidden", "true");
      const td = element("td");
      td.colSpan = columns.length;
      td.style.height = height + "px";
      tr.append(td);
      return tr;
    };
    const rowOf = at => {
      const i = shown[at];
      const tr = element("tr");
      tr.setAttribute("aria-rowindex", at + 2);
      columns.forEach((column, c) => {
        const td = element(c === 0 ? "th" : "td", undefined, column.right ? "n" : "");
        if (c === 0) { td.scope = "row"; }
        if (column.cell) { column.cell(td, i); }
        else if (column.word) { td.textContent = word(column.word, i) || "–"; }
        else { td.textContent = column.show ? column.show(data[column.number][i]) : number.format(data[column.number][i]); }
        if (c === 0 || column.word) { td.title = td.textContent; }
        tr.append(td);
      });
      return tr;
    };
    const render = all => {
      const first = Math.max(0, Math.floor(grid.scrollTop / ROW) - AROUND);
      const last = Math.min(shown.length, first + Math.ceil(grid.clientHeight / ROW) + 2 * AROUND);
      if (!all && first === from && last === to) { return; }
      from = first; to = last;
      const focused = document.activeElement && document.activeElement.dataset.vm;
      const fresh = [];
      if (first > 0) { fresh.push(space(first * ROW)); }
      for (let at = first; at < last; at++) { fresh.push(rowOf(at)); }
      if (last < shown.length) { fresh.push(space((shown.length - last) * ROW)); }
      body.replaceChildren(...fresh);
      if (focused) { const again = body.querySelector("[data-vm='" + focused + "']"); if (again) { again.focus({ preventScroll: true }); } }
    };
    let asked = false;
    grid.addEventListener("scroll", () => {
      if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; render(false); }); }
    }, { passive: true });
    addEventListener("resize", () => render(true));

    const options = (id, list) => {
      const select = $("f-" + id);
      for (const [value, label] of list) { const option = element("option", label); option.value = value; select.append(option); }
    };
    const sortedWords = n => data[n].list.map((label, value) => [value, label]).sort((a, b) => collator.compare(a[1], b[1]));
    options("disposition", facts.kinds.map(k => [k.key, k.label]));
    options("code", data.code.list.slice().sort(collator.compare).map(c => [c, c]));
    options("wave", facts.waves.map((w, i) => [i, w.name]));
    for (const n of ["os", "cluster", "owner"]) { options(n, sortedWords(n)); }

    let typing = 0;
    $("q").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(filter, 120); });
    $("filters").addEventListener("change", event => { if (event.target.id !== "q") { filter(); } });
    $("filters").addEventListener("submit", event => { event.preventDefault(); filter(); });
    $("filters").addEventListener("reset", () => setTimeout(filter));
    document.addEventListener("click", event => {
      const jump = event.target.closest("[data-filter]");
      if (jump) {
        $("filters").reset();
        $("f-" + jump.dataset.filter).value = jump.dataset.value;
        filter();
        $("vms").scrollIntoView();
        grid.focus({ preventScroll: true });
      }
      const vm = event.target.closest("[data-vm]");
      if (vm) { details(Number(vm.dataset.vm)); }
    });

    const several = async (name, i) => {
      const [{ at, list }, starts] = await Promise.all([words(name), begins(name)]);
      return [...at.slice(starts[i], starts[i + 1])].map(w => list[w]);
    };
    const details = async i => {
      const [what, remedy, evidence, rule, left, host, datacenter, part, points, parts, needs, accepted, stores, nets, tags, groups] = await Promise.all([
        words("what"), words("remedy"), words("evidence"), words("rule"), words("left"), words("host"), words("datacenter"), words("part"), ints("part.points"), begins("part"),
        several("need", i), several("accepted", i), several("datastore", i), several("network", i), several("tag", i), several("group", i)]);
      const of = (column, at) => column.at[at] < 0 || column.at[at] === undefined ? "" : column.list[column.at[at]];
      const box = $("vm-body");
      box.replaceChildren();
      const close = element("button", "Close", "close");
      close.type = "button";
      close.addEventListener("click", () => $("vm").close());
      const title = element("h2", data.name[i]);
      title.id = "vm-name";
      const kind = facts.kinds[data.disposition[i]];
      const verdict = element("p");
      verdict.append(badge(kind.label, kind.key), " " + of(rule, i));
      const dl = element("dl");
      const fact = (label, value) => { if (value) { dl.append(element("dt", label), element("dd", value)); } };
      fact("Wave", data.wave[i] < 0 ? (of(left, i) ? "none: " + of(left, i) : "none") : facts.waves[data.wave[i]].name);
      fact("Source", word("source", i) + ", " + data.id[i]);
      fact("System", word("os", i) || "unknown");
      fact("Power", word("power", i));
      fact("Hardware", data.cpus[i] + " CPUs, " + size(data.memory[i]) + " memory, " + data.disks[i] + " disks of " + size(data.size[i]) + (data.used[i] < 0 ? ", used unknown" : ", " + size(data.used[i]) + " used"));
      fact("Place", [of(datacenter, i), word("cluster", i), of(host, i)].filter(t => t).join(" / "));
      fact("Folder", word("folder", i));
      fact("Application", word("application", i));
      fact("Owner", word("owner", i));
      fact("Datastores", stores.join(", "));
      fact("Networks", nets.join(", "));
      fact("Tags", tags.join(", "));
      fact("Moves with", groups.join("; "));
      const points_ = [];
      for (let p = parts[i]; p < parts[i + 1]; p++) { points_.push(part.list[part.at[p]] + " " + points[p]); }
      fact("Score", data.score[i] + (points_.length ? " = " + points_.join(" + ") : ""));
      box.append(close, title, verdict, dl);
      const section = (name, list) => { if (list.length) { box.append(element("h3", name)); const ul = element("ul", undefined, "findings"); ul.append(...list); box.append(ul); } };
      const found = [];
      for (let f = data.findings[i]; f < data.findings[i + 1]; f++) {
        const li = element("li");
        const s = facts.severities[data.severity[f]];
        const shownEvidence = of(evidence, f);
        li.append(badge(s.label, s.key), " ", element("strong", of(data.code, f)), " ", element("bdi", of(what, f) + (shownEvidence ? " (" + shownEvidence + ")" : "")));
        if (of(remedy, f)) { li.append(element("span", "Remedy: " + of(remedy, f), "hint")); }
        found.push(li);
      }
      section("Findings", found);
      section("Storage", needs.map(t => element("li", t)));
      section("Accepted", accepted.map(t => element("li", t)));
      $("vm").showModal();
    };

    filter();
    document.documentElement.dataset.table = "ready";
  };

  if (typeof DecompressionStream === "undefined") {
    $("shown").textContent = "This browser is too old to unpack the table (it has no DecompressionStream). The VMs are in report.xlsx.";
  } else {
    load().then(start).catch(e => {
      document.documentElement.dataset.table = "failed";
      $("shown").textContent = "The table could not be unpacked: " + e.message + ". The VMs are in report.xlsx.";
    });
  }
})();
