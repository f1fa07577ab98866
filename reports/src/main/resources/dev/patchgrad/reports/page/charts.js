"use strict";
// Draws the charts of the page with ECharts, again when the colour scheme or the width changes.
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  // A series has its own mark as well as its own colour. A mark's centre is at its point.
  const plus = "path://M4,0 h4 v4 h4 v4 h-4 v4 h-4 v-4 h-4 v-4 h4 z";
  const wedge = "path://M0,0 h12 l-6,11 z";
  const symbols = ["circle", "diamond", "triangle", "rect", plus, wedge, "roundRect", "circle", "triangle", wedge, "diamond"];
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colourOf = series => style("--c" + series.colour % symbols.length);
  const symbolOf = series => symbols[series.colour % symbols.length];
  const hasDots = series => series.kind.includes("DOTS");
  const short = value => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e-3 && size < 1e4) return String(Number(value.toPrecision(size < 1e3 ? 3 : 4)));
    return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  };
  const isWhole = value => Math.abs(value - Math.round(value)) < 1e-9;
  // The library keeps to a given distance of its lines where it can choose among no others.
  const lines = step => ({ minInterval: step, maxInterval: step });

  // Numbers as they are drawn. The library's own logarithmic axis rounds its lines to ten decimals, so that it has none
  // below. Here the logarithms are drawn, and labelled with the numbers that they are of.
  const scaleOf = (description, numbers) => {
    if (description.categories.length) {
      const count = description.categories.length;
      return { at: value => value, label: value => description.categories[value] ?? "", ends: { min: -0.6, max: count - 0.4, ...lines(1) } };
    }
    return description.log ? powers(description, numbers) : linear(description);
  };

  const powers = (description, numbers) => {
    const given = [description.from, description.to].filter(end => end !== null);
    const low = Math.min(...(given.length === 2 ? given : numbers));
    const high = Math.max(...(given.length === 2 ? given : numbers));
    const base = high / low <= 2 ** 9 ? 2 : 10;
    const at = value => Math.log(value) / Math.log(base);
    // Ends near the numbers: to whole powers, most of a decade may be empty. Two lines at least have a label.
    const margin = 0.04 * (at(high) - at(low)) || 0.5;
    let min = at(description.from ?? low) - (description.from === null ? margin : 0);
    let max = at(description.to ?? high) + (description.to === null ? margin : 0);
    if (Math.floor(max + 1e-9) - Math.ceil(min - 1e-9) < 1) {
      if (description.from === null) min = Math.floor(min);
      if (description.to === null) max = Math.max(Math.ceil(max), Math.floor(min) + 1);
    }
    // All in one notation: where one of the powers is too small or too large to be written out, none is.
    const wide = base === 10 && (Math.ceil(min) < -3 || Math.floor(max) >= 4);
    const label = drawn => !isWhole(drawn) ? "" : wide ? "1e" + Math.round(drawn) : short(base ** Math.round(drawn));
    return { at, label, ends: { min, max, ...lines(Math.max(1, Math.ceil((max - min) / 9))) } };
  };

  const linear = description => {
    const at = value => value;
    if (description.from === null || description.to === null) {
      const ends = {};
      if (description.from !== null) ends.min = description.from;
      if (description.to !== null) ends.max = description.to;
      return { at, label: short, ends };
    }
    const { from, to } = description;
    const size = (to - from) / 5;
    const ten = 10 ** Math.floor(Math.log10(size));
    const step = ten * [1, 2, 5, 10].find(times => times * ten >= 0.75 * size);
    // Where an end and a round number are so near that both would overlap, the upper end has its label, which may be a
    // limit, and the lower one has not.
    const near = (value, other) => Math.abs(value - other) < 0.35 * step;
    const above = step * Math.ceil(from / step + 1e-9);
    const label = value => value !== to && near(value, to) || value === from && !isWhole(from / step) && near(above, from) ? "" : short(value);
    return { at, label, ends: { min: from, max: to, ...lines(step) } };
  };

  const pen = document.createElement("canvas").getContext("2d");
  const measured = (text, size) => {
    pen.font = size + "px " + getComputedStyle(document.body).fontFamily;
    return pen.measureText(text).width;
  };
  const fontOf = width => width < 400 ? 10 : 12;
  const widest = (names, width) => Math.max(...names.map(name => measured(name, fontOf(width))));
  // Names that have no room beside each other stand below each other instead, at the left.
  const isFlipped = (chart, width) => {
    const names = chart.x.categories;
    return names.length > 0 && names.length * (widest(names, width) + 10) > width - 92;
  };
  // Names at the left take less than half of the width: a longer one has several lines.
  const nameWidth = (names, width) => Math.min(Math.ceil(widest(names, width)) + 2, Math.floor(0.45 * width));
  // What a flipped chart needs for each name: its lines, and a line for each mark that stands beside others.
  const flippedHeight = (chart, width) => {
    const names = chart.x.categories;
    const beside = new Set(chart.series.flatMap(series => series.points).map(point => point.x - Math.floor(point.x))).size;
    const lines = Math.ceil(1.1 * widest(names, width) / nameWidth(names, width) - 0.1);
    return 60 + names.length * Math.max(24, 11 * Math.min(beside, 6), 4 + 1.3 * fontOf(width) * lines);
  };

  const axis = (description, scale, horizontal, width, isValue) => {
    const names = description.categories;
    return {
      // Names are at 0, 1, 2 … of an axis of numbers, so that points can be beside each other.
      type: "value",
      ...scale.ends,
      inverse: names.length > 0 && !horizontal,
      name: description.label,
      nameLocation: "middle",
      nameGap: horizontal ? 30 : 48,
      nameTextStyle: { color: style("--faint") },
      scale: !isValue,
      axisLine: { show: horizontal, onZero: false, lineStyle: { color: style("--line") } },
      axisTick: { show: horizontal && !names.length },
      axisLabel: {
        color: style("--faint"), fontSize: fontOf(width), margin: horizontal ? 10 : 8, hideOverlap: !names.length, formatter: scale.label,
        ...(names.length && !horizontal ? { width: nameWidth(names, width), overflow: "break", lineHeight: 1.3 * fontOf(width) } : {})
      },
      splitLine: { show: !names.length, lineStyle: { color: style("--line"), opacity: 0.6 } }
    };
  };

  // Intervals: thin lines through marks, a band around a line. put gives a point of the chart its place on the page.
  const bars = (series, colour, x, y, put) => ({
    type: "custom", name: series.name, itemStyle: { color: colour }, silent: true, clip: true, z: 3,
    data: series.points.filter(point => point.low < point.high).map(point => [x.at(point.x), y.at(point.low), y.at(point.high)]),
    encode: put.flipped ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    renderItem: (params, api) => {
      const low = api.coord(put(api.value(0), api.value(1)));
      const high = api.coord(put(api.value(0), api.value(2)));
      const ink = series.kind === "BARS" ? style("--ink") : colour;
      const line = (from, to) => ({
        type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: ink, lineWidth: 1.5, opacity: 0.75 }
      });
      const across = end => low[0] === high[0] ? line([end[0] - 4, end[1]], [end[0] + 4, end[1]]) : line([end[0], end[1] - 4], [end[0], end[1] + 4]);
      return { type: "group", children: [line(low, high), across(low), across(high)] };
    }
  });

  const band = (series, colour, x, y, put) => ({
    type: "custom", name: series.name, itemStyle: { color: colour }, silent: true, clip: true, z: 0,
    data: series.points.slice(1).map((point, at) => {
      const before = series.points[at];
      return [before, point].flatMap(one => [x.at(one.x), y.at(one.low), y.at(one.high)]);
    }),
    encode: put.flipped ? { y: [0, 3], x: [1, 2, 4, 5] } : { x: [0, 3], y: [1, 2, 4, 5] },
    renderItem: (params, api) => ({
      type: "polygon",
      shape: { points: [[0, 1], [3, 4], [3, 5], [0, 2]].map(([x, y]) => api.coord(put(api.value(x), api.value(y)))) },
      style: { fill: colour, opacity: 0.18 }
    })
  });

  const columns = (series, colour, x, y, put, thickness) => ({
    type: "custom", name: series.name, itemStyle: { color: colour }, clip: true, z: 2,
    data: series.points.map(point => put(x.at(point.x), y.at(point.y))),
    renderItem: (params, api) => {
      const point = series.points[params.dataIndex];
      const one = api.coord(put(x.at(point.x) - thickness / 2, y.ends.min));
      const other = api.coord(put(x.at(point.x) + thickness / 2, y.at(point.y)));
      return {
        type: "rect",
        shape: {
          x: Math.min(one[0], other[0]), y: Math.min(one[1], other[1]), width: Math.abs(one[0] - other[0]), height: Math.abs(one[1] - other[1])
        },
        style: { fill: colour }
      };
    }
  });

  // How many rows a legend takes, which the plot below it must leave free.
  const legendRows = (names, marks, width) => {
    let rows = 1;
    let at = 0;
    for (const name of names) {
      const item = marks + 5 + measured(name, 12);
      if (at > 0 && at + item > width - 8) {
        rows++;
        at = 0;
      }
      at += item + 14;
    }
    return rows;
  };

  const listed = chart => chart.series.filter(series => series.listed);
  const marksOf = chart => chart.series.some(series => series.kind === "LINE_AND_DOTS") ? 22 : 14;
  const rowsOf = (chart, width) =>
    listed(chart).length < 2 ? 0 : legendRows(listed(chart).map(series => series.name), marksOf(chart), width);

  // The points whose labels hide no mark and no other label, with the label's side; the highest come first.
  const withLabels = (chart, x, y, width, height) => {
    const part = (scale, value) => (scale.at(value) - scale.ends.min) / (scale.ends.max - scale.ends.min);
    const places = chart.series.filter(hasDots).flatMap(series => series.points)
      .map(point => ({ point, right: width * part(x, point.x), up: height * part(y, point.y) }));
    const taken = places.map(({ right, up }) => ({ from: right - 3, to: right + 3, up, half: 3 }));
    const shown = new Map();
    for (const { point, right, up } of places.filter(place => place.point.label).sort((a, b) => b.up - a.up)) {
      const size = measured(point.label, 10) + 3;
      const sides = { right: { from: right + 5, to: right + 5 + size, up, half: 6 }, left: { from: right - 5 - size, to: right - 5, up, half: 6 } };
      const isFree = box => box.from > 0 && !taken.some(other =>
        other.from < box.to && other.to > box.from && Math.abs(other.up - up) < other.half + box.half);
      const side = Object.keys(sides).find(name => isFree(sides[name]));
      if (!side) continue;
      taken.push(sides[side]);
      shown.set(point, side);
    }
    return shown;
  };

  const option = (chart, width, height) => {
    const points = chart.series.flatMap(series => series.points);
    const x = scaleOf(chart.x, points.map(point => point.x));
    const y = scaleOf(chart.y, points.flatMap(point => [point.low, point.high]));
    const flipped = isFlipped(chart, width);
    const put = Object.assign((place, value) => flipped ? [value, place] : [place, value], { flipped });
    const thickness = 0.86 * 0.6 / Math.max(1, chart.series.filter(series => series.kind === "BARS").length);
    const marks = marksOf(chart);
    const rows = rowsOf(chart, width);
    const names = chart.x.categories;
    const [across, up] = flipped ? [chart.y, chart.x] : [chart.x, chart.y];
    const grid = {
      left: flipped ? nameWidth(names, width) + 16 : chart.y.label ? 70 : 50, right: 22, top: 20 + 24 * rows, bottom: 32 + (across.label ? 22 : 0)
    };
    const shown = withLabels(chart, x, y, width - grid.left - grid.right, height - grid.top - grid.bottom);
    const all = [];
    for (const series of chart.series) {
      const colour = colourOf(series);
      const dots = series.kind === "DOTS";
      all.push(series.kind === "BARS" ? columns(series, colour, x, y, put, thickness) : {
        type: dots ? "scatter" : "line",
        name: series.name,
        data: series.points.map(point => ({ value: put(x.at(point.x), y.at(point.y)), label: { position: shown.get(point) ?? "right" } })),
        symbol: hasDots(series) ? symbolOf(series) : "none",
        symbolSize: dots ? 8 : 9,
        itemStyle: { color: colour, opacity: dots ? 0.85 : 1 },
        lineStyle: { color: colour, width: 2, type: series.kind === "DASHED" ? "dashed" : "solid" },
        label: {
          show: series.points.some(point => shown.has(point)), distance: 3, fontSize: 10, color: style("--faint"),
          formatter: item => shown.has(series.points[item.dataIndex]) ? series.points[item.dataIndex].label : ""
        },
        z: 2
      });
      if (series.points.some(point => point.low < point.high)) {
        all.push(hasDots(series) || series.kind === "BARS" ? bars(series, colour, x, y, put) : band(series, colour, x, y, put));
      }
    }
    return {
      animation: false,
      // By name: what the library measures is then what the browser draws.
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid,
      legend: {
        show: listed(chart).length > 1, left: 0, top: 0, itemGap: 14, itemWidth: marks, itemHeight: marks === 22 ? 11 : 12, padding: 4,
        textStyle: { color: style("--ink") },
        data: listed(chart).map(series => hasDots(series)
          ? { name: series.name, icon: series.kind === "DOTS" ? symbolOf(series) : undefined }
          : series.kind === "BARS" ? { name: series.name, icon: "rect" } : { name: series.name, itemStyle: { opacity: 0 } })
      },
      tooltip: {
        backgroundColor: style("--paper"), borderColor: style("--line"), textStyle: { color: style("--ink") },
        trigger: "item", confine: true,
        formatter: item => {
          const point = chart.series.filter(one => one.name === item.seriesName).flatMap(one => one.points)
            .find(one => put(x.at(one.x), y.at(one.y)).every((value, at) => value === item.value[at]));
          const place = names[Math.round(point.x)] ?? chart.x.label + " " + short(point.x);
          const range = point.low < point.high ? ` [${short(point.low)}, ${short(point.high)}]` : "";
          const text = `${item.seriesName}: ${point.label ? point.label + ": " : ""}${place}: ${short(point.y)}${range}`;
          return echarts.format.encodeHTML(text);
        }
      },
      xAxis: axis(across, flipped ? y : x, true, width, flipped),
      yAxis: axis(up, flipped ? x : y, false, width, !flipped),
      series: all
    };
  };

  const drawn = [];
  const draw = () => {
    drawn.splice(0).forEach(one => one.dispose());
    for (const chart of charts) {
      const box = document.getElementById("chart-" + chart.name);
      // A long legend takes nothing from the plot.
      box.style.height = "";
      const plot = isFlipped(chart, box.clientWidth) ? Math.max(200, flippedHeight(chart, box.clientWidth)) : box.clientHeight;
      box.style.height = plot + 24 * Math.max(0, rowsOf(chart, box.clientWidth) - 2) + "px";
      const instance = echarts.init(box, null, { renderer: "svg" });
      instance.setOption(option(chart, box.clientWidth, box.clientHeight));
      drawn.push(instance);
    }
  };
  draw();
  let pending = 0;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    // A phone's bars come and go, which changes the height alone.
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(pending);
    pending = setTimeout(draw, 150);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
