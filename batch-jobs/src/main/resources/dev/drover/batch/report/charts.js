"use strict";
// The charts, drawn as SVG from the figures in the page, so that they print sharp. Nothing here
// makes HTML of text: tooltips are drawn, not written.
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const number = new Intl.NumberFormat("en-US");
  const drawn = new Map();

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const span = seconds => seconds < 7200 ? Math.round(seconds / 60) + " min" : (seconds / 3600).toFixed(1) + " h";
  const bytes = value => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
    return value.toFixed(value < 10 && unit > 0 ? 1 : 0) + " " + units[unit];
  };

  const look = () => ({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("text") },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: colour("surface"), borderColor: colour("line"),
      textStyle: { color: colour("text"), fontSize: 13 },
    },
  });
  const axis = more => ({
    axisLine: { lineStyle: { color: colour("line") } }, axisTick: { show: false },
    axisLabel: { color: colour("muted"), fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: colour("line") } }, ...more,
  });

  /** Bars that lie, with their figures at their ends. */
  const bars = (rows, fill, width) => {
    const wide = Math.min(210, Math.max(90, width * 0.42));
    return {
      ...look(),
      grid: { left: wide, right: 64, top: 4, bottom: 4 },
      xAxis: axis({ type: "value", show: false }),
      yAxis: axis({
        type: "category", inverse: true, data: rows.map(r => r.name.replace(/^Microsoft /, "")),
        axisLabel: { color: colour("text"), fontSize: 12, width: wide - 12, overflow: "truncate", interval: 0 },
        axisLine: { show: false },
      }),
      series: [{
        type: "bar", barMaxWidth: 22, data: rows.map((r, i) => ({ value: r.vms, itemStyle: { color: fill(r, i), borderRadius: [0, 3, 3, 0] } })),
        label: { show: true, position: "right", color: colour("text"), fontSize: 12, formatter: p => number.format(p.value) },
      }],
    };
  };

  const columns = rows => ({
    ...look(),
    grid: { left: 8, right: 8, top: 24, bottom: 8, containLabel: true },
    xAxis: axis({ type: "category", data: rows.map(r => r.name), axisLabel: { color: colour("muted"), fontSize: 11, interval: 0, rotate: rows.length > 5 ? 35 : 0 } }),
    yAxis: axis({ type: "value", axisLabel: { color: colour("muted"), formatter: v => number.format(v) } }),
    series: [{
      type: "bar", barMaxWidth: 46, data: rows.map(r => r.vms), itemStyle: { color: colour("c-bar"), borderRadius: [3, 3, 0, 0] },
      label: { show: true, position: "top", color: colour("text"), fontSize: 12, formatter: p => number.format(p.value) },
    }],
  });

  const MOST_LANES = 24;

  /** A lane a wave; with more waves than lanes, a slider moves through them. */
  const timeline = width => {
    const waves = facts.waves.filter(w => w.start);
    const day = 86400000;
    const first = Math.min(...waves.map(w => w.start)), last = Math.max(...waves.map(w => w.end));
    const pad = Math.max(day / 4, (last - first) * 0.02);
    const many = waves.length > MOST_LANES;
    return {
      ...look(),
      tooltip: {
        ...look().tooltip,
        formatter: p => {
          const w = waves[p.dataIndex];
          return w.name + (w.pilot ? " (pilot)" : "") + "\n" + w.slot + "\nwindow " + w.window + "\n" + number.format(w.vms) + " VMs, " + bytes(w.data)
            + "\ncutover " + span(w.low) + " to " + span(w.high);
        },
      },
      grid: { left: Math.min(150, width * 0.25), right: many ? 46 : 16, top: 8, bottom: 34 },
      xAxis: axis({
        type: "time", min: first - pad, max: last + pad,
        axisLabel: { color: colour("muted"), fontSize: 12, hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM}", hour: "{HH}:{mm}" } },
      }),
      yAxis: axis({
        type: "category", inverse: true, data: waves.map(w => w.name), splitLine: { show: true, lineStyle: { color: colour("line"), opacity: .5 } },
        axisLabel: { color: colour("text"), fontSize: 12, width: Math.min(138, width * 0.25 - 12), overflow: "truncate", interval: 0 }, axisLine: { show: false },
      }),
      dataZoom: many ? [{ type: "slider", yAxisIndex: 0, right: 4, width: 18, startValue: 0, endValue: MOST_LANES - 1, filterMode: "weakFilter", showDetail: false, brushSelect: false }] : [],
      series: [{
        type: "custom", data: waves.map((w, i) => [w.start, w.end, i, w.low, w.high]), encode: { x: [0, 1], y: 2 }, clip: true,
        renderItem: (params, api) => {
          const lane = api.value(2), y = api.coord([0, lane])[1], height = Math.min(18, api.size([0, 1])[1] * 0.66);
          const from = api.coord([api.value(0), lane])[0], to = api.coord([api.value(1), lane])[0];
          const window = Math.max(6, to - from), scale = window / Math.max(1, api.value(1) - api.value(0)) * 1000;
          const box = (w, fill, opacity) => ({ type: "rect", shape: { x: from, y: y - height / 2, width: w, height, r: 3 }, style: { fill, opacity } });
          const fill = waves[params.dataIndex].pilot ? colour("c-ready") : colour("c-bar");
          return { type: "group", children: [
            box(window, fill, .28), box(Math.min(window, api.value(4) * scale), fill, .4), box(Math.min(window, api.value(3) * scale), fill, 1)] };
        },
      }],
    };
  };

  const capacity = () => {
    const dated = facts.waves.every(w => w.start);
    let moved = 0;
    const sums = facts.waves.map(w => moved += w.vms);
    const at = (w, i) => dated ? w.end : i;
    const right = Math.max(...facts.waves.map(w => w.nodes), facts.nodes);
    return {
      ...look(),
      legend: { top: 0, left: 0, textStyle: { color: colour("text") }, data: ["Nodes filled", "VMs moved"] },
      tooltip: {
        ...look().tooltip, trigger: "axis",
        formatter: list => {
          const w = facts.waves[list[0].dataIndex];
          return "after " + w.name + "\n" + number.format(w.nodes) + " nodes filled\n" + number.format(sums[list[0].dataIndex]) + " VMs moved";
        },
      },
      grid: { left: 8, right: 8, top: 52, bottom: 8, containLabel: true },
      xAxis: axis(dated
        ? { type: "time", splitLine: { show: false }, axisLabel: { color: colour("muted"), hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM}", hour: "{HH}:{mm}" } } }
        : { type: "category", data: facts.waves.map(w => w.name) }),
      yAxis: [
        axis({ type: "value", name: "Nodes", nameTextStyle: { color: colour("muted") }, max: Math.ceil(right * 1.1), axisLabel: { color: colour("muted"), formatter: v => number.format(v) } }),
        axis({ type: "value", name: "VMs", nameTextStyle: { color: colour("muted") }, splitLine: { show: false }, axisLabel: { color: colour("muted"), formatter: v => number.format(v) } }),
      ],
      series: [
        {
          name: "Nodes filled", type: "line", step: "end", symbol: "none", lineStyle: { width: 2.5, color: colour("c-bar") }, itemStyle: { color: colour("c-bar") },
          areaStyle: { color: colour("c-bar"), opacity: .12 }, data: facts.waves.map((w, i) => [at(w, i), w.nodes]),
          markLine: facts.nodes ? { symbol: "none", silent: true, lineStyle: { color: colour("c-line"), type: "dashed" }, label: { color: colour("text"), position: "insideStartTop", formatter: number.format(facts.nodes) + " nodes with the spare ones" }, data: [{ yAxis: facts.nodes }] } : undefined,
        },
        { name: "VMs moved", type: "line", yAxisIndex: 1, symbol: "none", lineStyle: { width: 2, type: [6, 4], color: colour("c-ready") }, itemStyle: { color: colour("c-ready") }, data: facts.waves.map((w, i) => [at(w, i), sums[i]]) },
      ],
    };
  };

  const options = {
    dispositions: width => bars(facts.dispositions, r => colour("c-" + r.key), width),
    systems: width => bars(facts.systems, () => colour("c-bar"), width),
    sizes: () => columns(facts.sizes),
    timeline, capacity,
  };

  const draw = () => {
    for (const place of document.querySelectorAll("[data-chart]")) {
      const name = place.dataset.chart;
      let chart = drawn.get(place);
      const lanes = name === "timeline" ? Math.min(MOST_LANES, facts.waves.length) * 24 + 50 : 0;
      place.style.height = (lanes || Number(place.dataset.height)) + "px";
      if (!chart) {
        chart = echarts.init(place, null, { renderer: "svg" });
        drawn.set(place, chart);
      }
      chart.resize();
      chart.setOption(options[name](place.clientWidth), true);
    }
  };

  // On paper: light, every detail open, as wide as the sheet.
  const opened = [];
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.print = "";
    for (const details of document.querySelectorAll("main details:not([open])")) {
      details.open = true;
      opened.push(details);
    }
    for (const [place, chart] of drawn) {
      const width = place.closest(".two") ? 320 : 660;
      chart.resize({ width });
      chart.setOption(options[place.dataset.chart](width), true);
    }
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.print;
    opened.splice(0).forEach(details => { details.open = false; });
    for (const chart of drawn.values()) { chart.resize({ width: "auto" }); }
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  let last = innerWidth, waiting = 0;
  addEventListener("resize", () => {
    if (innerWidth !== last) { // a phone's bars come and go
      last = innerWidth;
      clearTimeout(waiting);
      waiting = setTimeout(draw, 100);
    }
  });
  draw();
})();
